# which also finds aliases

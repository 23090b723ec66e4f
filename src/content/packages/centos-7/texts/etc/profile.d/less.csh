# less shows more than plain text

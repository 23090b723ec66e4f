alias grep 'grep --color=auto'

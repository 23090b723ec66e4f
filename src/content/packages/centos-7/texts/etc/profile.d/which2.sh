# which also finds aliases
alias which='alias | /usr/bin/which --tty-only --read-alias --show-dot --show-tilde'

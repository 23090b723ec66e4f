# ~/.cshrc

alias rm 'rm -i'
alias cp 'cp -i'
alias mv 'mv -i'

set prompt='[%n@%m %c]# '

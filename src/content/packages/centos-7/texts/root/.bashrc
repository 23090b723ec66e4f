# ~/.bashrc

alias rm='rm -i'
alias cp='cp -i'
alias mv='mv -i'

[ -f /etc/bashrc ] && . /etc/bashrc

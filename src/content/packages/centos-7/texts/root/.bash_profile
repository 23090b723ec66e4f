# ~/.bash_profile

[ -f ~/.bashrc ] && . ~/.bashrc

PATH=$PATH:$HOME/bin
export PATH

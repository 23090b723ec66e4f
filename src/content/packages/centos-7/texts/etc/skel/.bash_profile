# ~/.bash_profile: login shells of bash

[ -f ~/.bashrc ] && . ~/.bashrc

PATH=$PATH:$HOME/.local/bin:$HOME/bin
export PATH

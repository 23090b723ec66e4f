# ~/.bashrc: read by bash when it is interactive and not a login shell.

case $- in
    *i*) ;;
      *) return;;
esac

# Keep duplicate lines, and lines that begin with a blank, out of the history.
HISTCONTROL=ignoreboth
shopt -s histappend
HISTSIZE=1000
HISTFILESIZE=2000
shopt -s checkwinsize

if [ -z "${debian_chroot:-}" ] && [ -r /etc/debian_chroot ]; then
    debian_chroot=$(cat /etc/debian_chroot)
fi
PS1='${debian_chroot:+($debian_chroot)}\u@\h:\w\$ '

alias ls='ls --color=auto'

# Your own aliases may live in a file of their own.
if [ -f ~/.bash_aliases ]; then
    . ~/.bash_aliases
fi

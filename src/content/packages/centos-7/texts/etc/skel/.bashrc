# ~/.bashrc

[ -f /etc/bashrc ] && . /etc/bashrc

# aliases and functions of your own

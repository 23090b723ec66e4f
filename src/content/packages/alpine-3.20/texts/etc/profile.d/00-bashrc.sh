# Interactive bash shells also read their own file.
[ -n "$BASH_VERSION" ] && [ -n "$PS1" ] && [ -r /etc/bash/bashrc ] && . /etc/bash/bashrc

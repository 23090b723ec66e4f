# ~/.bashrc: read by bash when it is interactive and not a login shell.

# The prompt and the umask come from /etc/bash.bashrc and /etc/profile.
# umask 022

# Take the # away to have coloured listings and short names for them.
# export LS_OPTIONS='--color=auto'
# alias ls='ls $LS_OPTIONS'
# alias ll='ls $LS_OPTIONS -l'
# alias l='ls $LS_OPTIONS -lA'

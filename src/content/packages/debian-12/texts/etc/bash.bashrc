# Read by every interactive bash before ~/.bashrc.

# Not interactive: nothing to set up.
[ -z "$PS1" ] && return

# Notice when the terminal changes its size.
shopt -s checkwinsize

# Inside a chroot the prompt says which one.
if [ -z "${debian_chroot:-}" ] && [ -r /etc/debian_chroot ]; then
    debian_chroot=$(cat /etc/debian_chroot)
fi

# Prompt: user@host:directory and $, or # for root.
PS1='${debian_chroot:+($debian_chroot)}\u@\h:\w\$ '

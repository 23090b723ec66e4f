# Read by every interactive bash before ~/.bashrc. Login shells read it too, through /etc/profile.

# Not interactive: nothing to set up.
[ -z "$PS1" ] && return

# Notice when the terminal changes its size.
shopt -s checkwinsize

# Inside a chroot the prompt says which one.
if [ -z "${debian_chroot:-}" ] && [ -r /etc/debian_chroot ]; then
    debian_chroot=$(cat /etc/debian_chroot)
fi

# Prompt: user@host:directory and $, or # for root. Not over one that sudo has set.
if ! [ -n "${SUDO_USER}" -a -n "${SUDO_PS1}" ]; then
  PS1='${debian_chroot:+($debian_chroot)}\u@\h:\w\$ '
fi

# Programmable completion, where the package is installed:
#if [ -f /usr/share/bash-completion/bash_completion ]; then
#  . /usr/share/bash-completion/bash_completion
#fi

# An unknown command: ask which package has it.
if [ -x /usr/lib/command-not-found ]; then
    command_not_found_handle() {
        /usr/lib/command-not-found -- "$1"
    }
fi

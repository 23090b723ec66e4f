# vi is vim, for people
if [ -n "$BASH_VERSION" ] || [ -n "$ZSH_VERSION" ]; then
  [ -x /usr/bin/id ] || return
  [ "$(/usr/bin/id -u)" -le 200 ] && return
  alias vi >/dev/null 2>&1 || alias vi=vim
fi

# the language of this session
[ -r /etc/locale.conf ] && . /etc/locale.conf && export LANG

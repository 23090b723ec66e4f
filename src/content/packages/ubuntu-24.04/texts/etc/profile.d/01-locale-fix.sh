# A locale that is not installed is replaced by one that is.
eval "$(/usr/bin/locale-check C.UTF-8)"

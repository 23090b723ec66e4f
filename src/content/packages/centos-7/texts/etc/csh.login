# Login shells of csh read this file.
setenv MAIL "/var/spool/mail/$USER"
set path = ( $path /usr/local/sbin /usr/sbin )

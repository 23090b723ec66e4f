# ~/.bash_logout: read by bash when a login shell ends.

# Leaving the console: clear it, for privacy.
if [ "$SHLVL" = 1 ]; then
    [ -x /usr/bin/clear_console ] && /usr/bin/clear_console -q
fi

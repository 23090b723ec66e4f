#!/bin/sh
# Arguments that are options or a configuration file go to redis-server.
set -e

case "$1" in
-* | *.conf) set -- redis-server "$@" ;;
esac

# The server's data belong to the user "redis".
if [ "$1" = redis-server ] && [ "$(id -u)" = 0 ]; then
    chown -R redis .
fi

# Files the server writes are for itself alone, unless somebody has chosen otherwise.
if [ "$(umask)" = 0022 ]; then
    umask 0077
fi

exec "$@"

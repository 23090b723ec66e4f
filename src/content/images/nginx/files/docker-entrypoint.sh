#!/bin/sh
# Prepares the configuration with the scripts of /docker-entrypoint.d, then becomes the command.
set -e

log() {
    if [ -z "${NGINX_ENTRYPOINT_QUIET_LOGS:-}" ]; then
        echo "$@"
    fi
}

case "$1" in
nginx | nginx-debug)
    scripts=$(find /docker-entrypoint.d/ -type f | sort)
    if [ -n "$scripts" ]; then
        log "$0: /docker-entrypoint.d/ is not empty, will attempt to perform configuration"
        log "$0: Looking for shell scripts in /docker-entrypoint.d/"
        for script in $scripts; do
            case "$script" in
            *.envsh)
                if [ -x "$script" ]; then
                    log "$0: Sourcing $script"
                    . "$script"
                else
                    log "$0: Ignoring $script, not executable"
                fi
                ;;
            *.sh)
                if [ -x "$script" ]; then
                    log "$0: Launching $script"
                    "$script"
                else
                    log "$0: Ignoring $script, not executable"
                fi
                ;;
            *) log "$0: Ignoring $script" ;;
            esac
        done
        log "$0: Configuration complete; ready for start up"
    else
        log "$0: No files found in /docker-entrypoint.d/, skipping configuration"
    fi
    ;;
esac

exec "$@"

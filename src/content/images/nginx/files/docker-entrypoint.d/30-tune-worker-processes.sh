#!/bin/sh
# With NGINX_ENTRYPOINT_WORKER_PROCESSES_AUTOTUNE set, one worker for each processor.
set -e

if [ -z "${NGINX_ENTRYPOINT_WORKER_PROCESSES_AUTOTUNE:-}" ]; then
    exit 0
fi
conf=/etc/nginx/nginx.conf
if [ ! -w "$conf" ]; then
    echo "$(basename "$0"): error: can not modify $conf (read-only file system?)"
    exit 0
fi
sed -i -e "s/^worker_processes .*;/worker_processes  $(nproc);/" "$conf"

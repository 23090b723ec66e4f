#!/bin/sh
# Where the kernel has IPv6, the default site listens there too.
set -e

me=$(basename "$0")
conf=etc/nginx/conf.d/default.conf

say() {
    if [ -z "${NGINX_ENTRYPOINT_QUIET_LOGS:-}" ]; then
        echo "$@"
    fi
}

if [ ! -f "/proc/net/if_inet6" ]; then
    say "$me: info: ipv6 not available"
    exit 0
fi
if [ ! -f "/$conf" ]; then
    say "$me: info: /$conf is not a file or does not exist"
    exit 0
fi
if grep -q "listen  \[::\]:80;" "/$conf"; then
    say "$me: info: IPv6 listen already enabled"
    exit 0
fi
say "$me: info: Getting the checksum of /$conf"
sed -i -e 's,listen       80;,listen       80;\n    listen  [::]:80;,' "/$conf"
say "$me: info: Enabled listen on IPv6 in /$conf"

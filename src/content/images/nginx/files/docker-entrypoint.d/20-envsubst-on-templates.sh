#!/bin/sh
# Fills variables of the environment into /etc/nginx/templates/*.template.
set -e

me=$(basename "$0")
templates=${NGINX_ENVSUBST_TEMPLATE_DIR:-/etc/nginx/templates}
suffix=${NGINX_ENVSUBST_TEMPLATE_SUFFIX:-.template}
output=${NGINX_ENVSUBST_OUTPUT_DIR:-/etc/nginx/conf.d}

if [ ! -d "$templates" ]; then
    exit 0
fi
if [ ! -w "$output" ]; then
    echo "$me: ERROR: $templates exists, but $output is not writable"
    exit 0
fi
for template in $(find "$templates" -type f -name "*$suffix"); do
    relative=${template#"$templates/"}
    target="$output/${relative%"$suffix"}"
    mkdir -p "$(dirname "$target")"
    echo "$me: Running envsubst on $template to $target"
    envsubst < "$template" > "$target"
done

const TOOLS =
  "awk base64 basename bash cat chmod chown chgrp cp cut date dd df dirname du echo env expr find grep groups head hostname id install ln ls mkdir mktemp mv nproc od paste printf ps pwd readlink rm rmdir sed seq sh sleep sort stat tail tar tee test touch tr truncate tty uname uniq wc which whoami xargs yes cmp diff gzip gunzip zcat mount free kill su getent less openssl"
    .split(" ")
    .filter((name) => name !== "sh")
    .map((name, index) => `usr/bin/${name} *${1000 + index}`)
    .join("\n");

/** The bones of a Debian-like image. */
export const GNU = `
usr/
usr/bin/
usr/sbin/
usr/local/
usr/local/bin/
usr/lib/
bin -> usr/bin
sbin -> usr/sbin
${TOOLS}
usr/bin/sh -> dash
usr/bin/dash *999
usr/sbin/useradd *2000
usr/sbin/groupadd *2001
etc/
etc/legal = You may.\\n
etc/passwd = root:x:0:0:root:/root:/bin/bash\\ndaemon:x:1:1:daemon:/usr/sbin:/usr/sbin/nologin\\nada:x:1000:1000:Ada:/home/ada:/bin/bash\\n
etc/group = root:x:0:\\ndaemon:x:1:\\nada:x:1000:\\nstaff:x:50:ada\\n
etc/bash.bashrc = # start-up\\n[ -z "$PS1" ] && return\\nPS1='\${debian_chroot:+($debian_chroot)}\\u@\\h:\\w\\$ '\\n
etc/motd = hello\\n
home/
0755:1000:1000 home/ada/
0700 root/
1777 tmp/
var/
var/log/
var/log/one.log = 1\\n
dev/
proc/
sys/
`;

const APPLETS =
  "ash cat chmod chown cp date df echo env grep hostname id ln ls mkdir mv ps pwd rm rmdir sed sh sleep touch uname vi".split(
    " ",
  );

/** The bones of Alpine. */
export const ALPINE = `
bin/
bin/busybox *808712
${APPLETS.map((name) => `bin/${name} -> /bin/busybox`).join("\n")}
sbin/
usr/
usr/bin/
usr/bin/head -> /bin/busybox
usr/sbin/
usr/sbin/adduser -> /bin/busybox
etc/
etc/alpine-release = 3.20.3\\n
etc/passwd = root:x:0:0:root:/root:/bin/sh\\n
etc/group = root:x:0:root\\n
home/
lib/
proc/
0700 root/
sys/
tmp/
var/
`;

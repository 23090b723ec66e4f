import { expect, test } from "vitest";
import { entriesFromTree } from "../core/filesystem/tree.ts";
import type { LayerEntry } from "../core/image/layer-entry.ts";
import { ALPINE, GNU, processOf, testHost, tmpfsAt, Typist, volumeAt } from "./testing.ts";
import type { TestHost } from "./testing.ts";

const PLACES =
  "data/\nother/\nt/\nusr/bin/mountpoint *900\nusr/bin/findmnt *901\n1777 usr/keep/\nusr/share/\nusr/share/a/\nusr/share/a/b = 1\\n\nusr/share/c = 2\\n";
const open = (host: TestHost, argv = ["bash"]) => Typist.open(host, processOf(argv));

/** What is in the writable layer: "whiteout etc/motd", "file etc/new". */
const upper = (host: TestHost): string[] => {
  const tree = host.tx.state.containers.get(host.id)?.upper;
  return tree ? entriesFromTree(tree).map((entry: LayerEntry) => `${entry.kind} ${entry.path}`) : [];
};

const volume = [volumeAt("vol", "/data"), volumeAt("vol", "/other", true)];

const sessions: readonly (readonly [
  title: string,
  image: string,
  options: Parameters<typeof testHost>[1],
  transcript: string,
])[] = [
  [
    "a volume, and the same read-only elsewhere",
    GNU + PLACES,
    { mounts: volume },
    `$ echo one > /data/f; cat /other/f
one
$ echo two >> /other/f; touch /other/new; rm /other/f; mkdir /other/f; chmod 600 /other/f; mv /other/f /other/g
bash: /other/f: Read-only file system
touch: cannot touch '/other/new': Read-only file system
rm: cannot remove '/other/f': Read-only file system
mkdir: cannot create directory '/other/f': File exists
chmod: changing permissions of '/other/f': Read-only file system
mv: cannot move '/other/f' to '/other/g': Read-only file system
$ rm -rf /data; mv /data /data2; rmdir /other; ls -A /data /other
rm: cannot remove '/data': Device or resource busy
mv: cannot move '/data' to '/data2': Device or resource busy
rmdir: failed to remove '/other': Device or resource busy
/data:

/other:
$ echo x > /data/x; ln /data/x /x; mv /data/x /x; ls /data /x; mv -v /x /data
ln: failed to create hard link '/x' => '/data/x': Invalid cross-device link
/x

/data:
copied '/x' -> '/data/x'
removed '/x'
$ cd /data; mkdir -p d/e; ls ..  | head -3; cd d/e; pwd; ln -s /other/x l; cat l; cd ../..; rm -r d; ls
bin
data
dev
/data/d/e
x
x
$ mv /nosuch /data; mkdir /data/etc; touch /data/etc/f; mv /etc /data
mv: cannot stat '/nosuch': No such file or directory
mv: inter-device move failed: '/etc' to '/data/etc'; unable to remove target: Directory not empty
$ grep -E ' /(data|other) ' /proc/mounts
/dev/vda1 /data ext4 rw,relatime 0 0
/dev/vda1 /other ext4 ro,relatime 0 0
$ mountpoint /data; mountpoint /usr; findmnt -n /data; stat -fc %T / /data /dev/shm
/data is a mountpoint
/usr is not a mountpoint
/data /dev/vda1 ext4 rw,relatime
overlayfs
ext2/ext3
tmpfs
$ find / -xdev -name x; find /data -xdev -name x; du -x / | grep data
/data/x
`,
  ],
  [
    "a tmpfs",
    GNU + PLACES,
    {
      mounts: [
        tmpfsAt("/t", 65_536, "size=64k,uid=1000,gid=1000,mode=700,exec", 0o700),
        volumeAt("vol", "/data"),
        tmpfsAt("/data/deep"),
      ],
    },
    `$ grep ' /t ' /proc/mounts; ls -ld /t
tmpfs /t tmpfs rw,nosuid,nodev,relatime,size=64k,mode=700,uid=1000,gid=1000 0 0
drwx------ 2 ada ada 40 Nov 23 12:13 /t
$ dd if=/dev/zero of=/t/f bs=1k count=100; ls -l /t; echo more > /t/g
dd: error writing '/t/f': No space left on device
65+0 records in
64+0 records out
65536 bytes (65.5 kB) copied, 0.01 s
total 64
-rw-r--r-- 1 root root 65536 Nov 23 12:13 f
bash: write error: No space left on device
$ df /t; rm /t/f; df -h /t | tail -1
Filesystem     1K-blocks  Used Available Use% Mounted on
tmpfs                 64    64         0 100% /t
tmpfs            64K     0   64K   0% /t
$ ls /data; touch /data/deep/x /data/y; mv /data/y /data/deep; rm -r /data/deep; ls -d /data/deep; ls -A /data/deep
deep
rm: cannot remove '/data/deep': Device or resource busy
/data/deep
$ cp /bin/ls /data/deep; /data/deep/ls
bash: /data/deep/ls: Permission denied
$ echo x > /dev/shm/x; df -h /dev/shm; mv /dev/shm/x /t; cat /t/x
Filesystem      Size  Used Avail Use% Mounted on
shm              64M  4.0K   64M   1% /dev/shm
x
`,
  ],
  [
    "nodes of a volume and of a tmpfs",
    GNU + PLACES + "\nusr/bin/mknod *902\nusr/bin/mkfifo *903",
    { mounts: [volumeAt("vol", "/data"), tmpfsAt("/t")] },
    `$ mknod /data/null c 1 3; mknod /t/null c 1 3; mkfifo /t/p; stat -c '%n %F' /data/null
/data/null character special file
$ echo x > /data/null
$ echo x > /t/null
bash: /t/null: Permission denied
$ stat -c '%n %F' /data/null /t/null /t/p
/data/null character special file
/t/null character special file
/t/p fifo
$ su ada
$ mknod /data/null c 1 3; mknod /tmp/null c 1 3; mkfifo /tmp/p; mkfifo /tmp/p
mknod: /data/null: File exists
mknod: /tmp/null: Operation not permitted
mkfifo: cannot create fifo '/tmp/p': File exists
`,
  ],
  [
    "--read-only",
    GNU + PLACES,
    { mounts: [volumeAt("vol", "/data"), tmpfsAt("/t")], readOnly: true },
    `$ touch /x; mkdir /d; rm /etc/passwd; echo x > /etc/passwd; chmod 700 /etc; mv /etc /etc2; ln /etc/passwd /p; ln -s a /b; touch /etc/passwd
touch: cannot touch '/x': Read-only file system
mkdir: cannot create directory '/d': Read-only file system
rm: cannot remove '/etc/passwd': Read-only file system
bash: /etc/passwd: Read-only file system
chmod: changing permissions of '/etc': Read-only file system
mv: cannot move '/etc' to '/etc2': Read-only file system
ln: failed to create hard link '/p' => '/etc/passwd': Read-only file system
ln: failed to create symbolic link '/b': Read-only file system
touch: cannot touch '/etc/passwd': Read-only file system
$ echo x >> /etc/hosts; touch /data/x /t/y /dev/shm/z && ls /data /t /dev/shm; echo x > /dev/null; echo x > /data/x; cat /data/x
bash: /etc/hosts: Read-only file system
/data:
x

/dev/shm:
z

/t:
y
x
$ grep -E ' /(etc/hosts|t) ' /proc/mounts; cut -c1-21 /proc/mounts | head -1
tmpfs /t tmpfs rw,nosuid,nodev,noexec,relatime,mode=755 0 0
/dev/vda1 /etc/hosts ext4 ro,relatime 0 0
overlay / overlay ro,
`,
  ],
  [
    "--read-only, and a package manager",
    `${GNU}usr/bin/apt-get *1\nusr/bin/dpkg *1\nvar/lib/apt/lists/\n`,
    { readOnly: true },
    `$ apt-get update; echo $?
Reading package lists...
E: List directory /var/lib/apt/lists/partial is missing. - Acquire (30: Read-only file system)
100
`,
  ],
  [
    "--read-only, busybox",
    `${ALPINE}data/\n`,
    { mounts: [volumeAt("vol", "/data")], readOnly: true, argv: ["sh"] },
    `$ touch /x; mkdir /d; rm /etc/passwd; echo x > /etc/passwd; chmod 700 /etc; mv /etc /etc2; ln /etc/passwd /p; ln -s a /b; rmdir /data; touch /etc/passwd
touch: /x: Read-only file system
mkdir: can't create directory '/d': Read-only file system
rm: can't remove '/etc/passwd': Read-only file system
sh: can't create /etc/passwd: Read-only file system
chmod: /etc: Read-only file system
mv: can't rename '/etc': Read-only file system
ln: /p: Read-only file system
ln: /b: Read-only file system
rmdir: '/data': Read-only file system
touch: /etc/passwd: Read-only file system
$ df
Filesystem           1K-blocks      Used Available Use% Mounted on
overlay               61202244   9639744  51562500  16% /
tmpfs                    65536         0     65536   0% /dev
shm                      65536         0     65536   0% /dev/shm
/dev/vda1             61202244   9639744  51562500  16% /data
/dev/vda1             61202244   9639744  51562500  16% /etc/resolv.conf
/dev/vda1             61202244   9639744  51562500  16% /etc/hostname
/dev/vda1             61202244   9639744  51562500  16% /etc/hosts
tmpfs                        4         0         4   0% /proc/acpi
tmpfs                    65536         0     65536   0% /proc/kcore
tmpfs                    65536         0     65536   0% /proc/keys
tmpfs                    65536         0     65536   0% /proc/timer_list
tmpfs                        4         0         4   0% /proc/scsi
tmpfs                        4         0         4   0% /sys/firmware
`,
  ],
];

for (const [title, image, options, transcript] of sessions) {
  test(title, async () => {
    const person = await open(testHost(image, options), [...(options?.argv ?? ["bash"])]);
    expect(await person.transcript(transcript)).toBe(transcript);
  });
}

/** What is left in the writable layer, as a real overlay had it after GNU's and busybox's commands alike. */
const DEMOS = "\nopt/\nopt/x/\nopt/x/f = o\\n\n4755:1000:1000 opt/g = o\\n\nlib/\nlib/one = 1\\n";
test.each([
  [
    "mv /etc /etc2",
    [
      "directory etc",
      "whiteout etc/bash.bashrc",
      "whiteout etc/group",
      "whiteout etc/legal",
      "whiteout etc/motd",
      "whiteout etc/mtab",
      "whiteout etc/passwd",
      "directory etc2",
      "file etc2/bash.bashrc",
      "file etc2/group",
      "file etc2/hostname",
      "file etc2/hosts",
      "file etc2/legal",
      "file etc2/motd",
      "symlink etc2/mtab",
      "file etc2/passwd",
      "file etc2/resolv.conf",
    ],
  ],
  ["rm -rf /usr/share; mkdir /usr/share", ["directory usr", "directory usr/share", "opaque usr/share"]],
  ["mv /opt /opt2", ["whiteout opt", "directory opt2", "file opt2/g", "directory opt2/x", "file opt2/x/f"]],
  ["ln /opt/x/f /opt/x/h", ["directory opt", "directory opt/x", "file opt/x/f", "hardlink opt/x/h"]],
  ["chmod 600 /opt/x/f", ["directory opt", "directory opt/x", "file opt/x/f"]],
  ["touch /opt/x/f", ["directory opt", "directory opt/x", "file opt/x/f"]],
  ["chown ada /opt/g", ["directory opt", "file opt/g"]],
])("%s leaves in the writable layer", async (line, left) => {
  const host = testHost(GNU + PLACES + DEMOS);
  const person = await open(host);
  await person.type(line);
  expect(upper(host)).toEqual(left);
});

test("df of GNU names each device once", async () => {
  const person = await open(testHost(GNU + PLACES, { mounts: [volumeAt("vol", "/data/very/long/way")] }));
  const mounted = async () => (await person.type("df --output 2>/dev/null; df | tail -n +2")).match(/ \/\S*$/gm);
  expect(await mounted()).toEqual([
    " /",
    " /dev",
    " /dev/shm",
    " /etc/hosts",
    " /proc/acpi",
    " /proc/scsi",
    " /sys/firmware",
  ]);
});

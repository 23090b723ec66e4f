import { beforeAll, expect, test } from "vitest";
import { PracticePage } from "./practice.ts";

let page: PracticePage;
beforeAll(async () => {
  page = await PracticePage.open();
  for (const line of SETUP) expect(await page.type(line)).toMatchObject({ exitCode: 0 });
}, 60_000);

/** As it was for the recording: files of root's, and one of another user's. */
const SETUP = [
  "docker pull -q busybox",
  "docker volume create data",
  "docker run -d --name cc -v data:/data busybox sleep 1000",
  "mkdir w; cd w; echo one > file; chmod 640 file; mkdir -p dir/sub empty; echo two > dir/two; echo three > dir/sub/three",
  "ln -s file link; ln -s nosuch broken; ln -s dir dlink",
];

/** What docker 28.5 was seen to answer; `[exit N]` when it is not 0. */
test.for([
  ["docker cp -q file cc:/", ""],
  ["docker cp -q file cc:/file2", ""],
  ["docker cp -q file cc:/tmp/", ""],
  ["docker cp -q file cc:/nosuch/", "no such directory\n[exit 1]"],
  [
    "docker cp -q file cc:/nosuch/x",
    "Error response from daemon: Could not find the file /nosuch in container cc\n[exit 1]",
  ],
  ["docker cp -q file cc:/etc/passwd/", "no such directory\n[exit 1]"],
  ["docker cp -q file cc:tmp/rel", ""],
  ["docker cp -q file cc:", "no such directory\n[exit 1]"],
  ["docker cp -q file cc:.", ""],
  [
    "docker exec cc stat -c '%A %u:%g %s %n' /file /file2 /tmp/file /tmp/rel",
    "-rw-r----- 1000:1000 4 /file\n-rw-r----- 1000:1000 4 /file2\n-rw-r----- 1000:1000 4 /tmp/file\n-rw-r----- 1000:1000 4 /tmp/rel\n",
  ],
  ["docker cp -q dir cc:/", ""],
  ["docker cp -q dir cc:/newdir", ""],
  ["docker cp -q dir cc:/newdir", ""],
  ["docker cp -q dir/ cc:/slash", ""],
  ["docker cp -q dir/. cc:/dot", ""],
  ["docker cp -q dir/. cc:/tmp", ""],
  ["docker cp -q dir cc:/file2", "cannot copy directory\n[exit 1]"],
  ["docker cp -q dir/. cc:/file2", "cannot copy directory\n[exit 1]"],
  ["docker cp -q dir cc:/a/b", "Error response from daemon: Could not find the file /a in container cc\n[exit 1]"],
  ["docker cp -q empty cc:/e", ""],
  [
    "docker exec cc find /dir /newdir /slash /dot /e /tmp | sort",
    "/dir\n/dir/sub\n/dir/sub/three\n/dir/two\n/dot\n/dot/sub\n/dot/sub/three\n/dot/two\n/e\n/newdir\n/newdir/dir\n/newdir/dir/sub\n/newdir/dir/sub/three\n/newdir/dir/two\n/newdir/sub\n/newdir/sub/three\n/newdir/two\n/slash\n/slash/sub\n/slash/sub/three\n/slash/two\n/tmp\n/tmp/file\n/tmp/rel\n/tmp/sub\n/tmp/sub/three\n/tmp/two\n",
  ],
  ["docker cp -q file cc:/newdir", ""],
  ["docker cp -q file cc:/newdir/two", ""],
  ["docker cp -q link cc:/l1", ""],
  ["docker cp -qL link cc:/l2", ""],
  ["docker cp -q broken cc:/l3", ""],
  ["docker cp -qL broken cc:/l4", "lstat /home/learner/w/nosuch: no such file or directory\n[exit 1]"],
  ["docker cp -q dlink cc:/l5", ""],
  ["docker cp -q dlink/ cc:/l6", ""],
  ["docker cp -qL dlink cc:/l7", ""],
  [
    "docker exec cc sh -c 'ls -ld /l? | cut -c1-10,57-'",
    "lrwxrwxrwx /l1 -> file\n-rw-r----- /l2\nlrwxrwxrwx /l3 -> nosuch\nlrwxrwxrwx /l5 -> dir\ndrwxr-xr-x /l6\ndrwxr-xr-x /l7\n",
  ],
  ["docker cp -q nosuch cc:/", "lstat /home/learner/w/nosuch: no such file or directory\n[exit 1]"],
  ["docker cp -q nosuch/ cc:/", "lstat /home/learner/w/nosuch: no such file or directory\n[exit 1]"],
  ["docker cp -q file/ cc:/", "not a directory\n[exit 1]"],
  ["docker cp -q file nosuch:/", "no such directory\n[exit 1]"],
  ["docker cp '' cc:/", "source can not be empty\n[exit 1]"],
  ["docker cp file ''", "destination can not be empty\n[exit 1]"],
  ["docker cp file other", "must specify at least one container source\n[exit 1]"],
  ["docker cp cc:/a st:/b", "copying between containers is not supported\n[exit 1]"],
  ["docker cp - -", "must specify at least one container source\n[exit 1]"],
  ["docker cp -q - cc:/ < file", "Error response from daemon: unexpected EOF\n[exit 1]"],
  ["docker cp -q - cc:/ < /dev/null", ""],
  ["docker cp - cc:/nosuch < /dev/null", 'destination "cc:/nosuch" must be a directory\n[exit 1]'],
  ["tar c dir | docker cp -q - cc:/home", ""],
  ["tar c dir | docker cp - cc:/file2", 'destination "cc:/file2" must be a directory\n[exit 1]'],
  ["docker exec cc find /home", "/home\n/home/dir\n/home/dir/sub\n/home/dir/sub/three\n/home/dir/two\n"],
  // on a terminal
  ["docker cp file cc:/tty", "Successfully copied 2.05kB to cc:/tty\n"],
  ["docker cp dir cc:/ttydir", "Successfully copied 4.1kB to cc:/ttydir\n"],
  ["docker cp cc:/tty tty", "Successfully copied 2.05kB to /home/learner/w/tty\n"],
  ["tar c dir | docker cp - cc:/home", "Successfully copied 0B to cc:/home\n"],
  // from the container
  ["docker cp -q cc:/etc/passwd .", ""],
  ["docker cp -q cc:/etc/passwd p2", ""],
  ["docker cp -q cc:/etc/passwd nosuch/", "no such directory\n[exit 1]"],
  [
    "docker cp -q cc:/etc/passwd nosuch/x",
    'invalid output path: directory "/home/learner/w/nosuch" does not exist\n[exit 1]',
  ],
  ["docker cp -q cc:/etc/passwd dir", ""],
  ["docker cp -q cc:/newdir .", ""],
  ["docker cp -q cc:/newdir out", ""],
  ["docker cp -q cc:/newdir out", ""],
  ["docker cp -q cc:/newdir/. out2", ""],
  ["docker cp -q cc:/newdir/ out3", ""],
  ["docker cp -q cc:/newdir file", "cannot copy directory\n[exit 1]"],
  ["docker cp -q cc:/newdir/. file", "cannot copy directory\n[exit 1]"],
  [
    "docker cp -q cc:/nosuch .",
    "Error response from daemon: Could not find the file /nosuch in container cc\n[exit 1]",
  ],
  ["docker cp -q cc:/etc/passwd/ .", "Error response from daemon: lstat /etc/passwd/: not a directory\n[exit 1]"],
  ["docker cp -q cc:etc/group g2", ""],
  ["docker cp -q cc: all", "Error response from daemon: bad parameter: pathcannot be empty\n[exit 1]"],
  ["docker cp -q cc:/l1 .", ""],
  ["docker cp -qL cc:/l1 l1x", ""],
  ["docker cp -q cc:/l5 .", ""],
  ["docker cp -q cc:/l5/ l5s", ""],
  ["docker cp -q cc:/l3 .", ""],
  ["docker cp -qL cc:/l3 l3x", "Error response from daemon: Could not find the file /nosuch in container cc\n[exit 1]"],
  [
    "docker cp cc:/newdir - | tar t",
    "newdir/\nnewdir/dir/\nnewdir/dir/sub/\nnewdir/dir/sub/three\nnewdir/dir/two\nnewdir/file\nnewdir/sub/\nnewdir/sub/three\nnewdir/two\n",
  ],
  [
    "docker cp cc:/newdir/. - | tar t",
    "./\n./dir/\n./dir/sub/\n./dir/sub/three\n./dir/two\n./file\n./sub/\n./sub/three\n./two\n",
  ],
  ["docker cp cc:/newdir/ - | tar t | head -2", "newdir/\nnewdir/dir/\n"],
  ["docker cp cc:/etc/passwd - | tar t", "passwd\n"],
  ["docker cp nosuch:/x .", "Error response from daemon: No such container: nosuch\n[exit 1]"],
  [
    "docker cp -q cc:/proc/version .",
    "Error response from daemon: Could not find the file /proc/version in container cc\n[exit 1]",
  ],
  ["docker cp -q file cc:/proc/x", ""],
  [
    "docker cp -q cc:/dev/null .",
    "Error response from daemon: Could not find the file /dev/null in container cc\n[exit 1]",
  ],
  [
    "find out out2 out3 l5s newdir | sort",
    "l5s\nl5s/sub\nl5s/sub/three\nl5s/two\nnewdir\nnewdir/dir\nnewdir/dir/sub\nnewdir/dir/sub/three\nnewdir/dir/two\nnewdir/file\nnewdir/sub\nnewdir/sub/three\nnewdir/two\nout\nout/dir\nout/dir/sub\nout/dir/sub/three\nout/dir/two\nout/file\nout/newdir\nout/newdir/dir\nout/newdir/dir/sub\nout/newdir/dir/sub/three\nout/newdir/dir/two\nout/newdir/file\nout/newdir/sub\nout/newdir/sub/three\nout/newdir/two\nout/sub\nout/sub/three\nout/two\nout2\nout2/dir\nout2/dir/sub\nout2/dir/sub/three\nout2/dir/two\nout2/file\nout2/sub\nout2/sub/three\nout2/two\nout3\nout3/dir\nout3/dir/sub\nout3/dir/sub/three\nout3/dir/two\nout3/file\nout3/sub\nout3/sub/three\nout3/two\n",
  ],
  [
    "stat -c '%U:%G %a %N' p2 g2 l1 l1x l3 l5 tty",
    "learner:learner 644 'p2'\nlearner:learner 644 'g2'\nlearner:learner 777 'l1' -> 'file'\nlearner:learner 640 'l1x'\nlearner:learner 777 'l3' -> 'nosuch'\nlearner:learner 777 'l5' -> 'dir'\nlearner:learner 640 'tty'\n",
  ],
  ["docker cp -q cc:/etc/hosts h; head -1 h", "127.0.0.1\tlocalhost\n"],
  ["docker cp -q file cc:/etc/hosts", "Error response from daemon: RemoveAll hosts: device or resource busy\n[exit 1]"],
  // volumes, stopped and read-only containers
  ["docker cp -q file cc:/data/; docker exec cc ls /data; docker cp -q cc:/data/file v; cat v", "file\none\n"],
  [
    "docker diff cc | grep -E ' /(e|file|proc|tmp)'",
    "A /e\nA /file\nA /file2\nC /proc\nA /proc/x\nC /tmp\nA /tmp/file\nA /tmp/rel\nA /tmp/sub\nA /tmp/sub/three\nA /tmp/two\n",
  ],
  [
    "docker create -q --name st busybox true > /dev/null; docker cp -q file st:/stopped; docker cp -q st:/stopped back; cat back; docker diff st",
    "one\nA /stopped\n",
  ],
  [
    "docker create --name rov -v data:/data:ro busybox > /dev/null; docker cp -q file rov:/data/x",
    "Error response from daemon: mounted volume is marked read-only\n[exit 1]",
  ],
  ["docker cp -q file rov:/x", ""],
  [
    "docker create --name ror --read-only -v data:/data busybox > /dev/null; docker cp -q file ror:/x",
    "Error response from daemon: container rootfs is marked read-only\n[exit 1]",
  ],
  ["docker cp -q file ror:/data/x; docker exec cc cat /data/x", "one\n"],
  [
    "docker create --name tf --tmpfs /t busybox > /dev/null; docker cp -q file tf:/t/x",
    "Error response from daemon: Could not find the file /t in container tf\n[exit 1]",
  ],
] as const)("%s", async ([line, output]) => {
  const { output: said, exitCode } = await page.type(line);
  expect(said.replaceAll("\r\n", "\n") + (exitCode === 0 ? "" : `[exit ${exitCode}]`)).toBe(output);
});

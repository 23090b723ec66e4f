import { expect, test } from "vitest";
import { ALPINE, fileOf, GNU, processOf, testHost, Typist } from "./testing.ts";
import type { TestHost } from "./testing.ts";

const open = (host: TestHost, argv = ["bash"], more = {}) => Typist.open(host, processOf(argv, more));
const events = (host: TestHost): string[] =>
  host.tx.story.map(
    ({ event }) =>
      `${event.type}${"path" in event ? ` ${event.path}` : ""}${"layer" in event && event.layer ? ` (${event.layer.slice(0, 9)})` : ""}`,
  );

/** A session as it stands on a screen: what follows "$" is typed, the rest has to come by itself. */
const sessions: readonly (readonly [title: string, image: string, argv: readonly string[], transcript: string])[] = [
  [
    "the vim story, before vim is there",
    GNU,
    ["bash"],
    `$ vim
bash: vim: command not found
$ rm /etc/legal
$ ls /etc/legal
ls: cannot access '/etc/legal': No such file or directory
$ echo more >> /etc/motd
$ cat /etc/motd
hello
more
$ docker ps
bash: docker: command not found
`,
  ],
  [
    "what a shell remembers",
    GNU,
    ["bash"],
    `$ x=5; f() { echo "f$1 $x"; }; alias ll='ls -l'; cd /tmp
$ f 1; pwd; ll
f1 5
/tmp
total 0
$ false
$ echo $?
1
$ export B=7; env | grep ^B
B=7
$ set -- a "b c"; echo $# "$2"
2 b c
$ arr=(1 2 3); echo \${arr[1]}
2
`,
  ],
  [
    "lines that go on",
    GNU,
    ["bash"],
    `$ echo "one
$ two"
one
two
$ cat <<E
$ home $HOME
$ E
home /root
$ for i in 1 2
$ do
$ echo $i
$ done
1
2
$ echo a \\
$ b
a b
$ if ) x
bash: syntax error near unexpected token \`)'
$ echo $?
2
`,
  ],
  [
    "programs that read what is typed",
    GNU,
    ["bash"],
    `$ cat > /tmp/f
$ one $HOME 'two
$ 三
$ \x04
$ cat /tmp/f; cat >> /tmp/f && echo more
one $HOME 'two
三
$ four
$ \x04
more
$ cat
$ a
a
$ b
b
$ \x04
$ wc -l
$ a
$ b
$ \x04
2
$ sort -r | head -n 1; echo then
$ b
$ c
$ \x04
c
then
$ read x y; echo "$y $x"
$ one two three
two three one
$ read x || echo "end $?"
$ \x04
end 1
$ grep -n b
$ abc
$ xyz
$ \x04
1:abc
$ false; cat; echo $?
$ \x04
0
$ tee /tmp/g
$ LAMINA_INPUT
$ \x04
LAMINA_INPUT
$ cat /tmp/g; echo x | cat; cat < /tmp/g
LAMINA_INPUT
x
LAMINA_INPUT
$ rm /usr/bin/sort; sort
bash: sort: command not found
`,
  ],
  [
    "a command exists when its file does",
    GNU,
    ["bash"],
    `$ rm /usr/bin/cat; cat /etc/motd
bash: cat: command not found
$ mv /usr/bin/ls /usr/bin/dir2; ls
bash: ls: command not found
$ dir2 /home
ada
$ /bin/dir2 -d /etc
/etc
$ openssl version; cp /usr/bin/openssl /usr/bin/other
lamina: openssl is part of the image, but Lamina does not run its programs; \`openssl --version\` is answered
$ dd if=/dev/zero of=/usr/bin/thing bs=7 count=11 status=none; chmod +x /usr/bin/thing; thing
lamina: bash: thing: this program is part of the image, but Lamina does not simulate it
$ echo $?
126
$ echo 'echo "script $# $3"' > /usr/local/bin/s; chmod +x /usr/local/bin/s; s a b 'c  d'
script 3 c  d
$ printf '#!/bin/sh\\necho hi; exit 4\\n' > t.sh; ./t.sh
bash: ./t.sh: Permission denied
$ chmod 755 t.sh; ./t.sh; echo $?
hi
4
`,
  ],
  [
    "owners and modes",
    GNU,
    ["bash"],
    `$ chown ada:staff /etc/motd; chmod 4750 /etc/motd; ls -l /etc/motd
-rwsr-x--- 1 ada staff 6 Nov 14  2023 /etc/motd
$ stat -c '%a %U %G %s' /etc/motd
4750 ada staff 6
$ cp -p /etc/motd /m; cp /etc/motd /n; ls -l /m /n
-rwsr-x--- 1 ada  staff 6 Nov 14  2023 /m
-rwxr-x--- 1 root root  6 Nov 23 12:13 /n
$ ls -ln /m
-rwsr-x--- 1 1000 50 6 Nov 14  2023 /m
$ useradd -m bob; tail -1 /etc/passwd; id bob; ls -ld /home/bob
bob:x:1001:1001::/home/bob:/bin/sh
uid=1001(bob) gid=1001(bob) groups=1001(bob)
drwxr-xr-x 2 bob bob 4096 Nov 23 12:13 /home/bob
`,
  ],
  [
    "somebody who is not root",
    GNU,
    ["bash"],
    `$ su ada
$ whoami; id
ada
uid=1000(ada) gid=1000(ada) groups=1000(ada),50(staff)
$ rm /etc/legal
rm: cannot remove '/etc/legal': Permission denied
$ echo x > /etc/f
bash: /etc/f: Permission denied
$ mkdir /x
mkdir: cannot create directory '/x': Permission denied
$ cat /root/x
cat: /root/x: Permission denied
$ cd; touch mine; ls -l
total 0
-rw-r--r-- 1 ada ada 0 Nov 23 12:13 mine
$ exit
$ whoami
root
`,
  ],
  [
    "mounts that are no part of a layer",
    GNU,
    ["bash"],
    `$ cat /etc/hostname; tail -1 /etc/hosts
c0ffee000000
172.17.0.2	c0ffee000000
$ echo 10.0.0.1 db >> /etc/hosts; tail -1 /etc/hosts
10.0.0.1 db
$ rm /etc/hosts
rm: cannot remove '/etc/hosts': Device or resource busy
$ mv /etc /etc2
mv: cannot remove '/etc/hostname': Device or resource busy
mv: cannot remove '/etc/hosts': Device or resource busy
mv: cannot remove '/etc/resolv.conf': Device or resource busy
$ ls /etc
hostname  hosts  resolv.conf
$ uname -r; cat /proc/sys/kernel/osrelease
6.8.0-48-generic
6.8.0-48-generic
$ echo x > /proc/version
bash: /proc/version: Read-only file system
$ grep -c overlay /proc/mounts
1
`,
  ],
  [
    "pipes, lists and loops",
    GNU,
    ["bash"],
    `$ cut -d: -f1 /etc/passwd | sort | head -2
ada
daemon
$ nosuch || echo no
bash: nosuch: command not found
no
$ false && echo a || echo b
b
$ n=$(ls / | wc -l); echo $n
11
$ echo err >&2; ls /nosuch 2>/dev/null; echo $?
err
2
$ seq 3 | xargs -n1 echo n
n 1
n 2
n 3
$ (cd /tmp; pwd); pwd
/tmp
/
$ grep -r hello /etc; sed -i s/hello/bye/ /etc/motd; cat /etc/motd
/etc/motd:hello
bye
$ bash -c 'echo $0 $1' x y; sh -c nosuch
x y
sh: 1: nosuch: not found
`,
  ],
  [
    "sizes, and programs of one size",
    `${GNU}\nusr/bin/odd *555555\nusr/bin/cksum *555555`,
    ["bash"],
    `$ cp /usr/bin/odd /usr/bin/other; other
lamina: bash: other: this program is part of the image, but Lamina does not simulate it
$ cksum
lamina: bash: cksum: this program is part of the image, but Lamina does not simulate it
$ yes | head -2; df -h /
y
y
Filesystem      Size  Used Avail Use% Mounted on
overlay          59G  9.2G   50G  16% /
$ ls /nosuch | cat
ls: cannot access '/nosuch': No such file or directory
`,
  ],
  [
    "archives, and files found by owner",
    GNU,
    ["bash"],
    `$ mkdir -p d/e; echo one > d/e/f; chown ada d/e/f; ln -s f d/e/l; tar czf a.tgz d; tar tzf a.tgz
d/
d/e/
d/e/f
d/e/l
$ find d ! -user root; find d -user ada -exec chown daemon {} +; ls -l d/e/f
d/e/f
-rw-r--r-- 1 daemon root 4 Nov 23 12:13 d/e/f
$ mkdir out; tar -xzf a.tgz -C out; ls -l out/d/e; cat out/d/e/l
total 4
-rw-r--r-- 1 ada  root 4 Nov 23 12:13 f
lrwxrwxrwx 1 root root 1 Nov 23 12:13 l -> f
one
$ gzip d/e/f; ls d/e; zcat d/e/f.gz; gunzip d/e/f.gz; ls d/e
f.gz  l
one
f  l
$ tar xf /etc/motd
tar: This does not look like a tar archive
tar: Exiting with failure status due to previous errors
`,
  ],
  [
    "the golden session of busybox ash",
    ALPINE,
    ["/bin/sh"],
    `$ grep -q '^overlay / overlay' /proc/mounts && echo in-overlay
in-overlay
$ echo hi > /newfile
$ rm /etc/alpine-release
$ nosuchcmd
/bin/sh: nosuchcmd: not found
$ cd /nosuch
/bin/sh: cd: can't cd to /nosuch: No such file or directory
$ cat /nosuch
cat: can't open '/nosuch': No such file or directory
$ rm /etc
rm: '/etc' is a directory
$ mkdir /tmp
mkdir: can't create directory '/tmp': File exists
$ rmdir /etc
rmdir: '/etc': Directory not empty
$ mv /etc /etc2
mv: can't remove '/etc/hostname': Device or resource busy
mv: can't remove '/etc/hosts': Device or resource busy
mv: can't remove '/etc/resolv.conf': Device or resource busy
$ ls -la /etc
total 20
drwxr-xr-x    1 0        0             4096 Nov 23 12:13 .
drwxr-xr-x    1 0        0             4096 Nov 23 12:13 ..
-rw-r--r--    1 0        0               13 Nov 23 12:13 hostname
-rw-r--r--    1 0        0              172 Nov 23 12:13 hosts
-rw-r--r--    1 0        0              155 Nov 23 12:13 resolv.conf
`,
  ],
];

for (const [title, image, argv, transcript] of sessions) {
  test(title, async () => {
    const person = await open(testHost(image, { argv }), [...argv]);
    expect(await person.transcript(transcript)).toBe(transcript);
  });
}

test("each change of a file is a step of the story, in the layer where it happens", async () => {
  const host = testHost(GNU);
  const person = await open(host);
  const told = async (line: string) => {
    host.commit();
    await person.type(line);
    return events(host);
  };
  expect(await told("rm /etc/legal")).toEqual(["fs.copy-up /etc (init)", "fs.whiteout /etc/legal (sha256:aa)"]);
  expect(await told("echo more >> /etc/motd")).toEqual(["fs.copy-up /etc/motd (sha256:aa)", "fs.write /etc/motd"]);
  expect(await told("echo new > /etc/new")).toEqual(["fs.create /etc/new", "fs.write /etc/new"]);
  expect(await told("ls -la /; echo x > /dev/null")).toEqual([]);
  // Reading changes nothing; how the file is found is told all the same.
  expect(await told("cat /etc/motd")).toEqual(["fs.read /etc/motd"]);
  expect(await told("echo x >> /etc/hosts")).toEqual([]);
  expect(await told("rm /etc/new")).toEqual(["fs.remove /etc/new"]);
  expect(await fileOf(host, "/etc/motd")).toBe("hello\nmore\n");
});

test("a program that the interpreter leaves out of browsers is missing like any other", async () => {
  const person = await open(testHost(GNU));
  expect(await person.type("python3 --version")).toBe("bash: python3: command not found\n");
});

test("an interrupt ends the line; variables, functions and aliases stay", async () => {
  const host = testHost(GNU);
  const person = await open(host);
  await person.type("x=5; f() { echo f$1; }; alias w='echo alias'; cd /tmp");
  host.clock.stuck = true;
  expect(await person.type("sleep 100; echo after", 30)).toBe("");
  expect(person.last).toEqual({ kind: "prompt", exitCode: 130 });
  expect(await person.type("while true; do sleep 1; done", 30)).toBe("");
  host.clock.stuck = false;
  expect(await person.type("echo $? $x; f 2; pwd; w")).toBe("130 5\nf2\n/tmp\nalias\n");
});

test("a loop that never yields is stopped, and the shell goes on", async () => {
  const person = await open(testHost(GNU));
  expect(await person.type("x=1; while true; do :; done")).toMatch(/^lamina: stopped: while loop: too many iterations/);
  expect(person.last).toEqual({ kind: "prompt", exitCode: 126 });
  expect(await person.type("echo $?")).toBe("126\n");
});

test("a binary on the terminal does no harm", async () => {
  const host = testHost(GNU);
  const person = await open(host);
  expect(await person.type("cat /usr/bin/ls; echo ok")).toBe("ok\n");
  expect(await person.type("cat /usr/bin/ls | wc -c; printf '\\377\\001A\\n' | cat")).toMatch(/^\d+\n.+A\n$/u);
});

test("a here-document, a paste and a big output", async () => {
  const person = await open(testHost(GNU));
  await person.type(`echo ${"x".repeat(200_000)} > /big`);
  expect(await person.type("wc -c < /big")).toMatch(/200001/);
  expect((await person.type("seq 1 50000")).length).toBe(288_894);
});

test("prompts as the image's files and the shells define them", async () => {
  const bash = await open(testHost(GNU));
  expect(bash.session.prompt()).toBe("root@c0ffee000000:/# ");
  await bash.type("cd /root");
  expect(bash.session.prompt()).toBe("root@c0ffee000000:~# ");
  await bash.type('echo "');
  expect(bash.session.prompt()).toBe("> ");
  await bash.type('"; PS1="\\u \\W $ "');
  expect(bash.session.prompt()).toBe("root ~ $ ");
  expect((await open(testHost(GNU), ["sh"])).session.prompt()).toBe("# ");
  expect((await open(testHost(GNU), ["sh"], { user: "ada" })).session.prompt()).toBe("$ ");
  expect((await open(testHost(GNU), ["bash", "--norc"])).session.prompt()).toMatch(/^bash-5\.\d# $/);
  expect((await open(testHost(ALPINE), ["sh"])).session.prompt()).toBe("/ # ");
});

test("exit, its status, and a program that is no shell", async () => {
  const person = await open(testHost(GNU));
  await person.type("exit 3");
  expect(person.last).toEqual({ kind: "exit", exitCode: 3 });
  const ls = await open(testHost(GNU), ["ls", "/home"]);
  expect([ls.greeting, ls.session.ended]).toEqual(["ada\n", 0]);
});

test("an entrypoint script runs and leads to the shell", async () => {
  const entry =
    '#!/bin/sh\nset -e\nif [ "$1" = "bash" ]; then\n  echo "starting $@" > /tmp/log\nfi\nexec "$@"\necho never\n';
  const image = `${GNU}\n0755 usr/local/bin/entry.sh = ${entry.replaceAll("\n", "\\n")}`;
  const argv = ["entry.sh", "bash"];
  const host = testHost(image, { argv });
  const person = await open(host, argv);
  expect(person.greeting).toBe("");
  expect(person.session.ended).toBeNull();
  expect(await person.type("cat /tmp/log; ps")).toBe(
    "starting bash\n    PID TTY          TIME CMD\n      1 pts/0    00:00:00 bash\n      9 pts/0    00:00:00 ps\n",
  );
});

test("vim opens the file and saves through the union filesystem", async () => {
  const host = testHost(`${GNU}\nusr/bin/vim.basic *3787400\nusr/bin/vim -> /usr/bin/vim.basic`, {
    edit: (request) => request.save(`${request.text ?? ""}edited\n`),
  });
  const person = await open(host);
  expect(await person.type("vim /root/hello.txt")).toBe("");
  expect(await person.type("cd /etc; vim motd; cat motd /root/hello.txt")).toBe("hello\nedited\nedited\n");
  expect(host.edits.map(({ editor, path, text }) => ({ editor, path, text }))).toEqual([
    { editor: "vim", path: "/root/hello.txt", text: null },
    { editor: "vim", path: "/etc/motd", text: "hello\n" },
  ]);
  expect(await person.type("vim x | cat")).toMatch(/Output is not to a terminal/);
});

test("the same lines give the same randomness and time", async () => {
  const lines = [
    "echo $RANDOM $RANDOM",
    "mktemp",
    "date; date +%s%N",
    "awk 'BEGIN { srand(); print srand() }'",
    "echo $SECONDS",
  ];
  const once = async () => {
    const person = await open(testHost(GNU));
    const out: string[] = [];
    for (const line of lines) out.push(await person.type(line));
    return out;
  };
  const [first, second] = [await once(), await once()];
  expect(first).toEqual(second);
  expect(first[2]).toBe("Sun Nov 23 12:13:20 UTC 2025\n1763900000000000000\n");
});

test("read -p asks, and takes one line", async () => {
  const person = await open(testHost(GNU));
  expect(await person.type("read -p 'Name: ' name")).toBe("Name: ");
  expect([person.last, person.session.prompt()]).toEqual([{ kind: "input" }, ""]);
  await person.type("you");
  expect(await person.type("echo hello $name")).toBe("hello you\n");
});

test("Ctrl-C drops a program that reads, and what followed it", async () => {
  const person = await open(testHost(GNU));
  await person.type("cat > /tmp/f; echo no");
  await person.type("lost");
  expect(person.session.unfinished).toBe(true);
  person.session.discard();
  expect(person.session.prompt()).toContain("#");
  expect(await person.type("echo $?; ls /tmp")).toBe("130\n");
});

test("Tab: commands, paths, variables", async () => {
  const person = await open(testHost(GNU));
  const complete = (line: string) => person.session.complete(person.host.tx, line, line.length);
  expect(await complete("mkt")).toEqual({ from: 0, candidates: ["mktemp "] });
  expect(await complete("cat /etc/mo")).toEqual({ from: 4, candidates: ["/etc/motd "] });
  expect(await complete("cd /u")).toEqual({ from: 3, candidates: ["/usr/"] });
  expect(await complete("ls; whoa")).toEqual({ from: 4, candidates: ["whoami "] });
  expect(await complete("echo $HOSTN")).toEqual({ from: 6, candidates: ["HOSTNAME"] });
});

test("a redirection that fails is a command that fails, and no more", async () => {
  const person = await open(testHost(GNU));
  const refused = (where: string) => `${where}: /proc/x: No such file or directory\n`;
  expect(await person.type("for i in 1 2; do echo $i > /proc/x; done; echo $? after")).toBe(
    `${refused("bash").repeat(2)}1 after\n`,
  );
  expect(await person.type("bash -c 'echo a >> /proc/x || ls /etc/legal; > /proc/x; ls /etc/motd'")).toBe(
    `${refused("bash: line 1")}/etc/legal\n${refused("bash: line 1")}/etc/motd\n`,
  );
  expect(await person.type("bash -c 'set -e; : > /proc/x; ls /etc'; echo $?")).toBe(`${refused("bash: line 1")}1\n`);
  expect(await person.type("ls /nosuch &> /tmp/both; echo x | cat - > /tmp/x; cat /tmp/both /tmp/x")).toBe(
    "ls: cannot access '/nosuch': No such file or directory\nx\n",
  );
});

test("a saved session opens although its shell's file is gone", async () => {
  const host = testHost(GNU);
  const person = await open(host);
  await person.type("rm -rf /bin /usr/bin; cd /etc");
  const saved = structuredClone(person.session.save());
  const { openSession } = await import("./open.ts");
  const again = await openSession(host.tx, { container: host.id, process: saved.process, saved }, host.deps);
  expect(again.ended).toBeNull();
  expect(again.save()).toEqual(saved);
});

test("a saved session opens where it was", async () => {
  const host = testHost(GNU);
  const person = await open(host);
  await person.type("cd /tmp; export A=1; b='two words'");
  await person.type("greet() { echo hello $1; }");
  await person.type("false");
  const saved = person.session.save();
  const { openSession } = await import("./open.ts");
  const again = await openSession(host.tx, { container: host.id, process: saved.process, saved }, host.deps);
  expect(again.prompt()).toBe("root@c0ffee000000:/tmp# ");
  expect(again.save()).toEqual(saved);
  let printed = "";
  const output = { stdout: (text: string) => (printed += text), stderr: (text: string) => (printed += text) };
  await again.run(host.tx, 'echo "$?" $A "$b"; greet you', output, new AbortController().signal);
  expect(printed).toBe("1 1 two words\nhello you\n");
});

import { beforeAll, describe, expect, test } from "vitest";
import { completeHost } from "../cli/complete.ts";
import { isComplete } from "../cli/host-shell.ts";
import { PracticeHost } from "../cli/practice-host.ts";
import { alpine } from "../cli/testdata/images.ts";
import { hostProgramNames } from "../shell/host.ts";
import { ContainerMemory } from "../shell/container-memory.ts";
import { replayedEditor } from "./editing.ts";
import { hostPrograms } from "./host-programs.ts";

const host = new PracticeHost(({ ports: { clock, random, layers } }) =>
  hostPrograms({
    clock,
    random,
    layers,
    packages: { text: () => Promise.reject(new RangeError("no packages")) },
    editor: replayedEditor([]),
    memory: new ContainerMemory(),
  }),
);
beforeAll(async () => {
  await host.serve(["docker.io/library/alpine:latest"], alpine);
  for (const name of ["web", "db"]) await host.run(`docker run -d --name ${name} alpine sleep 1000`);
  await host.run("docker create --name old alpine");
});

const around = { pullable: [], programs: hostProgramNames(), cwd: "/home/learner" };

const NOTE =
  "(This is a simulated host: `docker` is the tool here, and `help` lists what there is. Other programs run in a container.)\n";

test.for([
  // words
  ["echo a  'b  c' \"d e\"\\ f # g", "a b  c d e f\n"],
  ["echo $HOME ~/x '$HOME' \"$USER\"", "/home/learner /home/learner/x $HOME learner\n"],
  ["echo -n a; echo b", "ab\n"],
  ["echo 增加 'vim 文件'", "增加 vim 文件\n"],
  // lists
  ["false && echo no || echo yes", "yes\n"],
  ["true; false; echo $?", "1\n"],
  ["! false", ""],
  ["if docker inspect web >/dev/null; then echo there; else echo missing; fi", "there\n"],
  ["for c in web db; do echo $c; done", "web\ndb\n"],
  // pipes and substitution
  ["docker ps --format '{{.Names}}' | sort", "db\nweb\n"],
  ["docker ps | grep web | wc -l", "1\n"],
  ["docker ps -a --format '{{.Names}} {{.State}}' | grep -v running", "old created\n"],
  ["docker ps --format '{{.Names}}' | head -1", "db\n"],
  ["docker ps | tail -n +2 | awk '{print $NF, $2}'", "db alpine\nweb alpine\n"],
  ["docker inspect -f '{{.Name}}' $(docker ps -q)", "/db\n/web\n"],
  ["docker ps -aq | xargs docker inspect -f '{{.Name}}'", "/old\n/db\n/web\n"],
  ["ID=$(docker ps -q --filter name=web); docker inspect -f '{{.Name}}' $ID", "/web\n"],
  ["docker images -q | wc -l", "1\n"],
  ["docker nosuch 2>/dev/null", "[exit 1]\n"],
  ["docker nosuch 2>&1 | head -1", "docker: unknown command: docker nosuch\n"],
  ["sudo docker ps -q --filter name=none", ""],
  // not simulated
  ["gcc", `bash: gcc: command not found\n${NOTE}[exit 127]\n`],
  ["./run.sh", `bash: ./run.sh: No such file or directory\n${NOTE}[exit 127]\n`],
  ["while true; do date; done", "bash: this is not simulated on the host: while\n[exit 2]\n"],
  ["echo )", "bash: syntax error near unexpected token `)'\n[exit 2]\n"],
  ["echo 'a", "bash: unexpected EOF while looking for matching `''\n[exit 2]\n"],
  ["cat /etc/nosuch", "cat: /etc/nosuch: No such file or directory\n[exit 1]\n"],
  ["docker run -it alpine | cat", "the input device is not a TTY\n"],
  // files
  [
    "pwd; cd /tmp; pwd; cd -; cd nosuch",
    "/home/learner\n/tmp\n/home/learner\nbash: cd: nosuch: No such file or directory\n[exit 1]\n",
  ],
  ["echo one > a.txt; echo two >> a.txt; cat a.txt; wc -l < a.txt", "one\ntwo\n2\n"],
  ["mkdir -p d/e; cp a.txt d/e/b.txt; mv d/e/b.txt d; ls d d/e", "d:\nb.txt\ne\n\nd/e:\n"],
  ["cat d/*.txt; echo *.txt *.none '*' d/?.txt [a-c].txt", "one\ntwo\na.txt *.none * d/b.txt a.txt\n"],
  ["(cd d; pwd; ls) > list 2>&1; cat list; pwd", "/home/learner/d\nb.txt\ne\n/home/learner\n"],
  ["for f in d/*; do echo $f; done | sort -r", "d/e\nd/b.txt\n"],
  ["cat <<EOF > h; cat h\nhome $HOME\nEOF", "home /home/learner\n"],
  ["cat <<< word", "word\n"],
  ["echo x > /etc/f", "bash: /etc/f: Permission denied\n[exit 1]\n"],
  [
    "echo x > /etc/f; sudo touch /etc/f; ls -l /etc/f | cut -c1-30",
    "bash: /etc/f: Permission denied\n-rw-r--r-- 1 root root 0 Nov 2\n",
  ],
  ["cat nosuch 2> err; cat err; docker nosuch &> err; wc -l < err", "cat: nosuch: No such file or directory\n3\n"],
  ["cat < nosuch", "bash: nosuch: No such file or directory\n[exit 1]\n"],
  ["touch 'a b'; ls -l a* | wc -l; rm a*; ls", "2\nd\nerr\nh\nlist\n"],
  ["tar -cf d.tar d; tar -tf d.tar; tar -xf d.tar -C /tmp; cat /tmp/d/b.txt", "d/\nd/b.txt\nd/e/\none\ntwo\n"],
  [
    "gzip d.tar; tar -tzf d.tar.gz | head -1; sha256sum h",
    "d/\n69c99e59c861d3d897fd67adf0ae91ac17aa965035380231a1bf2a86edfb3673  h\n",
  ],
  ["find d -type f; du -s d; stat -c '%U:%G %a %s' h", "d/b.txt\n12\td\nlearner:learner 644 19\n"],
  [
    "ls -l /home; id; which ls; echo hi > /dev/null; cat < /dev/null",
    "total 4\ndrwxr-x--- 3 learner learner 4096 Nov 23 17:40 learner\nuid=1000(learner) gid=1000(learner) groups=1000(learner),27(sudo),999(docker)\n/usr/bin/ls\n",
  ],
  // the host itself
  ["uname -sr", "Linux 6.8.0-48-generic\n"],
  ["date", "Mon Nov 23 17:40:29 UTC 2026\n"],
  ["", ""],
])("%s", async ([line = "", output]) => {
  expect(await host.run(line)).toBe(output);
});

test.for([
  ["a word", "x".repeat(2_000_000)],
  ["quotes", "'".repeat(2_000_001)],
  ["backslashes", "\\".repeat(2_000_000)],
  ["semicolons and words", "echo a; ".repeat(100)],
  ["a pipe of blanks", `docker ps |${" ".repeat(2_000_000)}`],
  ["control characters", "\x00\x1b[2J\x07"],
] as const)("a paste of %s is answered", async ([, line]) => {
  if (isComplete(line)) expect(await host.run(line)).toEqual(expect.any(String));
  expect(completeHost(line, line.length, host.state, around).from).toBeLessThanOrEqual(line.length);
});

test.for([
  ["cat d/", 4, "d/b.txt d/e/"],
  ["cat ~/l", 4, "~/list"],
  ["ls d/b.txt > h", 13, "h"],
  ["ls >d", 4, "d.tar.gz d/"],
  ["docker cp ", 10, "d.tar.gz d/ db: err h list old: web:"],
  ["docker cp d/b", 10, "d/b.txt"],
  ["docker cp web:/b", 10, "web:/bin/"],
  ["docker import d", 14, "d.tar.gz d/"],
  ["docker export -o l", 17, "list"],
  ["docker export ", 14, "db old web"],
  ["gz", 0, "gzip"],
] as const)("Tab after %s", ([line, from, candidates]) => {
  const offered = completeHost(line, line.length, host.state, around);
  expect({ from: offered.from, candidates: offered.candidates.join(" ") }).toEqual({ from, candidates });
});

describe("isComplete", () => {
  test.for([
    ["docker ps", true],
    ["docker commit -m 'add vim", false],
    ['echo "a', false],
    ["echo a \\", false],
    ["echo a \\\\", true],
    ["docker ps |", false],
    ["docker rm $(docker ps -aq", false],
    ["for c in a b; do", false],
    ["cat > Dockerfile <<EOF", false],
    ["cat > Dockerfile <<EOF\nFROM a \\", false],
    ["cat > Dockerfile <<EOF\nFROM a\nEOF", true],
    ["for f in a b; do cat <<-'E F'; done\n\tx\n\tE F", true],
    ["cat <<A <<B | sort\n1\nA\n2", false],
    ["echo )", true],
    ["", true],
  ] as const)("%s: %s", ([line, complete]) => {
    expect(isComplete(line)).toBe(complete);
  });
});

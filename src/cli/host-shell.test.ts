import { beforeAll, describe, expect, test } from "vitest";
import { completeHost } from "./complete.ts";
import { isComplete } from "./host-shell.ts";
import { PracticeHost } from "./practice-host.ts";
import { alpine } from "./testdata/images.ts";

const host = new PracticeHost();
beforeAll(async () => {
  await host.serve(["docker.io/library/alpine:latest"], alpine);
  for (const name of ["web", "db"]) await host.run(`docker run -d --name ${name} alpine sleep 1000`);
  await host.run("docker create --name old alpine");
});

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
  ["vim", `bash: vim: command not found\n${NOTE}[exit 127]\n`],
  ["./run.sh", `bash: ./run.sh: No such file or directory\n${NOTE}[exit 127]\n`],
  [
    "echo x > /tmp/file",
    "bash: /tmp/file: files of the host are not simulated in Lamina; the nearest is a file in a container.\n[exit 1]\n",
  ],
  ["while true; do date; done", "bash: this is not simulated on the host: while\n[exit 2]\n"],
  ["echo )", "bash: syntax error near unexpected token `)'\n[exit 2]\n"],
  ["echo 'a", "bash: unexpected EOF while looking for matching `''\n[exit 2]\n"],
  ["grep x", "grep: on this simulated host it works in a pipe only, as in `docker ps | grep ...`\n[exit 1]\n"],
  ["cat /etc/passwd", "cat: /etc/passwd: No such file or directory\n[exit 1]\n"],
  ["docker run -it alpine | cat", "the input device is not a TTY\n"],
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
  expect(completeHost(line, line.length, host.state).from).toBeLessThanOrEqual(line.length);
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
    ["echo )", true],
    ["", true],
  ] as const)("%s: %s", ([line, complete]) => {
    expect(isComplete(line)).toBe(complete);
  });
});

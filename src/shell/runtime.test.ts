import { expect, test } from "vitest";
import { ALPINE, GNU, runDetached, testHost } from "./testing.ts";

const exited = (code: number) => ({ kind: "exited", code });
const NOW = 1_763_900_000_000;

/** `docker run IMAGE argv`: what comes out, and what becomes of the process. */
const runs: readonly (readonly [
  image: string,
  argv: readonly string[],
  stdout: string,
  stderr: string,
  outcome: unknown,
])[] = [
  [GNU, ["echo", "hello  x", "$HOME"], "hello  x $HOME\n", "", exited(0)],
  [GNU, ["cat", "/etc/motd"], "hello\n", "", exited(0)],
  [GNU, ["ls", "/etc/nosuch"], "", "ls: cannot access '/etc/nosuch': No such file or directory\n", exited(2)],
  [GNU, ["head", "-1", "/etc/motd"], "hello\n", "", exited(0)],
  [GNU, ["grep", "-c", "h", "/etc/motd"], "1\n", "", exited(0)],
  [GNU, ["find", "/etc", "-name", "motd"], "/etc/motd\n", "", exited(0)],
  [GNU, ["bash"], "", "", exited(0)],
  [GNU, ["sh", "-c", "exit 7"], "", "", exited(7)],
  [
    GNU,
    ["sh", "-c", "echo out; echo err >&2; sleep 1000"],
    "out\n",
    "err\n",
    { kind: "running", endsAt: NOW + 1_000_000 },
  ],
  [GNU, ["sh", "-c", "sleep 1; echo done"], "done\n", "", exited(0)],
  [GNU, ["sleep", "60"], "", "", { kind: "running", endsAt: NOW + 60_000 }],
  [GNU, ["sh", "-c", "while true; do echo t; sleep 1; done"], "t\nt\nt\nt\n", "", { kind: "running", endsAt: null }],
  [GNU, ["tail", "-f", "/dev/null"], "", "", { kind: "running", endsAt: null }],
  [GNU, ["sh", "-c", 'set -- a b; if :; then exec echo "$@"; fi; echo never'], "a b\n", "", exited(0)],
  [GNU, ["ls", "/home", "/tmp"], "/home:\nada\n\n/tmp:\n", "", exited(0)],
  [GNU, ["bash", "-c", "for i in 1 2; do echo $i; done | tail -1"], "2\n", "", exited(0)],
  [ALPINE, ["cat", "/etc/alpine-release"], "3.20.3\n", "", exited(0)],
  [ALPINE, ["sh", "-c", "nosuch"], "", "sh: nosuch: not found\n", exited(127)],
];

for (const [image, argv, stdout, stderr, outcome] of runs) {
  test(argv.join(" "), async () => {
    expect(await runDetached(testHost(image, { argv }), argv)).toEqual({ stdout, stderr, outcome });
  });
}

test("a detached shell with a terminal goes on", async () => {
  expect((await runDetached(testHost(GNU), ["bash"], { tty: true })).outcome).toEqual({
    kind: "running",
    endsAt: null,
  });
});

test("docker exec -u", async () => {
  const { stderr, outcome } = await runDetached(testHost(GNU), ["touch", "/etc/x"], { user: "1000" });
  expect([stderr, outcome]).toEqual(["touch: cannot touch '/etc/x': Permission denied\n", exited(1)]);
});

test("processes as another one sees them", async () => {
  const host = testHost(GNU, { argv: ["sleep", "1000"] });
  const { stdout } = await runDetached(host, ["ps", "-ef"]);
  expect(stdout).toMatch(
    /^UID +PID +PPID +C +STIME +TTY +TIME +CMD\nroot +1 +0 .* sleep 1000\nroot +\d+ +0 .* ps -ef\n$/,
  );
});

import { describe, expect, test } from "vitest";
import type { ContainerId } from "../../engine/event.ts";
import type { SessionInfo } from "../../host/protocol.ts";
import { containerFixture, digestOf, hostFixture, imageFixture } from "../fixture.ts";
import { type Situation, nextStep } from "./next-step.ts";

const ubuntu = imageFixture("u", ["a"], { refs: ["ubuntu:22.04"] });
const vim = imageFixture("v", ["a", "b"], { refs: ["my/ubuntu-vim:1.0"], parent: digestOf("u") as never });
type Changes = readonly (readonly ["A" | "C" | "D", string])[];
const web = (changes: Changes) =>
  containerFixture("web", "u", { upper: { size: 1, counts: { added: 0, changed: 0, deleted: 0 }, changes } });
const session: SessionInfo = {
  terminal: "session-1",
  container: web([]).id as ContainerId,
  containerName: "web",
  image: "ubuntu:22.04",
  open: true,
  prompt: "# ",
};
const lists = ["A", "/var/lib/apt/lists/x"] as const;
const installed = ["A", "/usr/bin/vim.basic"] as const;
const note = ["A", "/root/hello.txt"] as const;
const edited = ["C", "/etc/bash.bashrc"] as const;
const removed = ["D", "/etc/legal"] as const;
const inside = (changes: Changes, typed: readonly string[] = []): Situation => ({
  host: hostFixture({ images: [ubuntu], containers: [web(changes)] }),
  sessions: [session],
  typed,
});
const outside = (changes: Changes, typed: readonly string[] = [], images = [ubuntu]): Situation => ({
  host: hostFixture({ images, containers: [web(changes)] }),
  sessions: [],
  typed,
});

describe("the vim story by buttons alone", () => {
  test.each<[string, Situation, string | null, string]>([
    ["empty host", { host: hostFixture({}), sessions: [], typed: [] }, "docker pull ubuntu:22.04", "host"],
    [
      "one image",
      { host: hostFixture({ images: [ubuntu] }), sessions: [], typed: [] },
      "docker run -it --name web ubuntu:22.04 bash",
      "host",
    ],
    ["fresh container", inside([]), "vim", "session-1"],
    ["vim was not found", inside([], ["vim"]), "apt-get update", "session-1"],
    ["lists are there", inside([lists]), "apt-get install -y vim", "session-1"],
    ["vim is there", inside([lists, installed]), "vim /root/hello.txt", "session-1"],
    ["a file written", inside([lists, installed, note]), "echo 'alias ll=\"ls -l\"' >> /etc/bash.bashrc", "session-1"],
    ["a file changed", inside([lists, installed, note, edited]), "rm /etc/legal", "session-1"],
    ["a file deleted", inside([lists, installed, note, edited, removed]), "exit", "session-1"],
    ["left", outside([installed]), "docker diff web", "host"],
    [
      "seen the diff",
      outside([installed], ["docker diff web"]),
      'docker commit -m "add vim" -a "me" web my/ubuntu-vim:1.0',
      "host",
    ],
    ["committed", outside([installed], [], [ubuntu, vim]), "docker history my/ubuntu-vim:1.0", "host"],
    [
      "seen the history",
      outside([installed], ["docker history x"], [ubuntu, vim]),
      "docker run -it --rm my/ubuntu-vim:1.0 bash",
      "host",
    ],
  ])("%s", (_, situation, line, terminal) => {
    expect(nextStep(situation)).toMatchObject({ line, terminal });
  });

  test("told to the end, nothing is offered", () => {
    const typed = [
      "docker history x",
      "docker run -it --rm my/ubuntu-vim:1.0 bash",
      "docker run -it --rm ubuntu:22.04 bash",
    ];
    expect(nextStep(outside([installed], typed, [ubuntu, vim]))).toBeNull();
  });
});

describe("whoever works with another image is not led back to Ubuntu", () => {
  const image = (name: string, more = {}) => imageFixture(name, ["a"], { refs: [`${name}:1`], ...more });
  const box = (of: string, changes: Changes = [], running = true) =>
    containerFixture("box", of, { running, upper: { size: 1, counts: { added: 0, changed: 0, deleted: 0 }, changes } });
  const shell: SessionInfo = { ...session, container: box("alpine").id as ContainerId, containerName: "box" };
  const hello = ["A", "/hello.txt"] as const;
  const group = ["C", "/etc/group"] as const;
  const made = image("made", { parent: digestOf("alpine") });
  test.each<[string, Situation, string | null]>([
    [
      "alpine pulled",
      { host: hostFixture({ images: [ubuntu, image("alpine")] }), sessions: [], typed: [] },
      "docker run -it --name box alpine:1 sh",
    ],
    [
      "nginx pulled",
      { host: hostFixture({ images: [image("redis"), image("nginx")] }), sessions: [], typed: [] },
      "docker run -d --name nginx nginx:1",
    ],
    [
      "in alpine",
      { host: hostFixture({ images: [image("alpine")], containers: [box("alpine")] }), sessions: [shell], typed: [] },
      "echo hello > /hello.txt",
    ],
    [
      "a file made",
      {
        host: hostFixture({ images: [image("alpine")], containers: [box("alpine", [hello])] }),
        sessions: [shell],
        typed: [],
      },
      "echo '# mine' >> /etc/group",
    ],
    [
      "a file changed",
      {
        host: hostFixture({ images: [image("alpine")], containers: [box("alpine", [hello, group])] }),
        sessions: [shell],
        typed: [],
      },
      "exit",
    ],
    [
      "nginx runs",
      { host: hostFixture({ images: [image("nginx")], containers: [box("nginx")] }), sessions: [], typed: [] },
      "docker exec -it box sh",
    ],
    [
      "left",
      {
        host: hostFixture({ images: [image("alpine")], containers: [box("alpine", [hello], false)] }),
        sessions: [],
        typed: [],
      },
      "docker diff box",
    ],
    [
      "seen the diff",
      {
        host: hostFixture({ images: [image("alpine")], containers: [box("alpine", [hello], false)] }),
        sessions: [],
        typed: ["docker diff box"],
      },
      'docker commit -m "say hello" -a "me" box my/box:1.0',
    ],
    [
      "committed",
      {
        host: hostFixture({ images: [image("alpine"), made], containers: [box("alpine", [hello])] }),
        sessions: [],
        typed: [],
      },
      null,
    ],
  ])("%s", (_, situation, line) => expect(nextStep(situation)?.line ?? null).toBe(line));
});

describe("a container with a volume", () => {
  const redis = imageFixture("redis", ["a"], { refs: ["redis:7"] });
  const mounts = [{ type: "volume", volume: "data", target: "/data", readOnly: false }] as const;
  const box = containerFixture("db", "redis", { imageName: "redis:7", mounts });
  const made = imageFixture("made", ["a", "b"], { refs: ["my/db:1.0"], parent: digestOf("redis") as never });
  const shell: SessionInfo = { ...session, container: box.id as ContainerId, containerName: "db" };
  const situation = (files: number, typed: readonly string[], more: Partial<Situation> = {}): Situation => ({
    host: hostFixture({
      images: typed.some((line) => line.startsWith("docker commit")) ? [redis, made] : [redis],
      containers: [box],
      volumes: [{ name: "data", anonymous: false, size: 6, files, createdAt: 0, usedBy: [box.id] }],
    }),
    sessions: [],
    typed,
    ...more,
  });
  const same = "docker run --rm -v data:/data redis:7 ls /data";
  const behind = "docker commit db my/db:1.0";
  const missing = "docker run --rm my/db:1.0 ls /data";
  test.each<[string, Situation, string | null]>([
    ["in its shell", situation(0, [], { sessions: [shell] }), "echo hello > /data/hello.txt"],
    ["written", situation(1, [], { sessions: [shell] }), "exit"],
    ["left", situation(1, []), same],
    ["seen in another", situation(1, [same]), behind],
    ["committed", situation(1, [same, behind]), missing],
    ["it was not there: told to the end", situation(1, [same, behind, missing]), null],
    ["nothing in it: no story", situation(0, []), "docker exec -it db sh"],
  ])("%s", (_, now, line) => expect(nextStep(now)?.line ?? null).toBe(line));
});

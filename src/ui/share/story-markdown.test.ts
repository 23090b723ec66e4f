import { expect, test } from "vitest";
import { en } from "../../content/locales/en.ts";
import { zhCN } from "../../content/locales/zh-CN.ts";
import type { EngineEvent } from "../../engine/event.ts";
import type { PageFrame, TypedCommand } from "../../host/protocol.ts";
import { containerFixture, digestOf, hostFixture, imageFixture, layerFixture } from "../fixture.ts";
import { type WrittenStory, storyMarkdown } from "./story-markdown.ts";

const host = hostFixture({
  layers: [layerFixture("a", null, { name: "ubuntu:22.04" })],
  images: [imageFixture("ubuntu", ["a"], { refs: ["ubuntu:22.04"] })],
  containers: [containerFixture("web", "ubuntu")],
});
const container = host.containers[0]?.id;
const frame = (event: object): PageFrame => ({ step: 1, event: event as EngineEvent, state: host });

function story(commands: readonly Partial<TypedCommand>[], told: Record<number, object[]> = {}): WrittenStory {
  return {
    commands: commands.map((command, index) => ({
      index,
      terminal: "host",
      line: "",
      handedIn: false,
      edits: [],
      ...command,
    })),
    told: new Map(Object.entries(told).map(([index, events]) => [Number(index), events.map(frame)])),
    sessions: [],
    host,
  };
}

const run = [
  { type: "container.create", container, name: "web", image: digestOf("ubuntu") },
  { type: "container.start", container, name: "web", command: "bash" },
];

test("commands as they are typed, each with its sentences, in the place where they are typed", () => {
  const session = { terminal: "session-1" as const };
  const edits = [{ path: "/root/hello.txt", text: "hello\n" }];
  const whiteout = { type: "fs.whiteout", container, path: "/etc/legal", layer: digestOf("a") };
  const lines = [
    { line: "docker run -it --name web ubuntu:22.04 bash" },
    { line: "rm /etc/legal", ...session },
    { line: "vim /root/hello.txt", edits, ...session },
    { line: null, ...session },
    { line: "docker images" },
  ];
  expect(storyMarkdown(story(lines, { 0: run, 1: [whiteout] }), en)).toBe(`# ${en.transcript.title}

${en.transcript.follow}

## On the host

\`\`\`console
$ docker run -it --name web ubuntu:22.04 bash
\`\`\`

- Container \`web\` is created: one empty writable layer on top of \`ubuntu:22.04\`. Nothing is copied.
- \`web\` starts \`bash\`. It sees all the layers merged into one filesystem.

## In the container \`web\`

\`\`\`console
# rm /etc/legal
\`\`\`

- \`/etc/legal\` is deleted: a whiteout in the writable layer of \`web\` hides what \`ubuntu:22.04\` still holds.

\`\`\`console
# vim /root/hello.txt
\`\`\`

In the editor, \`/root/hello.txt\` was saved with this text:

\`\`\`
hello
\`\`\`

\`\`\`console
# ^D
\`\`\`

## On the host

\`\`\`console
$ docker images
\`\`\`

## What is modelled

- ${en.transcript.modelledImages(["`ubuntu:22.04`"])}
- ${en.transcript.modelledPrograms}
`);
});

test("the same in Chinese", () => {
  const text = storyMarkdown(
    story([{ line: "docker run -it ubuntu:22.04" }, { terminal: "session-1" }], { 0: run }),
    zhCN,
  );
  for (const part of ["## 在主机上", "## 在容器 `web` 中", "- 创建容器 `web`：", "## 哪些是模型"])
    expect(text).toContain(part);
});

test("a shell that was opened while another command started something else keeps its container", () => {
  const other = { type: "container.start", container, name: "other", command: "redis-server" };
  const commands = [
    { line: "docker run -it --name web ubuntu:22.04" },
    { line: "docker start other" },
    { line: "ls", terminal: "session-1" as const },
  ];
  expect(storyMarkdown(story(commands, { 0: run, 1: [other] }), en)).toContain("## In the container `web`");
});

test.each([
  ["lines that go on", "cat <<E\na\nE", "```console\n$ cat <<E\n> a\n> E\n```"],
  ["ticks in a command", "echo ```", "````console\n$ echo ```\n````"],
])("%s", (_, line, block) => expect(storyMarkdown(story([{ line }]), en)).toContain(block));

test.each([
  ["`", "- `` ` ``"],
  ["a``b", "- ```a``b```"],
  ["<img src=x>", "- `<img src=x>`"],
  ["two\nlines", "- `two lines`"],
])("the name %j stays a name", (path, start) => {
  const created = { type: "fs.create", container, path, kind: "file", size: 1, over: "nothing" };
  expect(storyMarkdown(story([{ line: "x" }], { 0: [created] }), en)).toContain(`${start} is created`);
});

test("what was handed in as a file is named, not written as a command", () => {
  expect(storyMarkdown(story([{ line: "my/image:1", handedIn: true }]), en)).toContain(
    en.transcript.handedIn("`my/image:1`"),
  );
});

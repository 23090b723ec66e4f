import { describe, expect, it, test } from "vitest";
import type { Assertion } from "../engine/goal/assertion.ts";
import { PracticePage } from "./practice.ts";
import { linkOf, decodeLink } from "./link.ts";
import { type Draft, authored, emptyDraft, noText } from "./draft.ts";
import { lessonIn } from "./draft-lesson.ts";

/** What is proposed when `lines` follow `start`. */
async function proposed(start: readonly string[], lines: readonly string[]): Promise<Assertion[]> {
  const page = await PracticePage.open();
  for (const line of start) await page.type(line);
  const from = page.host.step;
  for (const line of lines) await page.type(line);
  return (await page.host.insight({ about: "proposals", from, step: null, lines })) as Assertion[];
}

const web = { name: "web" };
const run = "docker run -it --name web ubuntu:22.04 bash";

describe("what is proposed as goals", () => {
  const vim = ["apt-get update", "apt-get install -y vim", "exit", "docker commit web my/ubuntu-vim:1.0"];
  it("is what a session was about, not all that it left", async () => {
    const goals = await proposed([run], vim);
    expect(goals).toEqual([
      { type: "container", container: web, running: false },
      { type: "seen", of: { container: web }, path: "/usr/bin/vim" },
      { type: "built-on", image: "my/ubuntu-vim:1.0", base: "ubuntu:22.04", layers: 1 },
      { type: "seen", of: { image: "my/ubuntu-vim:1.0" }, path: "/usr/bin/vim" },
    ]);
  });
  it.each<[string[], string[], Assertion[]]>([
    [[], ["docker pull alpine:3.20"], [{ type: "image", image: "alpine:3.20" }]],
    [["docker pull alpine:3.20"], ["docker rmi alpine:3.20"], [{ type: "no-image", image: "alpine:3.20" }]],
    [["docker pull alpine:3.20"], ["docker images"], []],
    [[run], ["rm /etc/legal"], [{ type: "writable", container: web, path: "/etc/legal", has: "whiteout" }]],
    [
      [run],
      ["echo x >> /etc/bash.bashrc"],
      [{ type: "writable", container: web, path: "/etc/bash.bashrc", has: "copy" }],
    ],
    [[run], ["mkdir /root/a"], [{ type: "seen", of: { container: web }, path: "/root/a" }]],
    [[run, "exit"], ["docker rm web"], [{ type: "no-container", container: "web" }]],
    [
      ["docker pull alpine:3.20"],
      ["docker run -d alpine:3.20 sleep 99"],
      [{ type: "container", container: { ofImage: "alpine:3.20" }, running: true }],
    ],
    [[], ["docker volume create data"], [{ type: "volume", volume: "data" }]],
    [
      ["docker pull alpine:3.20"],
      ["docker save -o a.tar alpine:3.20"],
      [{ type: "host-file", path: "/home/learner/a.tar" }],
    ],
  ])("%j, then %j", async (start, lines, goals) => expect(await proposed(start, lines)).toEqual(goals));
});

const draft: Draft = {
  ...emptyDraft,
  title: { en: "<script>alert(1)</script>", "zh-CN": "删除一个文件" },
  start: 0,
  goals: [{ name: "gone", type: "writable", container: web, path: "/etc/legal", has: "whiteout" }],
  texts: {
    en: { ...noText, task: "Delete it.", hints: "- `rm`\n\n  with a path " },
    "zh-CN": { ...noText, notes: "先问" },
  },
  notes: { 0: { en: "First" }, 2: { en: "Then", "zh-CN": " " } },
};

/** What is sent of `draft`, after these lines. */
async function sent(lines: readonly string[], said: Draft = draft) {
  const page = await PracticePage.open();
  for (const line of lines) await page.type(line);
  return decodeLink(linkOf(authored(page.host.whole, said)).fragment).scenario;
}

describe("a scenario somebody made", () => {
  it("travels in a link, and is read as a lesson", async () => {
    const scenario = await sent([run, "ls", "rm /etc/legal"]);
    expect(scenario.start).toBe(1);
    expect(scenario.entries.map(({ note }) => note)).toEqual([{ en: "First" }, undefined, { en: "Then" }]);
    const lesson = lessonIn(scenario);
    expect(lesson).toMatchObject({ goals: draft.goals, solution: ["ls", "rm /etc/legal"], prediction: null });
    expect(lesson?.texts?.en).toMatchObject({
      title: "<script>alert(1)</script>",
      task: "Delete it.",
      hints: ["`rm`", "with a path"],
    });
    expect(lesson?.texts?.["zh-CN"]).toMatchObject({
      title: "删除一个文件",
      notes: "先问",
      task: "Delete it.",
      parts: [],
    });
    expect(lesson?.id).toMatch(/^own-[0-9a-f]{12}$/);
  });
  it("writes what an editor saved with a here-document, and Ctrl-D as exit", async () => {
    const { entries, ...scenario } = await sent([run]);
    const [first] = entries;
    if (!first) throw new Error("nothing was logged");
    const terminal = "session-1";
    const edits = [{ path: "/root/it's", text: "EOF\n" }];
    const lesson = lessonIn({
      ...scenario,
      entries: [first, { ...first, terminal, line: "vim it's", edits }, { ...first, terminal, line: "\x04" }],
    });
    expect(lesson?.solution).toEqual(["cat > '/root/it'\\''s' <<'EOF_'\nEOF\nEOF_", "exit"]);
  });
  it("begins at the beginning when its start was undone", async () =>
    expect((await sent([run, "ls"], { ...draft, start: 7 })).start).toBe(0));

  const scenario = sent([run, "rm /etc/legal"]);
  test.each<[string, unknown]>([
    ["nothing", undefined],
    ["a text", "<script>"],
    ["no goals", { texts: {} }],
    ["a goal of an unknown kind", { goals: [{ name: "a", type: "eval", path: "/" }], texts: {} }],
    ["a goal without what it needs", { goals: [{ name: "a", type: "seen", path: "/" }], texts: {} }],
    ["a goal with another type in it", { goals: [{ name: "a", type: "image", image: {} }], texts: {} }],
    [
      "a name twice",
      {
        goals: [
          { name: "a", type: "image", image: "x" },
          { name: "a", type: "image", image: "y" },
        ],
        texts: {},
      },
    ],
    ["a name that is none", { goals: [{ name: "<b>", type: "image", image: "x" }], texts: {} }],
    ["texts that are no words", { goals: [], texts: { en: { task: 1 } } }],
    ["a text of a megabyte", { goals: [], texts: { en: { task: "x".repeat(1e6) } } }],
    [
      "too many goals",
      { goals: Array.from({ length: 61 }, (_, n) => ({ name: `g${n}`, type: "image", image: "x" })), texts: {} },
    ],
  ])("that is %s is no lesson", async (_, lesson) => expect(lessonIn({ ...(await scenario), lesson })).toBeNull());
  it("does not take languages that this page has not, nor what belongs to every object", async () => {
    const texts = JSON.parse('{"__proto__": {"task": "x"}, "constructor": {"task": "y"}, "xx": {}}') as unknown;
    const lesson = lessonIn({ ...(await scenario), title: {}, lesson: { goals: [], texts } });
    expect(lesson?.texts).toEqual({});
  });
});

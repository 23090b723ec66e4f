import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { damaged } from "./links/damage.ts";
import { type Story, scenarioOf, stories } from "./links/stories.ts";
import { decodeLink, encodeLink, LinkError, type ReadLink } from "./link.ts";
import { base64url, MOST_UNPACKED, packed } from "./packing.ts";
import { seededRandom } from "./random.ts";
import type { LogEntry, Scenario } from "./scenario.ts";

const start = 1_790_000_000_000;
const story: Scenario = {
  seed: "a1b2c3d4e5f6",
  catalogue: "0123abcd",
  title: { en: "Where do my changes go?", "zh-CN": "我的改动去哪了？" },
  start: 2,
  lesson: { id: "mine", goals: [{ name: "a", type: "image", image: "my:1" }] },
  entries: [
    { terminal: "host", line: "docker pull ubuntu:22.04", at: start },
    { terminal: "host", line: "docker run -it --name web ubuntu:22.04 bash", at: start + 12_300 },
    {
      terminal: "session-1",
      line: "apt-get update",
      at: start + 20_000,
      title: { en: "Lists first" },
      note: { en: 'Three notes: <b>"&', "zh-CN": "先更新软件源" },
    },
    { terminal: "session-1", line: "apt-get install -y vim", at: start + 31_000 },
    {
      terminal: "session-1",
      line: "vim /root/hello.txt",
      at: start + 45_000,
      edits: [
        { path: "/root/hello.txt", text: "你好\n" },
        { path: "/root/hello.txt", size: 3, changes: [{ keep: 2, drop: 0, put: "吗" }] },
      ],
    },
    { terminal: "session-1", line: "[ -f /x ] || echo no", at: start + 46_000 },
    { terminal: "session-1", line: "cat <<EOF\na\nEOF", at: start + 47_000 },
    { terminal: "session-1", line: "sleep 100", at: start + 60_000, interruptedAfter: 0 },
    { terminal: "session-1", line: "exit", at: start + 60_000 },
    { terminal: "host", line: 'docker commit -m "增加 vim" -a "作者" web my/ubuntu-vim:1.0', at: start + 99_900 },
  ],
};
const link = encodeLink(story);
const [, , longStory] = stories as readonly [Story, Story, Story, ...Story[]];

function opened(fragment: string): ReadLink | string {
  try {
    return decodeLink(fragment);
  } catch (error) {
    return error instanceof LinkError ? error.reason : String(error);
  }
}

/** One frozen link for each format ever released, with what it must open to: never edit one, only add. */
const corpus = Object.entries(
  import.meta.glob<{ fragment: string; scenario: Scenario }>("./links/*.json", { eager: true, import: "default" }),
);

describe("link", () => {
  it.each(corpus)("opens %s as it did when it was made", (_, { fragment, scenario }) =>
    expect(decodeLink(fragment)).toEqual({ scenario, damage: null }),
  );
  it("has a frozen one of the format that is written", () =>
    expect(corpus.some(([, { fragment }]) => fragment[0] === link[0])).toBe(true));

  it("brings a scenario back as it was", () => expect(decodeLink(link)).toEqual({ scenario: story, damage: null }));
  it.each([
    `#${link}`,
    `${link}&step=3&path=/etc`,
    `${link}.`,
    `${link})`,
    `${link.slice(0, 60)}\r\n${link.slice(60)}`,
  ])("opens %s", (fragment) => expect(decodeLink(fragment).scenario).toEqual(story));

  it("keeps fifty typical commands under 1,000 characters, with the address", () => {
    const fifty = stories.filter(({ lines }) => lines.length >= 50);
    expect(fifty.length).toBeGreaterThan(1);
    for (const one of fifty) expect(encodeLink(scenarioOf(one)).length, one.name).toBeLessThan(900);
  });

  it.each([
    ["", "empty"],
    ["&layout=fresh", "empty"],
    ["section-2", "foreign"],
    ["?x=1", "foreign"],
    ["3abc", "newer"],
    ["1", "damaged"],
    ["1AAAA", "damaged"],
    ["2", "damaged"],
    [`1${link.slice(1)}`, "damaged"],
    [link.slice(0, 20), "damaged"],
  ])("refuses %j as %s", (fragment, reason) => expect(opened(fragment)).toBe(reason));

  it("opens what is whole of one that was cut, and says how much that is", () => {
    const all = scenarioOf(longStory);
    const fragment = encodeLink(all);
    for (const part of [0.5, 0.7, 0.9, 0.99]) {
      const { scenario, damage } = decodeLink(fragment.slice(0, fragment.length * part));
      const read = scenario.entries.length;
      expect(scenario.entries).toEqual(all.entries.slice(0, read));
      expect(damage).toEqual({ reason: "cut", read, of: all.entries.length });
      expect(read).toBeGreaterThan((part - 0.35) * all.entries.length);
    }
  });

  it("says that one was altered, whatever character it was", () => {
    let readable = 0;
    for (let at = 1; at < link.length; at++) {
      const other = link[at] === "Q" ? "g" : "Q";
      const read = opened(link.slice(0, at) + other + link.slice(at + 1));
      // Some bits mean nothing, and some bytes say the same another way.
      if (typeof read === "string") expect(read).toBe("damaged");
      else if (read.damage === null) expect(read.scenario).toEqual(story);
      if (typeof read !== "string") readable++;
    }
    expect(readable).toBeGreaterThan(link.length / 2);
  });

  it("stops at a limit where one unpacks to a gigabyte", () => {
    const bomb = packed("a".repeat(MOST_UNPACKED * 4), "");
    for (let format = 1; format <= 2; format++) expect(opened(format + base64url(bomb))).toBe("damaged");
  });
  it("is at most ten thousand lines", () => {
    const entries = Array.from({ length: 20_000 }, (): LogEntry => ({ terminal: "host", line: "ls", at: start }));
    const { scenario, damage } = decodeLink(encodeLink({ ...story, entries }));
    expect(scenario.entries).toHaveLength(10_000);
    expect(damage?.reason).toBe("altered");
  });

  it("brings any log back", () => {
    const words = fc.option(fc.record({ en: fc.string({ unit: "binary" }) }), { nil: undefined });
    const edit = fc.oneof(
      fc.record({ path: fc.string(), text: fc.string() }),
      fc.record({
        path: fc.string(),
        size: fc.nat(),
        changes: fc.array(fc.record({ keep: fc.nat(), drop: fc.nat(), put: fc.string() })),
      }),
    );
    const entry = fc.record({
      terminal: fc.constantFrom("host" as const, "session-1" as const, "session-12" as const),
      line: fc.oneof(fc.string({ unit: "binary" }), fc.string({ unit: fc.constantFrom(...'[]\n\t"\ud800é😀 a') })),
      gap: fc.nat({ max: 100_000 }),
      edits: fc.option(fc.array(edit, { minLength: 1, maxLength: 3 }), { nil: undefined }),
      interruptedAfter: fc.option(fc.nat(), { nil: undefined }),
      title: words,
      note: words,
    });
    fc.assert(
      fc.property(fc.array(entry), (raw) => {
        let at = start;
        const entries = raw.map(({ gap, ...rest }) => {
          at += gap * 100;
          return { ...rest, at };
        });
        const scenario = { seed: "ff", catalogue: "c", entries } as Scenario;
        expect(decodeLink(encodeLink(scenario))).toEqual({ scenario, damage: null });
      }),
    );
  });
});

describe("ten thousand damaged links", () => {
  const random = seededRandom("damage", 0);
  const links = [...corpus.map(([, { fragment }]) => fragment), ...stories.map((one) => encodeLink(scenarioOf(one)))];
  const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_&#%. é";

  it("end in a scenario or in a reason, and never in more than there was", () => {
    const seen = new Map<string, number>();
    for (let round = 0; round < 10_000; round++) {
      const fragment = damaged(links[round % links.length] ?? "", random, alphabet);
      const read = opened(fragment);
      const outcome = typeof read === "string" ? read : (read.damage?.reason ?? "whole");
      seen.set(outcome, (seen.get(outcome) ?? 0) + 1);
      if (typeof read === "string") expect(["empty", "foreign", "newer", "damaged"]).toContain(read);
      else {
        expect(read.damage === null || read.damage.read === read.scenario.entries.length).toBe(true);
        for (const { at, line } of read.scenario.entries) {
          if (!Number.isSafeInteger(at) || typeof line !== "string") throw new Error(fragment);
        }
      }
    }
    for (const outcome of ["damaged", "cut", "altered"]) expect(seen.get(outcome)).toBeGreaterThan(100);
  });
});

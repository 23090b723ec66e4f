import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodeLink, encodeLink, LinkError } from "./link.ts";
import type { LogEntry, Scenario } from "./scenario.ts";

const start = 1_790_000_000_000;
const story: Scenario = {
  seed: "a1b2c3d4e5f6",
  catalogue: "0123abcd",
  entries: [
    { terminal: "host", line: "docker pull ubuntu:22.04", at: start },
    { terminal: "host", line: "docker run -it --name web ubuntu:22.04 bash", at: start + 12_300 },
    { terminal: "session-1", line: "apt-get update", at: start + 20_000 },
    { terminal: "session-1", line: "apt-get install -y vim", at: start + 31_000 },
    {
      terminal: "session-1",
      line: "vim /root/hello.txt",
      at: start + 45_000,
      edits: [{ path: "/root/hello.txt", text: "你好\n" }],
    },
    { terminal: "session-1", line: "sleep 100", at: start + 60_000, interruptedAfter: 0 },
    { terminal: "session-1", line: "exit", at: start + 60_000 },
    { terminal: "host", line: 'docker commit -m "增加 vim" -a "作者" web my/ubuntu-vim:1.0', at: start + 99_900 },
  ],
};

const reasonOf = (fragment: string): string => {
  try {
    decodeLink(fragment);
    return "opened";
  } catch (error) {
    return error instanceof LinkError ? error.reason : String(error);
  }
};

/** One frozen link for each format ever released, with what it must open to: never edit one, only add. */
const corpus = Object.entries(
  import.meta.glob<{ fragment: string; scenario: Scenario }>("./links/*.json", { eager: true, import: "default" }),
);

describe("link", () => {
  it.each(corpus)("opens %s as it did when it was made", (_, { fragment, scenario }) =>
    expect(decodeLink(fragment)).toEqual(scenario),
  );

  it("brings a log back as it was", () => expect(decodeLink(encodeLink(story))).toEqual(story));
  it("opens with or without the #", () => expect(decodeLink(`#${encodeLink(story)}`)).toEqual(story));
  it("keeps eight commands under 400 characters", () => expect(encodeLink(story).length).toBeLessThan(400));
  it("starts with the format's version", () => expect(encodeLink(story)[0]).toBe("1"));

  it.each([
    ["", "empty"],
    ["section-2", "foreign"],
    ["?x=1", "foreign"],
    ["2abc", "newer"],
    ["1", "damaged"],
    ["1AAAA", "damaged"],
    [encodeLink(story).slice(0, -20), "damaged"],
    [encodeLink(story).slice(0, 40), "damaged"],
  ])("refuses %j as %s", (fragment, reason) => expect(reasonOf(fragment)).toBe(reason));

  it("never throws anything but a LinkError", () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(..."abcXYZ019-_") }), (text) => {
        expect(["opened", "empty", "foreign", "newer", "damaged"]).toContain(reasonOf(`1${text}`));
      }),
    );
  });

  it("brings any log back", () => {
    const entry = fc.record({
      terminal: fc.constantFrom("host" as const, "session-1" as const, "session-12" as const),
      line: fc.string({ unit: "binary" }),
      gap: fc.nat({ max: 100_000 }),
      edits: fc.option(fc.array(fc.record({ path: fc.string(), text: fc.string() }), { minLength: 1, maxLength: 3 }), {
        nil: undefined,
      }),
      interruptedAfter: fc.option(fc.nat(), { nil: undefined }),
    });
    fc.assert(
      fc.property(fc.array(entry), (raw) => {
        let at = start;
        const entries = raw.map(({ gap, edits, interruptedAfter, ...rest }): LogEntry => {
          at += gap * 100;
          return {
            ...rest,
            at,
            ...(edits ? { edits } : {}),
            ...(interruptedAfter === undefined ? {} : { interruptedAfter }),
          };
        });
        expect(decodeLink(encodeLink({ seed: "ff", catalogue: "c", entries })).entries).toEqual(entries);
      }),
    );
  });
});

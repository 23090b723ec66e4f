import { expect, test } from "vitest";
import type { BuildProgress } from "../../engine/build/progress.ts";
import { PlainDisplay } from "./plain-display.ts";
import { TerminalDisplay } from "./terminal-display.ts";

const at = 1_000_000;

/** Steps as they are told: `name: what, what`, one line a step; "+250" lets so many ms pass. */
function told(text: string): BuildProgress[] {
  const all: BuildProgress[] = [];
  let now = at;
  for (const [index, line] of text.trim().split("\n").entries()) {
    const [name = "", rest = ""] = line.trim().split(": ");
    const vertex = index + 1;
    all.push({ kind: "started", vertex, at: now, name });
    for (const what of rest.split(", ")) {
      if (what.startsWith("+")) now += Number(what);
      else if (what.startsWith("!")) all.push({ kind: "failed", vertex, at: now, error: what.slice(1) });
      else if (what.startsWith("#")) all.push({ kind: "log", vertex, at: now, text: what.slice(1).replace("|", "\n") });
      else if (what.startsWith("=")) all.push({ kind: "status", vertex, at: now, text: what.slice(1), size: "2B" });
      else if (what === "done" || what === "cached") all.push({ kind: "ended", vertex, at: now, how: what });
    }
  }
  return all;
}

const BUILD = `
load it: =sent, done
[1/3] FROM a: done
[2/3] COPY b c: cached
[3/3] RUN d: +250, #one|tw, #o|, +1050, done
`;

test("plain: each step in lines of its own, the log with its times", () => {
  let shown = "";
  const display = new PlainDisplay((text) => void (shown += text));
  for (const progress of told(BUILD)) display.show(progress);
  display.end();
  expect(shown).toBe(`#0 building with "default" instance using docker driver

#1 load it
#1 sent 2B done
#1 DONE 0.0s

#2 [1/3] FROM a
#2 DONE 0.0s

#3 [2/3] COPY b c
#3 CACHED

#4 [3/3] RUN d
#4 0.250 one
#4 0.250 two
#4 DONE 1.3s
`);
});

/** Without the colours of lines. */
const plainText = (text: string): string =>
  text
    .split("\x1b")
    .map((part) => part.replace(/^\[\d+m/, ""))
    .join("");

test("on a terminal: in the end all steps, as wide as it is", () => {
  const shown: string[] = [];
  const display = new TerminalDisplay(60, (text) => void shown.push(text));
  for (const progress of told(BUILD)) display.show(progress);
  shown.length = 0;
  display.end();
  const [frame = ""] = shown.join("").split("\x1b[J").slice(-1);
  expect(plainText(frame)).toBe(
    [
      "[+] Building 1.3s (4/4) FINISHED             docker:default",
      " => load it                                            0.0s",
      " => => sent 2B                                         0.0s",
      " => [1/3] FROM a                                       0.0s",
      " => CACHED [2/3] COPY b c                              0.0s",
      " => [3/3] RUN d                                        1.3s",
      "",
    ].join("\n"),
  );
});

test("on a terminal: never more lines at once than can be drawn over", () => {
  const frames: string[] = [];
  const display = new TerminalDisplay(40, (text) => void frames.push(text));
  const many = Array.from({ length: 30 }, (_, index) => `step ${index}: #a|b|c|d|e|f|, done`).join("\n");
  for (const progress of told(many)) display.show(progress);
  for (const frame of frames) expect(frame.split("\n").length - 1).toBeLessThanOrEqual(9);
});

test("a step that failed is shown again with what it wrote", () => {
  let shown = "";
  const display = new PlainDisplay((text) => void (shown += text));
  for (const progress of told("RUN x: #no|, !it failed")) display.show(progress);
  display.end();
  expect(shown).toMatch(/#1 ERROR: it failed\n------\n > RUN x:\n0\.000 no\n------\n$/);
});

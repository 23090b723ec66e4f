import { describe, expect, test } from "vitest";
import { lineTo, redoFrom, tipThrough, tipsOf, undoFrom } from "./log-tree.ts";
import type { LogEntry } from "./scenario.ts";

/** Entries as words: "a", "b<0" (follows entry 0), "ls?" (only looked). */
const log = (text: string): LogEntry[] =>
  text.split(" ").map((word) => {
    const [line = "", after] = word.split("<");
    return {
      terminal: "host",
      line,
      at: 0,
      ...(after === undefined ? {} : { after: Number(after) }),
      ...(line.endsWith("?") ? { quiet: true } : {}),
    };
  });

/** a and b, then two other ways on from a, and one from the beginning. */
const tree = log("a b c<0 d e<0 f<-1");

test.for([
  [-1, []],
  [1, [0, 1]],
  [3, [0, 2, 3]],
  [4, [0, 4]],
  [5, [5]],
] as const)("the line to %i", ([end, line]) => expect(lineTo(tree, end)).toEqual(line));

test("every entry is on the line of some tip", () => {
  expect(tipsOf(tree)).toEqual([1, 3, 4, 5]);
  expect(new Set(tipsOf(tree).flatMap((tip) => lineTo(tree, tip)))).toEqual(new Set([0, 1, 2, 3, 4, 5]));
});

test.for([
  ["stays on its line", 0, 1, 1],
  ["at the beginning too", -1, 3, 3],
  ["else takes the youngest", 0, 5, 4],
  ["through the only one", 2, 1, 3],
] as const)("%s", ([, index, tip, through]) => expect(tipThrough(tree, index, tip)).toBe(through));

describe("undo and redo", () => {
  const line = log("a ls? b ls? cd? c");
  test.for([
    [5, { to: 4, undone: 5 }],
    [4, { to: 1, undone: 2 }],
    [1, { to: -1, undone: 0 }],
    [-1, null],
  ] as const)("undo from %i", ([head, to]) => expect(undoFrom(line, head)).toEqual(to));
  test.for([
    [-1, { to: 1, redone: 0 }],
    [1, { to: 4, redone: 2 }],
    [4, { to: 5, redone: 5 }],
    [5, null],
  ] as const)("redo from %i", ([head, to]) => expect(redoFrom(line, head, 5)).toEqual(to));
  test("what was undone comes back", () => {
    for (let head = 5; ; ) {
      const undo = undoFrom(line, head);
      if (!undo) break;
      expect(redoFrom(line, undo.to, 5)?.to).toBe(head);
      head = undo.to;
    }
  });
});

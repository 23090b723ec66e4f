import { expect, test } from "vitest";
import { textDifference } from "./text-difference.ts";

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const lines = (from: number, to: number): string =>
  Array.from({ length: to - from + 1 }, (_, index) => `${from + index}\n`).join("");

const told = (before: string, after: string): string[] =>
  (textDifference(bytes(before), bytes(after))?.rows ?? []).map((row) =>
    row.kind === "skipped"
      ? `skipped ${row.count}`
      : `${row.kind} ${row.before ? `${row.before.number}:${row.before.text}` : "-"} ${row.after ? `${row.after.number}:${row.after.text}` : "-"}`,
  );

test.each<[string, string, string, string[]]>([
  ["equal texts", "a\n", "a\n", ["skipped 1"]],
  ["a line changed", "a\nb\n", "a\nc\n", ["same 1:a 1:a", "changed 2:b 2:c"]],
  ["a line added", "a\n", "a\nb\n", ["same 1:a 1:a", "added - 2:b"]],
  ["a line deleted", "a\nb\n", "b\n", ["deleted 1:a -", "same 2:b 1:b"]],
  ["a file that is new", "", "a\nb\n", ["added - 1:a", "added - 2:b"]],
  ["a file that is gone", "a\n", "", ["deleted 1:a -"]],
  ["only the last newline", "a\nb", "a\nb\n", ["same 1:a 1:a", "changed 2:b 2:b"]],
  [
    "what is far from a change is left out",
    lines(1, 20),
    `${lines(1, 9)}ten\n${lines(11, 20)}`,
    [
      "skipped 6",
      ...[7, 8, 9].map((n) => `same ${n}:${n} ${n}:${n}`),
      "changed 10:10 10:ten",
      ...[11, 12, 13].map((n) => `same ${n}:${n} ${n}:${n}`),
      "skipped 7",
    ],
  ],
])("%s", (_, before, after, expected) => {
  expect(told(before, after)).toEqual(expected);
});

test("bytes are no text", () => {
  expect(textDifference(Uint8Array.of(0), bytes("a"))).toBeNull();
  expect(textDifference(Uint8Array.of(0xff, 0xfe), bytes("a"))).toBeNull();
});

import { describe, expect, test } from "vitest";
import { quote } from "./quote.ts";
import { alignTabs, ellipsis } from "./table.ts";
import { humanSize } from "./units.ts";
import { goTime, rfc3339Nano } from "./time.ts";

describe("sizes (go-units)", () => {
  test.for([
    [0, 3, "0B"],
    [999, 3, "999B"],
    [1000, 3, "1kB"],
    [40_000, 3, "40kB"],
    [5_066_718, 3, "5.07MB"],
    [13_106_725, 3, "13.1MB"],
    [13_106_725, 4, "13.11MB"],
    [77_860_000, 3, "77.9MB"],
    [100_500_000, 3, "100MB"],
    [1_234_567_890, 3, "1.23GB"],
    // docker has this flaw as well
    [999_900, 3, "1e+03kB"],
  ] as const)("%d with %d digits is %s", ([bytes, digits, text]) => {
    expect(humanSize(bytes, digits)).toBe(text);
  });
});

test.for([
  ["a b", '"a b"'],
  ['a"b\\', '"a\\"b\\\\"'],
  ["tab\tnew\n", '"tab\\tnew\\n"'],
  ["\x00\x1b\x7f", '"\\x00\\x1b\\x7f"'],
  ["增加 é…", '"增加 é…"'],
  ["\u200b", '"\\u200b"'],
])("strconv.Quote %j", ([text = "", quoted]) => {
  expect(quote(text)).toBe(quoted);
});

test.for([
  ["sh -c 'echo out; echo err'", 20, "sh -c 'echo out; ec…"],
  ["exactly twenty chars", 20, "exactly twenty chars"],
  ["增加增加增加", 8, "增加增…"],
  ["增加", 4, "增加"],
] as const)("%s in %d cells", ([text, width, cut]) => {
  expect(ellipsis(text, width)).toBe(cut);
});

test("a column is as wide as its widest cell and three blanks, at least ten; the last cell is not filled", () => {
  expect(alignTabs("A\tLONG HEADER\tC\nx\ty\tzzz\nalone\n增加\t1\t2")).toBe(
    "A         LONG HEADER   C\nx         y             zzz\nalone\n增加        1         2",
  );
});

test("times as Go prints them", () => {
  expect(rfc3339Nano(1_795_456_158_109)).toBe("2026-11-23T17:49:18.109Z");
  expect(rfc3339Nano(1_795_456_158_000)).toBe("2026-11-23T17:49:18Z");
  expect(goTime(1_795_456_158_109)).toBe("2026-11-23 17:49:18 +0000 UTC");
});

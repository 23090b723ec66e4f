import { expect, test } from "vitest";
import { inColumns, numberText, row, shareColumns } from "./columns.ts";
import { compareEvr, nevra, requirements, yumName } from "./evr.ts";

test.each([
  [0, "0  "],
  [999, "999  "],
  [33_120, "32 k"],
  [1_083_704, "1.0 M"],
  [19_700_000, "19 M"],
])("%i is %j", (bytes, text) => expect(numberText(bytes)).toBe(text));

test("yum's columns: what is left over goes to the version", () => {
  const cells = [["vim-enhanced"], ["2:7.4.629-8.el7_9"], ["updates"]] as const;
  const [n = 0, a = 0, v = 0, r = 0, s = 0] = shareColumns(
    [cells[0], [], cells[1], cells[2], []],
    [1, 6, 1, 1, 5],
    2,
    78,
  );
  expect(n + a + v + r + s + 4).toBe(78);
  expect(n).toBeGreaterThanOrEqual(12);
  expect(v).toBeGreaterThan(17);
  expect(
    row([
      ["vim-enhanced", n],
      ["x86_64", a],
      ["2:7.4.629-8.el7_9", v],
      ["updates", r],
      ["1.0 M", -s],
    ]),
  ).toHaveLength(80);
});

test("a cell that is too long pushes the rest to the next line", () =>
  expect(
    row([
      ["a-very-long-name", 6],
      ["x", 3],
    ]),
  ).toBe(" a-very-long-name\n        x  \n"));

test("as many columns as fit", () => {
  expect(inColumns(["a.x86_64 0:1-1", "b.x86_64 0:1-1"], 80).split("\n")).toHaveLength(2);
  expect(inColumns(["a".repeat(50), "b".repeat(50)], 80).split("\n")).toHaveLength(3);
});

test.each([
  ["1.0", "1.0.1"],
  ["1.9", "1.10"],
  ["1.0~rc1", "1.0"],
  ["1.0a", "1.0b"],
  ["1.0-1.el7", "1.0-1.el7_9"],
  ["2:7.4.629-7.el7", "2:7.4.629-8.el7_9"],
  ["9.9", "1:0.1"],
])("%s < %s", (a, b) => {
  expect(compareEvr(a, b)).toBeLessThan(0);
  expect(compareEvr(b, a)).toBeGreaterThan(0);
});

test("names", () => {
  const control = { Package: "vim-enhanced", Version: "2:7.4.629-8.el7_9", Architecture: "x86_64" };
  expect(nevra(control)).toBe("vim-enhanced-7.4.629-8.el7_9.x86_64");
  expect(yumName(control)).toBe("2:vim-enhanced-7.4.629-8.el7_9.x86_64");
  expect(requirements("perl(Socket) >= 1.3, which")).toEqual([
    { text: "perl(Socket) >= 1.3", name: "perl(Socket)", operator: ">=", version: "1.3" },
    { text: "which", name: "which", operator: "", version: "" },
  ]);
});

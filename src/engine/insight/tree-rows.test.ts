import { expect, test } from "vitest";
import type { FlatTree } from "./flat-tree.ts";
import { type TreeQuestion, TreeRows } from "./tree-rows.ts";

/** From lines "depth name kind mark size", the root left out. */
function tree(...lines: [depth: number, name: string, kind: string, mark: string, size: number][]): TreeRows {
  const all = [[0, "", "d", " ", 0] as const, ...lines];
  const ends = all.map(([depth], index) => {
    const next = all.findIndex((other, at) => at > index && other[0] <= depth);
    return next < 0 ? all.length : next;
  });
  const flat: FlatTree = {
    plates: ["writable"],
    names: all.map((line) => line[1]).join("/"),
    kinds: all.map((line) => line[2]).join(""),
    marks: all.map((line) => line[3]).join(""),
    flags: new Uint8Array(all.length),
    ends: Uint32Array.from(ends),
    sizes: Float64Array.from(all.map((line) => line[4])),
    rows: new Uint8Array(all.length),
  };
  return new TreeRows(flat);
}

const etc = tree(
  [1, "etc", "d", "C", 30],
  [2, "apt", "d", " ", 10],
  [3, "sources.list", "-", " ", 10],
  [2, "passwd", "-", "C", 20],
  [1, "old", "w", "D", 7],
  [1, "usr", "d", " ", 500],
  [2, "vim.tar", "-", "A", 500],
);
const all: TreeQuestion = { marks: "", name: "", minimum: 0, sort: "name", turned: new Set() };
const shown = (question: Partial<TreeQuestion>): string[] =>
  etc.rows({ ...all, ...question }).map((entry) => etc.path(entry));

test.each<[string, Partial<TreeQuestion>, string[]]>([
  ["folded", {}, ["/etc", "/old", "/usr"]],
  ["one open", { turned: new Set([1]) }, ["/etc", "/etc/apt", "/etc/passwd", "/old", "/usr"]],
  ["by size", { sort: "size", turned: new Set([1]) }, ["/usr", "/etc", "/etc/passwd", "/etc/apt", "/old"]],
  ["one mark, with the directories above", { marks: "A" }, ["/usr", "/usr/vim.tar"]],
  ["several marks", { marks: "CD" }, ["/etc", "/etc/passwd", "/old"]],
  ["part of a name", { name: "LIST" }, ["/etc", "/etc/apt", "/etc/apt/sources.list"]],
  ["a pattern", { name: "*.tar" }, ["/usr", "/usr/vim.tar"]],
  ["a pattern is for the whole name", { name: "vim" }, ["/usr", "/usr/vim.tar"]],
  ["a path", { name: "apt/so" }, ["/etc", "/etc/apt", "/etc/apt/sources.list"]],
  ["at least so many bytes", { minimum: 20 }, ["/etc", "/etc/passwd", "/usr", "/usr/vim.tar"]],
  [
    "while one asks, a directory is closed by hand",
    { minimum: 20, turned: new Set([1]) },
    ["/etc", "/usr", "/usr/vim.tar"],
  ],
  ["nothing", { name: "none" }, []],
])("%s", (_, question, expected) => {
  expect(shown(question)).toEqual(expected);
});

test("paths, and back", () => {
  for (let entry = 0; entry <= etc.count; entry++) expect(etc.find(etc.path(entry))).toBe(entry);
  expect(etc.find("/none/such")).toBe(-1);
  expect(etc.depth(3)).toBe(3);
});

test.each([all, { ...all, marks: "ACD " }])("all directories open, and all closed: %j", (question) => {
  const open = etc.rows({ ...question, turned: etc.allTurned(true, question) });
  expect(open).toHaveLength(etc.count);
  const closed = etc.rows({ ...question, turned: etc.allTurned(false, question) });
  expect(closed.map((entry) => etc.depth(entry))).toEqual(closed.map(() => 1));
});

test("100,000 entries", () => {
  const many = tree();
  const flat: FlatTree = {
    ...many.flat,
    names: ["", ...Array.from({ length: 100_000 }, (_, index) => `file${index}`)].join("/"),
    kinds: `d${"-".repeat(100_000)}`,
    marks: ` ${"A".repeat(100_000)}`,
    flags: new Uint8Array(100_001),
    ends: Uint32Array.from({ length: 100_001 }, (_, index) => (index === 0 ? 100_001 : index + 1)),
    sizes: Float64Array.from({ length: 100_001 }, (_, index) => (index * 7919) % 100_003),
    rows: new Uint8Array(100_001),
  };
  const rows = new TreeRows(flat);
  expect(rows.rows({ ...all, sort: "size" })).toHaveLength(100_000);
  expect(rows.rows({ ...all, name: "*99*" }).length).toBeGreaterThan(3000);
});

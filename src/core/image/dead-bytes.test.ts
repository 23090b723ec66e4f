import { expect, test } from "vitest";
import { textContent } from "../filesystem/content.ts";
import { treeFromEntries } from "../filesystem/tree.ts";
import { deadFiles, deadGroups } from "./dead-bytes.ts";
import type { LayerEntry } from "./layer-entry.ts";

const owned = { mode: 0o644, uid: 0, gid: 0, mtime: 1 };
const f = (path: string, text: string): LayerEntry => ({ ...owned, path, kind: "file", content: textContent(text) });
const d = (path: string): LayerEntry => ({ ...owned, mode: 0o755, path, kind: "directory" });
const h = (path: string, target: string): LayerEntry => ({ ...owned, path, kind: "hardlink", target });
const l = (path: string, target: string): LayerEntry => ({ ...owned, path, kind: "symlink", target });
const wh = (path: string): LayerEntry => ({ ...owned, path, kind: "whiteout" });
const opq = (path: string): LayerEntry => ({ ...owned, path, kind: "opaque" });

/** "layer path size, killed by layer: reason at" */
const told = (...layers: LayerEntry[][]): string[] =>
  deadFiles(layers.map((entries) => treeFromEntries(entries))).map(
    ({ layer, path, size, killer, reason, at }) => `${layer} ${path} ${size}, ${killer}: ${reason} ${at}`,
  );

test.each<[string, LayerEntry[][], string[]]>([
  ["nothing is dead in one layer", [[f("a", "12345")]], []],
  ["a file overwritten", [[f("a", "12345")], [f("a", "x")]], ["0 /a 5, 1: overwritten /a"]],
  [
    "copied up for its mode only",
    [[f("a", "12345")], [{ ...f("a", "12345"), mode: 0o600 } as LayerEntry]],
    ["0 /a 5, 1: metadata /a"],
  ],
  ["a file deleted", [[f("a", "12345")], [wh("a")]], ["0 /a 5, 1: deleted /a"]],
  [
    "a directory deleted: every file in it, at the directory",
    [[d("d"), f("d/a", "12"), f("d/b", "345")], [wh("d")]],
    ["0 /d/a 2, 1: deleted /d", "0 /d/b 3, 1: deleted /d"],
  ],
  ["a directory recreated", [[f("d/a", "12")], [d("d"), opq("d"), f("d/b", "3")]], ["0 /d/a 2, 1: opaque /d"]],
  ["a file over a directory", [[f("d/a", "12")], [f("d", "3")]], ["0 /d/a 2, 1: replaced /d"]],
  ["a link over a file", [[f("a", "12")], [l("a", "b")]], ["0 /a 2, 1: replaced /a"]],
  ["the lowest killer counts", [[f("a", "12")], [wh("a")], [f("a", "3")]], ["0 /a 2, 1: deleted /a"]],
  ["what was written and deleted later", [[d("d")], [f("d/a", "12")], [wh("d/a")]], ["1 /d/a 2, 2: deleted /d/a"]],
  ["a hard link keeps bytes alive", [[f("a", "12"), h("b", "a")], [wh("a")]], []],
  ["the last name counts", [[f("a", "12"), h("b", "a")], [wh("a")], [f("b", "3")]], ["0 /a 2, 2: overwritten /b"]],
  ["empty files are no bytes", [[f("a", "")], [wh("a")]], []],
])("%s", (_, layers, expected) => {
  expect(told(...layers)).toEqual(expected);
});

test("groups: by place and reason, the biggest first", () => {
  const layers = [
    [f("x", "1"), f("d/a", "12"), f("d/e/b", "345")],
    [wh("d"), f("x", "2")],
  ];
  expect(deadGroups(deadFiles(layers.map((entries) => treeFromEntries(entries))))).toEqual([
    { layer: 0, killer: 1, reason: "deleted", at: "/d", files: 2, size: 5 },
    { layer: 0, killer: 1, reason: "overwritten", at: "/x", files: 1, size: 1 },
  ]);
});

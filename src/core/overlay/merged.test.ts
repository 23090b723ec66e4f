import { expect, test } from "vitest";
import { counts, diff } from "../container/diff.ts";
import { textContent } from "../filesystem/content.ts";
import { root } from "../filesystem/filesystem.ts";
import { emptyTree, treeFromEntries } from "../filesystem/tree.ts";
import type { LayerEntry } from "../image/layer-entry.ts";
import { emptyLower, stackOn } from "./lower.ts";
import { directoryView, mergedSize, suppliedSizes } from "./merged.ts";
import { OverlayFileSystem } from "./overlay.ts";

/** "d path", "o path" (opaque), "w path", "f path size", one a line. */
function layer(text: string) {
  return treeFromEntries(
    text
      .trim()
      .split("\n")
      .map((line): LayerEntry => {
        const [kind, path = "", size = "0"] = line.trim().split(" ");
        const own = { path, uid: 0, gid: 0, mtime: 1, mode: 0o755 };
        if (kind === "f") return { ...own, kind: "file", content: textContent("x".repeat(Number(size))) };
        if (kind === "h") return { ...own, kind: "hardlink", target: size };
        return { ...own, kind: kind === "d" ? "directory" : kind === "w" ? "whiteout" : "opaque" };
      }),
  );
}

const base = layer(
  "d d\n f d/a 10\n f d/b 20\n f d/c 30\n d d/sub\n f d/sub/x 1\n d d/gone\n f d/gone/y 5\n h d/b2 d/b",
);
const middle = layer("d d\n f d/a 11\n w d/b\n d d/sub\n f d/sub/z 2\n d d/gone\n o d/gone");
const lowers = [base, middle];
const lower = lowers.reduce(stackOn, emptyLower);

function changed() {
  const fs = new OverlayFileSystem(lower, emptyTree, { now: () => 7 });
  fs.write("/d/new", textContent("n"), { create: true }, 0o644, root);
  fs.unlink("/d/c", root);
  return fs.upper;
}

test("the columns of a directory: what each row holds, what hides it, what is merged from where", () => {
  const view = directoryView(lowers, changed(), "/d", 100);
  const short = view.columns.map(({ name, merged, cells }) => {
    const seen = merged ? `${merged.kind}@${merged.row}x${merged.mergedFrom}` : "ghost";
    return `${name} ${seen}: ${cells.map((c) => `${c.row}${c.kind[0]}${c.size}${c.opaque ? "o" : ""}${c.hidden ? "-" : ""}`).join(" ")}`;
  });
  expect(short).toEqual([
    "c ghost: 0w0 2f30-",
    "new file@0x1: 0f1",
    "a file@1x1: 1f11 2f10-",
    "b ghost: 1w0 2f20-",
    "b2 file@2x1: 2f20",
    "gone directory@1x1: 1d0o 2d1-",
    "sub directory@1x2: 1d1 2d1",
  ]);
});

test("what the writable layer has from below says so; what was made anew does not", () => {
  const fs = new OverlayFileSystem(lower, changed(), { now: () => 7 });
  fs.chmod("/d/a", 0o600, root);
  fs.rename("/d/new", "/d/b2", root);
  const columns = directoryView(lowers, fs.upper, "/d", 9).columns.map(
    ({ name, cells }) => `${name} ${cells.map(({ row, copiedUp }) => `${row}${copiedUp ? "^" : ""}`).join(" ")}`,
  );
  expect(columns.slice(0, 3)).toEqual(["a 0^ 1 2", "b2 0 2", "c 0 2"]);
  expect(directoryView(lowers, fs.upper, "/", 9).columns[0]?.cells.map(({ copiedUp }) => copiedUp)).toEqual([
    true,
    undefined,
    undefined,
  ]);
});

test("a directory that a row above hides altogether is drawn hidden", () => {
  expect(directoryView(lowers, null, "/d/gone", 9).columns[0]).toMatchObject({
    merged: null,
    cells: [{ row: 1, hidden: true }],
  });
});

test("what is left out is counted by the row that supplies it", () => {
  const { columns, folded } = directoryView(lowers, changed(), "/d", 3);
  expect(columns.map(({ name }) => name)).toEqual(["c", "new", "a"]);
  expect(folded).toEqual([
    { row: 1, count: 3 },
    { row: 2, count: 1 },
  ]);
});

test("mergedSize counts each inode while one of its names shows", () => {
  expect(mergedSize(stackOn(emptyLower, base), emptyTree)).toBe(10 + 20 + 30 + 1 + 5);
  expect(mergedSize(lower, emptyTree)).toBe(11 + 30 + 1 + 2 + 20);
  expect(mergedSize(lower, changed())).toBe(11 + 1 + 2 + 20 + 1);
});

test("what is seen is supplied by somebody: bottom first, the upper directory last", () => {
  expect(suppliedSizes(stackOn(emptyLower, base), emptyTree)).toEqual([10 + 20 + 30 + 1 + 5, 0]);
  expect(suppliedSizes(lower, emptyTree)).toEqual([30 + 1 + 20, 11 + 2, 0]);
  expect(suppliedSizes(lower, changed())).toEqual([1 + 20, 11 + 2, 1]);
});

test("docker diff and its counts", () => {
  const upper = changed();
  expect(diff(lower, upper)).toEqual([
    ["C", "/d"],
    ["A", "/d/new"],
    ["D", "/d/c"],
  ]);
  expect(counts(lower, upper)).toEqual({ added: 1, changed: 1, deleted: 1 });
});

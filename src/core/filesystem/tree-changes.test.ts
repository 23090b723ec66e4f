import fc from "fast-check";
import { expect, test } from "vitest";
import { emptyLower } from "../overlay/lower.ts";
import { OverlayFileSystem } from "../overlay/overlay.ts";
import { textContent } from "./content.ts";
import { FileSystemError } from "./errno.ts";
import { root } from "./filesystem.ts";
import { emptyTree, type FileTree, walk } from "./tree.ts";
import { treeChanges } from "./tree-changes.ts";

type Call = (fs: OverlayFileSystem) => void;
const write =
  (path: string, text: string): Call =>
  (fs) =>
    fs.write(path, textContent(text), { create: true, truncate: true }, 0o644, root);

function after(tree: FileTree, ...calls: readonly Call[]): FileTree {
  const fs = new OverlayFileSystem(emptyLower, tree, { now: () => 1 });
  for (const call of calls) {
    try {
      call(fs);
    } catch (error) {
      if (!(error instanceof FileSystemError)) throw error;
    }
  }
  return fs.upper;
}

const base = after(
  emptyTree,
  (fs) => fs.mkdir("/d", 0o755, root),
  (fs) => fs.mkdir("/d/sub", 0o755, root),
  (fs) => fs.utimes("/", 5, root),
  write("/d/a", "a"),
  write("/d/b", "b"),
  write("/d/sub/x", "x"),
);

test.each<[string, string[], ...Call[]]>([
  ["nothing", []],
  ["a write", ["C /d/a"], write("/d/a", "more")],
  ["a new file", ["C /d/sub", "A /d/sub/y"], write("/d/sub/y", "y")],
  ["an unlink", ["C /d", "D /d/b"], (fs) => fs.unlink("/d/b", root)],
  ["a rename", ["C /d", "D /d/a", "C /d/sub", "A /d/sub/a"], (fs) => fs.rename("/d/a", "/d/sub/a", root)],
  ["a link", ["C /", "C /d/a", "A /e"], (fs) => fs.link("/d/a", "/e", root)],
  [
    "a directory moved with what is in it",
    ["C /", "C /d", "D /d/sub", "A /s"],
    (fs) => fs.rename("/d/sub", "/s", root),
  ],
  ["one in place of another", ["C /d", "D /d/a", "C /d/b"], (fs) => fs.rename("/d/a", "/d/b", root)],
])("%s", (_, expected, ...calls) => {
  expect(treeChanges(base, after(base, ...calls)).map(([kind, path]) => `${kind} ${path}`)).toEqual(expected);
});

const path = fc
  .array(fc.constantFrom("a", "b", "c"), { minLength: 1, maxLength: 3 })
  .map((names) => `/${names.join("/")}`);
const calls = fc.array(
  fc.oneof(
    path.map((at): Call => write(at, at)),
    path.map(
      (at): Call =>
        (fs) =>
          fs.mkdir(at, 0o755, root),
    ),
    path.map(
      (at): Call =>
        (fs) =>
          fs.unlink(at, root),
    ),
    path.map(
      (at): Call =>
        (fs) =>
          fs.rmdir(at, root),
    ),
    fc.tuple(path, path).map(
      ([from, to]): Call =>
        (fs) =>
          fs.rename(from, to, root),
    ),
  ),
  { maxLength: 30 },
);

test("said of every name that has another node than before, and of no other", () => {
  fc.assert(
    fc.property(calls, calls, (first, second) => {
      const one = after(emptyTree, ...first);
      const two = after(one, ...second);
      const seen = (tree: FileTree) =>
        new Map([...walk(tree)].map(({ path: at, ino, node }) => [`/${at}`, { ino, node }]));
      const [before, now] = [seen(one), seen(two)];
      const above = (at: string): boolean => {
        const parent = at.slice(0, at.lastIndexOf("/"));
        return parent === "" || (before.get(parent)?.ino === now.get(parent)?.ino && above(parent));
      };
      const expected = [...new Set([...before.keys(), ...now.keys()])].flatMap((at) => {
        const [was, is] = [before.get(at), now.get(at)];
        if (was?.node === is?.node || (at !== "/" && !above(at))) return [];
        return [`${!was ? "A" : !is ? "D" : "C"} ${at}`];
      });
      expect(
        treeChanges(one, two)
          .map(([kind, at]) => `${kind} ${at}`)
          .sort(),
      ).toEqual(expected.sort());
    }),
  );
});

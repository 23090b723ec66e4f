import { expect, test } from "vitest";
import type { LayerEntry } from "../image/layer-entry.ts";
import { upperDump } from "../overlay/dump.ts";
import { textContent } from "./content.ts";
import { FileSystemError } from "./errno.ts";
import { treeFromEntries } from "./tree.ts";

const SHORT = { "-": "file", d: "directory", w: "whiteout", o: "opaque" } as const;

/** "- path", "d path", "w path", "o path", "h path target". */
function entry(line: string): LayerEntry {
  const [kind = "", path = "", target = ""] = line.split(" ");
  const own = { path, mode: 0o755, uid: 0, gid: 0, mtime: 1 };
  if (kind === "h") return { ...own, kind: "hardlink", target };
  const known = SHORT[kind as keyof typeof SHORT];
  return known === "file" ? { ...own, kind: known, content: textContent("x") } : { ...own, kind: known };
}

/** What the tree holds: kind and path, "o" an opaque directory, ":n" a file of n names. */
function shown(lines: string): string {
  const dump = Object.entries(upperDump(treeFromEntries(lines.split(", ").map(entry))));
  const names = dump.filter(([path]) => path !== "/");
  return names.map(([path, { t, o, n }]) => `${o ? "o" : t}${t === "f" && n !== 1 ? `:${n}` : ""} ${path}`).join(", ");
}

test.each([
  ["a whiteout", "w a", "w /a"],
  ["a whiteout speaks of the layers below, not of its own", "- a, w a", "f /a"],
  ["and so in whatever order it stands", "w a, - a", "f /a"],
  ["of a directory: what lies below stays hidden", "d a, - a/b, w a", "o /a, f /a/b"],
  ["a directory over a whiteout hides too", "w a, d a", "o /a"],
  ["and one that is only named on the way", "w a, - a/b", "o /a, f /a/b"],
  ["an opaque marker before its directory", "o a, d a, - a/b", "o /a, f /a/b"],
  ["and after what is in it, which stays", "d a, - a/b, o a", "o /a, f /a/b"],
  ["missing parents are made", "- a/b/c", "d /a, d /a/b, f /a/b/c"],
  ["a path cannot leave the root", "- ../../a, - b/../c", "f /a, f /c"],
  ["the last of two wins", "- a, d a", "d /a"],
  ["a file in the place of a directory", "d a, - a/b, - a", "f /a"],
  ["a directory twice keeps what is in it", "d a, - a/b, d a", "d /a, f /a/b"],
  ["a hard link", "- a, h b a", "f:2 /a, f:2 /b"],
  ["a hard link in the place of a file", "- a, - b, h b a", "f:2 /a, f:2 /b"],
  ["a hard link to itself", "- a, h a a", "f /a"],
])("%s: %s", (_, entries, tree) => {
  expect(shown(entries)).toBe(tree);
});

test.each([
  ["h b a", "ENOENT"],
  ["d a, h b a", "EPERM"],
])("no hard link to what the layer lacks: %s", (entries, code) => {
  expect(() => shown(entries)).toThrow(expect.objectContaining({ constructor: FileSystemError, code }));
});

import { expect, test } from "vitest";
import { textContent } from "../filesystem/content.ts";
import { root } from "../filesystem/filesystem.ts";
import { emptyTree, treeFromEntries } from "../filesystem/tree.ts";
import type { FileTree } from "../filesystem/tree.ts";
import { emptyLower, stackOn } from "../overlay/lower.ts";
import { OverlayFileSystem } from "../overlay/overlay.ts";
import { type View, compareViews } from "./compare.ts";
import type { LayerEntry } from "./layer-entry.ts";

const owned = { mode: 0o644, uid: 0, gid: 0, mtime: 1 };
const file = (path: string, text: string): LayerEntry => ({ ...owned, path, kind: "file", content: textContent(text) });

const image = (...layers: LayerEntry[][]): View => ({
  lower: layers.map((entries) => treeFromEntries(entries)).reduce(stackOn, emptyLower),
  upper: emptyTree,
});

function changed(view: View, change: (fs: OverlayFileSystem) => void): View {
  const fs = new OverlayFileSystem(view.lower, view.upper, { now: () => 2 });
  change(fs);
  return { lower: view.lower, upper: fs.upper };
}

const told = (before: View, after: View): string[] =>
  compareViews(before, after).map((each) => {
    const sign = each.before === null ? "+" : each.after === null ? "-" : "~";
    return [`${sign} ${each.path}`, ...each.aspects].join(" ");
  });

const base = image([file("a", "1"), file("d/b", "2"), file("d/c", "3")]);

test.each<[string, (fs: OverlayFileSystem) => void, string[]]>([
  ["nothing", () => {}, []],
  ["a file added", (fs) => fs.write("/d/n", textContent("x"), { create: true }, 0o644, root), ["+ /d/n"]],
  ["a file deleted", (fs) => fs.unlink("/a", root), ["- /a"]],
  [
    "a directory deleted, with what was in it",
    (fs) => {
      for (const path of ["/d/b", "/d/c"]) fs.unlink(path, root);
      fs.rmdir("/d", root);
    },
    ["- /d", "- /d/b", "- /d/c"],
  ],
  ["content and time", (fs) => fs.write("/a", textContent("9"), {}, 0, root), ["~ /a content time"]],
  ["mode alone", (fs) => fs.chmod("/d/b", 0o600, root), ["~ /d/b mode"]],
  ["owner of a directory", (fs) => fs.chown("/d", 7, 7, root), ["~ /d owner"]],
  ["a copy-up that changes nothing", (fs) => fs.utimes("/a", 1, root), []],
  [
    "a file where a directory was",
    (fs) => {
      for (const path of ["/d/b", "/d/c"]) fs.unlink(path, root);
      fs.rmdir("/d", root);
      fs.write("/d", textContent("x"), { create: true }, 0o755, root);
    },
    ["~ /d type", "- /d/b", "- /d/c"],
  ],
])("%s", (_, change, expected) => {
  expect(told(base, changed(base, change))).toEqual(expected);
  // The other way round what was added is deleted.
  const turned = expected.map((line) => line.replace(/^[+-]/, (sign) => (sign === "+" ? "-" : "+")));
  expect(told(changed(base, change), base)).toEqual(turned);
});

test("two images of one base: only the layers that differ count", () => {
  const entries = [file("etc/os", "base"), file("usr/x", "1")];
  const tree: FileTree = treeFromEntries(entries);
  const over = (more: LayerEntry[]): View => ({
    lower: stackOn(stackOn(emptyLower, tree), treeFromEntries(more)),
    upper: emptyTree,
  });
  expect(told(over([file("etc/one", "1")]), over([file("etc/two", "1")]))).toEqual(["- /etc/one", "+ /etc/two"]);
});

test("equal sizes in different layers are told as not read yet", () => {
  const stored = (layer: string): LayerEntry => ({
    ...owned,
    path: "a",
    kind: "file",
    content: { size: 3, segments: [{ kind: "stored", layer: `sha256:${layer}` as never, offset: 0, size: 3 }] },
  });
  expect(compareViews(image([stored("1")]), image([stored("2")]))).toMatchObject([
    { aspects: ["content"], unread: true },
  ]);
});

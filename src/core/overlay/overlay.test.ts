import { expect, test } from "vitest";
import { textContent } from "../filesystem/content.ts";
import { FileSystemError } from "../filesystem/errno.ts";
import { type FileSystem, root } from "../filesystem/filesystem.ts";
import { emptyTree, treeFromEntries } from "../filesystem/tree.ts";
import type { LayerEntry } from "../image/layer-entry.ts";
import type { OverlayEvent } from "./event.ts";
import { emptyLower, type Lower, stackOn } from "./lower.ts";
import { OverlayFileSystem } from "./overlay.ts";

type Call = (fs: FileSystem) => void;
function outcome(fs: FileSystem, run: Call): string {
  try {
    run(fs);
    return "ok";
  } catch (error) {
    if (error instanceof FileSystemError) return error.code;
    throw error;
  }
}

function mount(lower: Lower): OverlayFileSystem {
  return new OverlayFileSystem(lower, emptyTree, { now: () => 0 });
}

const file = (p: string, text: string): LayerEntry => ({
  path: p,
  kind: "file",
  mode: 0o644,
  uid: 0,
  gid: 0,
  mtime: 1,
  content: textContent(text),
});

function told(lower: Lower, run: Call): OverlayEvent[] {
  const events: OverlayEvent[] = [];
  run(new OverlayFileSystem(lower, emptyTree, { now: () => 9, onEvent: (event) => events.push(event) }));
  return events;
}

const lower = stackOn(
  stackOn(emptyLower, treeFromEntries([file("etc/motd", "hello")])),
  treeFromEntries([file("x", "1")]),
);

test.each<[string, Call, string[]]>([
  [
    "append to a lower file",
    (fs) => fs.write("/etc/motd", textContent("!"), { append: true }, 0, root),
    ["copy-up /etc", "copy-up /etc/motd", "write /etc/motd"],
  ],
  ["unlink a lower file", (fs) => fs.unlink("/x", root), ["whiteout /x"]],
  ["create", (fs) => fs.write("/n", textContent("n"), { create: true }, 0o644, root), ["create /n", "write /n"]],
  ["chmod", (fs) => fs.chmod("/x", 0o600, root), ["copy-up /x", "attributes /x"]],
  ["read", (fs) => fs.read("/etc/motd", root), []],
  [
    "rmdir and mkdir",
    (fs) => {
      fs.unlink("/etc/motd", root);
      fs.rmdir("/etc", root);
      fs.mkdir("/etc", 0o755, root);
    },
    ["copy-up /etc", "whiteout /etc/motd", "whiteout /etc", "create /etc", "opaque /etc"],
  ],
  ["rename a lower file", (fs) => fs.rename("/x", "/y", root), ["copy-up /x", "rename /x", "whiteout /x"]],
  ["rename a lower directory", (fs) => outcome(fs, (at) => at.rename("/etc", "/etc2", root)), ["exdev /etc"]],
])("the story of: %s", (_, run, story) => {
  expect(told(lower, run).map((event) => `${event.type} ${event.path}`)).toEqual(story);
});

test("a copy-up names its layer, its cause, and how many names the object had there", () => {
  const events = told(lower, (fs) => fs.chmod("/etc/motd", 0o600, root));
  const of = { layer: 0, names: 1 };
  expect(events).toEqual([
    { type: "copy-up", path: "/etc", kind: "directory", size: 0, cause: "entries", ...of },
    { type: "copy-up", path: "/etc/motd", kind: "file", size: 5, cause: "mode", ...of },
    { type: "attributes", path: "/etc/motd", change: "mode" },
  ]);
  const linked = stackOn(
    emptyLower,
    treeFromEntries([file("a", "1"), { ...file("b", ""), kind: "hardlink", target: "a" } as LayerEntry]),
  );
  expect(told(linked, (fs) => fs.link("/b", "/c", root))[0]).toMatchObject({ cause: "link", names: 2, size: 1 });
  expect(
    told(linked, (fs) => fs.write("/b", textContent(""), { write: true, truncate: true }, 0, root))[0],
  ).toMatchObject({ cause: "truncate", size: 0 });
});

test("40 links are followed, the 41st is a loop", () => {
  const fs = mount(emptyLower);
  fs.write("/l0", textContent("end"), { create: true }, 0o644, root);
  for (let n = 1; n <= 41; n++) fs.symlink(`l${n - 1}`, `/l${n}`, root);
  expect(outcome(fs, (at) => at.stat("/l40", root))).toBe("ok");
  expect(outcome(fs, (at) => at.stat("/l41", root))).toBe("ELOOP");
});

test("st_ino stays over a copy-up, and two names of a lower inode share it", () => {
  const linked = stackOn(
    emptyLower,
    treeFromEntries([
      file("a", "1"),
      { ...file("b", ""), kind: "hardlink", target: "a" } as LayerEntry,
      file("c", "1"),
    ]),
  );
  const fs = mount(linked);
  expect(fs.stat("/a", root).ino).toBe(fs.stat("/b", root).ino);
  const before = fs.stat("/c", root).ino;
  fs.chmod("/c", 0o600, root);
  expect(fs.stat("/c", root).ino).toBe(before);
});

import fc from "fast-check";
import { expect, test } from "vitest";
import { textContent } from "../filesystem/content.ts";
import { FileSystemError } from "../filesystem/errno.ts";
import { type FileSystem, root } from "../filesystem/filesystem.ts";
import { emptyTree, entriesFromTree, FileTree, treeFromEntries } from "../filesystem/tree.ts";
import type { LayerEntry } from "../image/layer-entry.ts";
import type { OverlayEvent } from "./event.ts";
import { emptyLower, type Lower, stackOn } from "./lower.ts";
import { mergedEntries, mergedSize } from "./merged.ts";
import { OverlayFileSystem } from "./overlay.ts";

const NAMES = ["a", "b", "c"];
const path = fc.array(fc.constantFrom(...NAMES), { minLength: 1, maxLength: 3 }).map((names) => `/${names.join("/")}`);

type Call = (fs: FileSystem) => void;
const call: fc.Arbitrary<{ name: string; run: Call }> = fc.oneof(
  fc.tuple(path, fc.string({ maxLength: 4 })).map(([p, text]) => ({
    name: `write ${p} ${text}`,
    run: (fs: FileSystem) => fs.write(p, textContent(text), { create: true, truncate: true }, 0o644, root),
  })),
  path.map((p) => ({ name: `mkdir ${p}`, run: (fs: FileSystem) => fs.mkdir(p, 0o755, root) })),
  path.map((p) => ({ name: `unlink ${p}`, run: (fs: FileSystem) => fs.unlink(p, root) })),
  path.map((p) => ({ name: `rmdir ${p}`, run: (fs: FileSystem) => fs.rmdir(p, root) })),
  path.map((p) => ({ name: `chmod ${p}`, run: (fs: FileSystem) => fs.chmod(p, 0o700, root) })),
  fc.tuple(path, path).map(([a, b]) => ({ name: `rename ${a} ${b}`, run: (fs: FileSystem) => fs.rename(a, b, root) })),
  fc
    .tuple(path, path)
    .map(([a, b]) => ({ name: `symlink ${a} ${b}`, run: (fs: FileSystem) => fs.symlink(a, b, root) })),
);

function outcome(fs: FileSystem, run: Call): string {
  try {
    run(fs);
    return "ok";
  } catch (error) {
    if (error instanceof FileSystemError) return error.code;
    throw error;
  }
}

let clock = 0;
function mount(lower: Lower, upper: FileTree = emptyTree): OverlayFileSystem {
  return new OverlayFileSystem(lower, upper, { now: () => clock });
}

test("layers make no difference to what a process sees, but for EXDEV", () => {
  fc.assert(
    fc.property(fc.array(fc.array(call, { maxLength: 8 }), { maxLength: 5 }), (sessions) => {
      const flat = mount(emptyLower);
      let lower = emptyLower;
      clock = 0;
      for (const session of sessions) {
        const layered = mount(lower, FileTree.fresh(flat.upper.root.mtime));
        for (const { run } of session) {
          clock += 1;
          const before = layered.upper;
          const seen = outcome(layered, run);
          // A directory of the layers cannot be renamed: the only call on which the two may differ.
          if (seen === "EXDEV") expect(layered.upper).toBe(before);
          else expect(seen).toBe(outcome(flat, run));
        }
        expect(mergedEntries(lower, layered.upper)).toEqual(mergedEntries(emptyLower, flat.upper));
        lower = stackOn(lower, layered.upper);
        expect(mergedSize(lower, emptyTree)).toBe(flat.upper.size);
      }
    }),
    { numRuns: 300 },
  );
});

test("a committed layer, mounted again, shows the same", () => {
  fc.assert(
    fc.property(fc.array(call, { maxLength: 12 }), fc.array(call, { maxLength: 12 }), (below, above) => {
      clock = 5;
      const base = mount(emptyLower);
      for (const { run } of below) outcome(base, run);
      const lower = stackOn(emptyLower, base.upper);
      const top = mount(lower);
      for (const { run } of above) outcome(top, run);
      const again = stackOn(lower, treeFromEntries(entriesFromTree(top.upper)));
      expect(mergedEntries(again, emptyTree)).toEqual(mergedEntries(lower, top.upper));
    }),
    { numRuns: 300 },
  );
});

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

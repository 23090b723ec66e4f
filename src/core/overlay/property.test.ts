import fc from "fast-check";
import { expect, test } from "vitest";
import { textContent } from "../filesystem/content.ts";
import { FileSystemError } from "../filesystem/errno.ts";
import { type Credentials, root } from "../filesystem/filesystem.ts";
import { emptyTree, entriesFromTree, FileTree, treeFromEntries } from "../filesystem/tree.ts";
import { deadFiles } from "../image/dead-bytes.ts";
import type { LayerEntry } from "../image/layer-entry.ts";
import { readTarContent } from "../tar/read.ts";
import { tarContent } from "../tar/write.ts";
import { upperDump } from "./dump.ts";
import { emptyLower, type Lower, stackOn } from "./lower.ts";
import { mergedEntries, mergedSize, suppliedSizes } from "./merged.ts";
import { OverlayFileSystem } from "./overlay.ts";

const user: Credentials = { uid: 1000, gid: 1000, groups: [], umask: 0o077 };
const path = fc
  .array(fc.constantFrom("a", "b", "c"), { minLength: 1, maxLength: 3 })
  .map((names) => `/${names.join("/")}`);

/** One system call; each kind takes what it needs of the rest. */
interface Call {
  readonly kind: (typeof KINDS)[number];
  readonly path: string;
  readonly to: string;
  readonly text: string;
  readonly mode: number;
  readonly who: Credentials;
}
const KINDS = [
  "create",
  "append",
  "truncate",
  "mkdir",
  "unlink",
  "rmdir",
  "chmod",
  "chown",
  "utimes",
  "rename",
  "exchange",
  "symlink",
  "mkfifo",
  "link",
] as const;

const callOf = (kinds: readonly Call["kind"][]): fc.Arbitrary<Call> =>
  fc.record({
    kind: fc.constantFrom(...kinds),
    path,
    to: path,
    text: fc.string({ maxLength: 4 }),
    mode: fc.constantFrom(0o755, 0o700, 0o644, 0o1777, 0o4755, 0o2775),
    who: fc.constantFrom(root, root, user),
  });
const call = callOf(KINDS);

function perform(fs: OverlayFileSystem, { kind, path: at, to, text, mode, who }: Call): void {
  switch (kind) {
    case "create":
      return fs.write(at, textContent(text), { create: true, truncate: true }, mode, who);
    case "append":
      return fs.write(at, textContent(text), { append: true }, mode, who);
    case "truncate":
      return fs.truncate(at, text.length, who);
    case "mkdir":
      return fs.mkdir(at, mode, who);
    case "unlink":
      return fs.unlink(at, who);
    case "rmdir":
      return fs.rmdir(at, who);
    case "chmod":
      return fs.chmod(at, mode, who);
    case "chown":
      return fs.chown(at, mode % 2 === 0 ? 1000 : 0, 1000, who);
    case "utimes":
      return fs.utimes(at, mode, who);
    case "rename":
      return fs.rename(at, to, who);
    case "exchange":
      return fs.rename(at, to, who, "exchange");
    case "symlink":
      return fs.symlink(at, to, who);
    case "mkfifo":
      return fs.mknod(at, "fifo", mode, [0, 0], who);
    case "link":
      return fs.link(at, to, who);
  }
}

function outcome(fs: OverlayFileSystem, each: Call): string {
  try {
    perform(fs, each);
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

/** What a session leaves in the upper directory. */
function session(lower: Lower, run: readonly Call[]): FileTree {
  const fs = mount(lower);
  for (const each of run) {
    clock += 1;
    outcome(fs, each);
  }
  return fs.upper;
}

const sessionOf = (length: number) => fc.array(call, { maxLength: length });

// A lower hard link breaks when it is copied up, so "link" is not among these.
const alike = KINDS.filter((kind) => kind !== "link");

test("layers make no difference to what a process sees, but for EXDEV of a directory's rename", () => {
  fc.assert(
    fc.property(fc.array(fc.array(callOf(alike), { maxLength: 8 }), { maxLength: 5 }), (sessions) => {
      const flat = mount(emptyLower);
      let lower = emptyLower;
      const layers: FileTree[] = [];
      for (const run of sessions) {
        const layered = mount(lower, FileTree.fresh(flat.upper.root.mtime));
        for (const each of run) {
          clock += 1;
          const before = layered.upper;
          const seen = outcome(layered, each);
          if (seen === "EXDEV") {
            expect(["rename", "exchange"]).toContain(each.kind);
            expect(layered.upper).toBe(before);
          } else expect(seen).toBe(outcome(flat, each));
        }
        expect(mergedEntries(lower, layered.upper)).toEqual(mergedEntries(emptyLower, flat.upper));
        lower = stackOn(lower, layered.upper);
        expect(mergedSize(lower, emptyTree)).toBe(flat.upper.size);
        // What a layer has is seen or dead.
        layers.push(layered.upper);
        const seen = layers.map(({ size }) => size);
        for (const { layer, size } of deadFiles(layers)) seen[layer] = (seen[layer] ?? 0) - size;
        expect(suppliedSizes(lower, emptyTree)).toEqual([...seen, 0]);
      }
    }),
    { numRuns: 300 },
  );
});

test("a committed layer, mounted again, shows the same", () => {
  fc.assert(
    fc.property(sessionOf(12), sessionOf(12), (below, above) => {
      const lower = stackOn(emptyLower, session(emptyLower, below));
      const upper = session(lower, above);
      const again = stackOn(lower, treeFromEntries(entriesFromTree(upper)));
      expect(mergedEntries(again, emptyTree)).toEqual(mergedEntries(lower, upper));
    }),
    { numRuns: 300 },
  );
});

test("a layer's tar, written and read back, is the same tree", async () => {
  const nothingStored = () => Promise.reject(new Error("nothing is stored"));
  await fc.assert(
    fc.asyncProperty(sessionOf(12), sessionOf(12), async (below, above) => {
      const upper = session(stackOn(emptyLower, session(emptyLower, below)), above);
      const read = treeFromEntries(await readTarContent(tarContent(entriesFromTree(upper)), nothingStored));
      const { "/": _, ...written } = upperDump(upper);
      const { "/": __, ...back } = upperDump(read);
      expect(back).toEqual(written);
    }),
    { numRuns: 200 },
  );
});

/**
 * The changes of one layer as `count` layers, bottom first. Each goes where `choose` says, but not below
 * the layer in which a directory above it was made opaque; names of one inode stay together; each layer
 * has the directories above what it has.
 */
function split(upper: FileTree, count: number, choose: readonly number[]): FileTree[] {
  const entries = entriesFromTree(upper);
  const chosen = (at: number) => (choose[at % choose.length] ?? 0) % count;
  const opaque = new Map<string, number>();
  const floor = (of: string): number => {
    const up = of.lastIndexOf("/");
    return up < 0 ? 0 : Math.max(opaque.get(of.slice(0, up)) ?? 0, floor(of.slice(0, up)));
  };
  for (const [at, entry] of entries.entries()) {
    if (entry.kind === "opaque") opaque.set(entry.path, Math.max(chosen(at), floor(entry.path)));
  }
  const home = new Map<string, number>();
  for (const [at, { path: of }] of entries.entries()) home.set(of, opaque.get(of) ?? Math.max(chosen(at), floor(of)));
  for (const entry of entries) {
    if (entry.kind !== "hardlink") continue;
    const both = Math.max(home.get(entry.target) ?? 0, home.get(entry.path) ?? 0);
    for (const other of entries) if (isNameOf(other, entry.target)) home.set(other.path, both);
  }
  return Array.from({ length: count }, (_, layer) => {
    const own = entries.filter((entry) => home.get(entry.path) === layer);
    const needed = (directory: LayerEntry) => own.some((entry) => entry.path.startsWith(`${directory.path}/`));
    return treeFromEntries(
      entries.filter((entry) => own.includes(entry) || (entry.kind === "directory" && needed(entry))),
    );
  });
}

const isNameOf = (entry: LayerEntry, first: string): boolean =>
  entry.path === first || (entry.kind === "hardlink" && entry.target === first);

test("one layer's changes, split over several layers, make the same merged tree", () => {
  const choose = fc.array(fc.nat(5), { minLength: 12, maxLength: 12 });
  fc.assert(
    fc.property(sessionOf(12), sessionOf(16), fc.integer({ min: 2, max: 6 }), choose, (below, above, count, layers) => {
      const lower = stackOn(emptyLower, session(emptyLower, below));
      const upper = session(lower, above);
      const stack = split(upper, count, layers).reduce(stackOn, lower);
      expect(mergedEntries(stack, emptyTree)).toEqual(mergedEntries(lower, upper));
    }),
    { numRuns: 300 },
  );
});

import type { FileTree, Ino, VisibleNode } from "../filesystem/file-tree.ts";
import { ROOT } from "../filesystem/file-tree.ts";
import { compareNames, nameLength } from "../filesystem/name.ts";
import { type Lower, type LowerNode, strayWhiteouts } from "../overlay/lower.ts";

/** One line of `docker diff`: added, changed or deleted, and an absolute path. */
export type Change = readonly ["A" | "C" | "D", string];

/**
 * What `docker diff` prints: the image's view against the container's, as stat(2) sees them. Copied-up
 * objects without visible change are not in it; every directory above a change is. Real docker gives
 * siblings in random order; here they are sorted, a directory before its content, its deletions last.
 * (moby go-archive, ChangesDirs and statDifferent)
 */
export function diff(lower: Lower, upper: FileTree): Change[] {
  const changes: Change[] = [];
  collect(upper, ROOT, upper.root.opaque ? null : lower.root, "", true, lower.root, changes);
  return changes;
}

export interface Counts {
  readonly added: number;
  readonly changed: number;
  readonly deleted: number;
}

const counted = new WeakMap<FileTree, { lower: Lower; counts: Counts }>();

/** How many lines of each kind `docker diff` has. Costs what the upper directory holds, once. */
export function counts(lower: Lower, upper: FileTree): Counts {
  const known = counted.get(upper);
  if (known?.lower === lower) return known.counts;
  const number = { A: 0, C: 0, D: 0 };
  for (const [kind] of diff(lower, upper)) number[kind] += 1;
  const counts = { added: number.A, changed: number.C, deleted: number.D };
  counted.set(upper, { lower, counts });
  return counts;
}

/**
 * @param merges what the merged view shows of the layers in this directory
 * @param before what the image has at this path, hidden or not
 * @param listed the directory itself has its line already
 */
function collect(
  upper: FileTree,
  directory: Ino,
  merges: LowerNode | null,
  path: string,
  listed: boolean,
  before: LowerNode | null,
  changes: Change[],
): void {
  const start = changes.length;
  const { entries } = upper.directory(directory);
  const gone = new Set<string>();
  if (before && !merges) for (const name of before.children.keys()) if (!entries.has(name)) gone.add(name);
  // What only readdir knew of is not listed any more. (semantics of a directory of one layer, read raw)
  const strays = new Set(before ? strayWhiteouts(before) : []);
  for (const name of strays) if (!entries.has(name)) gone.add(name);

  for (const name of [...entries.keys()].sort(compareNames)) {
    const ino = entries.get(name) as Ino;
    const node = upper.node(ino);
    const old = before?.children.get(name);
    const at = `${path}/${name}`;
    if (node.kind === "whiteout") {
      if (old) gone.add(name);
      continue;
    }
    const differs = old ? statDiffers(old.node, node) : strays.has(name);
    if (!old && !differs) changes.push(["A", at]);
    else if (differs) changes.push(["C", at]);
    if (node.kind !== "directory") continue;
    const oldDirectory = old?.node.kind === "directory" ? old : null;
    const below = merges?.children.get(name);
    const shows = !node.opaque && below?.node.kind === "directory" ? below : null;
    collect(upper, ino, shows, at, !old || differs, oldDirectory, changes);
  }
  for (const name of [...gone].sort(compareNames)) changes.push(["D", `${path}/${name}`]);
  if (changes.length > start && !listed && path !== "") changes.splice(start, 0, ["C", path]);
}

/** A directory's time and size say nothing; of all else the size, and the time in whole seconds. */
function statDiffers(old: VisibleNode, node: VisibleNode): boolean {
  if (old.kind !== node.kind || old.uid !== node.uid || old.gid !== node.gid || old.mode !== node.mode) return true;
  if ((old.kind === "character" || old.kind === "block") && (node.kind === "character" || node.kind === "block")) {
    if (old.rdev[0] !== node.rdev[0] || old.rdev[1] !== node.rdev[1]) return true;
  }
  if (old.kind === "directory") return false;
  return !sameTime(old.mtime, node.mtime) || bytes(old) !== bytes(node);
}

/** Whole seconds when one of the two has no fraction: layers unpacked from a tar often have none. */
export function sameTime(a: number, b: number): boolean {
  if (a === b) return true;
  return Math.floor(a) === Math.floor(b) && (Number.isInteger(a) || Number.isInteger(b));
}

function bytes(node: VisibleNode): number {
  if (node.kind === "file") return node.content.size;
  return node.kind === "symlink" ? nameLength(node.target) : 0;
}

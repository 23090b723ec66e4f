import { type FileTree, type Ino, type Node, ROOT } from "../filesystem/file-tree.ts";
import { type Lower, type LowerNode, lowerIno } from "./lower.ts";

/** Bytes under a directory. Files with several names stand apart: one counts as long as any of its names shows. */
interface Sum {
  bytes: number;
  readonly linked: Map<number, { size: number; names: number }>;
}

const known = new WeakMap<LowerNode | Node, Sum>();

/** Bytes of all files of the merged view, each inode once. Costs what the upper directory holds. */
export function mergedSize(lower: Lower, upper: FileTree): number {
  const total = { bytes: 0, linked: new Map<number, { size: number; names: number }>() };
  add(total, sumOf(lower.root), 1);
  if (upper.root.opaque) add(total, sumOf(lower.root), -1);
  hide(total, upper, ROOT, upper.root.opaque ? null : lower.root);
  let size = total.bytes + upper.size;
  for (const { size: bytes, names } of total.linked.values()) if (names > 0) size += bytes;
  return size;
}

/** Takes away what the upper directory hides. */
function hide(total: Sum, upper: FileTree, directory: Ino, below: LowerNode | null): void {
  if (!below) return;
  for (const [name, ino] of upper.directory(directory).entries) {
    const hidden = below.children.get(name);
    if (!hidden) continue;
    const node = upper.node(ino);
    if (node.kind === "directory" && !node.opaque && hidden.node.kind === "directory") hide(total, upper, ino, hidden);
    else add(total, sumOf(hidden), -1);
  }
}

function sumOf(node: LowerNode): Sum {
  // A directory of one layer is the same object for every stack that has it; a merged one is its own.
  const key = node.merged ? node : node.node;
  const cached = known.get(key);
  if (cached) return cached;
  const sum: Sum = { bytes: 0, linked: new Map() };
  if (node.node.kind === "file") {
    const { size } = node.node.content;
    if (node.node.nlink > 1) sum.linked.set(lowerIno(node), { size, names: 1 });
    else sum.bytes = size;
  } else if (node.node.kind === "directory") {
    for (const entry of node.children.values()) add(sum, sumOf(entry), 1);
  }
  if (node.node.kind === "directory") known.set(key, sum);
  return sum;
}

function add(total: Sum, part: Sum, times: 1 | -1): void {
  total.bytes += times * part.bytes;
  for (const [ino, { size, names }] of part.linked) {
    const before = total.linked.get(ino)?.names ?? 0;
    total.linked.set(ino, { size, names: before + times * names });
  }
}

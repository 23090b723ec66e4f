import { type FileTree, type Ino, type Node, ROOT } from "../filesystem/file-tree.ts";
import { type Lower, type LowerNode, layerOfIno, lowerIno } from "./lower.ts";

/** A file with several names: it counts as long as any of them shows. */
interface Linked {
  readonly size: number;
  readonly names: number;
}

/** Bytes under a directory that one layer alone has: the same for every stack that has the layer. */
interface Own {
  bytes: number;
  readonly linked: Map<Ino, Linked>;
}

/** Bytes under a directory by the layer that supplies them; files with several names by {@link lowerIno}. */
interface Shown {
  readonly bytes: Map<number, number>;
  readonly linked: Map<number, Linked>;
}

const owned = new WeakMap<Node, Own>();
const shown = new WeakMap<LowerNode, Shown>();

/** Bytes of all files of the merged view, each inode once. Costs what the upper directory holds. */
export function mergedSize(lower: Lower, upper: FileTree): number {
  return suppliedSizes(lower, upper).reduce((sum, size) => sum + size, 0);
}

/** Of those bytes, what each layer supplies: bottom first, the upper directory last. */
export function suppliedSizes(lower: Lower, upper: FileTree): number[] {
  const total: Shown = { bytes: new Map(), linked: new Map() };
  add(total, lower.root, 1);
  if (upper.root.opaque) add(total, lower.root, -1);
  hide(total, upper, ROOT, upper.root.opaque ? null : lower.root);
  const sizes = Array.from({ length: lower.depth }, (_, layer) => total.bytes.get(layer) ?? 0);
  for (const [ino, { size, names }] of total.linked) {
    const layer = layerOfIno(ino);
    if (names > 0) sizes[layer] = (sizes[layer] ?? 0) + size;
  }
  return [...sizes, upper.size];
}

/** Takes away what the upper directory hides. */
function hide(total: Shown, upper: FileTree, directory: Ino, below: LowerNode | null): void {
  if (!below) return;
  for (const [name, ino] of upper.directory(directory).entries) {
    const hidden = below.children.get(name);
    if (!hidden) continue;
    const node = upper.node(ino);
    if (node.kind === "directory" && !node.opaque && hidden.node.kind === "directory") hide(total, upper, ino, hidden);
    else add(total, hidden, -1);
  }
}

function add(total: Shown, part: LowerNode, times: 1 | -1): void {
  if (part.merged) {
    const { bytes, linked } = shownIn(part);
    for (const [layer, size] of bytes) count(total.bytes, layer, times * size);
    for (const [ino, link] of linked) countNames(total.linked, ino, link, times);
    return;
  }
  const { bytes, linked } = ownedBy(part);
  count(total.bytes, part.layer, times * bytes);
  for (const [ino, link] of linked) countNames(total.linked, lowerIno({ layer: part.layer, ino }), link, times);
}

function shownIn(directory: LowerNode): Shown {
  const known = shown.get(directory);
  if (known) return known;
  const sum: Shown = { bytes: new Map(), linked: new Map() };
  for (const entry of directory.children.values()) add(sum, entry, 1);
  shown.set(directory, sum);
  return sum;
}

function ownedBy(part: LowerNode): Own {
  const { node } = part;
  const known = owned.get(node);
  if (known) return known;
  const sum: Own = { bytes: 0, linked: new Map() };
  if (node.kind === "file") {
    const { size } = node.content;
    if (node.nlink > 1) sum.linked.set(part.ino, { size, names: 1 });
    else sum.bytes = size;
  } else if (node.kind === "directory") {
    for (const entry of part.children.values()) {
      const { bytes, linked } = ownedBy(entry);
      sum.bytes += bytes;
      for (const [ino, link] of linked) countNames(sum.linked, ino, link, 1);
    }
    owned.set(node, sum);
  }
  return sum;
}

function count(sizes: Map<number, number>, layer: number, size: number): void {
  if (size !== 0) sizes.set(layer, (sizes.get(layer) ?? 0) + size);
}

function countNames<K>(all: Map<K, Linked>, key: K, { size, names }: Linked, times: 1 | -1): void {
  all.set(key, { size, names: (all.get(key)?.names ?? 0) + times * names });
}

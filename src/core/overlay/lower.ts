import { Map } from "immutable";
import {
  type FileTree,
  type Ino,
  type Node,
  ROOT,
  type VisibleNode,
  FileTree as Tree,
} from "../filesystem/file-tree.ts";

/**
 * An object of the lower side: which layer supplies it, and what it is there. A directory that one
 * layer alone has is read from that layer's tree as it is; one that several layers have carries
 * `merged`, its entries already united, so a lookup costs the same on one layer and on 127.
 */
export interface LowerNode {
  /** Counted from the bottom, 0 first. The topmost, for a merged directory: its attributes are the ones seen. */
  readonly layer: number;
  readonly tree: FileTree;
  readonly ino: Ino;
  readonly node: VisibleNode;
  /** How many layers a directory is merged from; 1 for all else. */
  readonly layers: number;
  readonly merged: Map<string, LowerNode> | null;
}

/** The read-only side of a mount: a stack of layers, flattened, with where everything came from. */
export interface Lower {
  /** Number of layers. */
  readonly depth: number;
  readonly root: LowerNode;
}

/** No layers: an empty directory. */
export const emptyLower: Lower = { depth: 0, root: nodeOf(-1, Tree.fresh(0), ROOT) };

/**
 * The stack with one layer more on top. Only what `tree` touches is made anew; the rest is shared with
 * `lower`. (overlayfs.rst, "Multiple lower layers"; "whiteouts and opaque directories")
 */
export function stackOn(lower: Lower, tree: FileTree): Lower {
  const top = nodeOf(lower.depth, tree, ROOT);
  const { depth } = lower;
  return { depth: depth + 1, root: depth === 0 || tree.root.opaque ? top : mergeDirectory(lower.root, top) };
}

/** What the lower side has at `name`; undefined when nothing, or a whiteout, is there. */
export function lowerChild(directory: LowerNode, name: string): LowerNode | undefined {
  if (directory.merged) return directory.merged.get(name);
  if (directory.node.kind !== "directory") return undefined;
  const ino = directory.node.entries.get(name);
  if (ino === undefined || directory.tree.node(ino).kind === "whiteout") return undefined;
  return nodeOf(directory.layer, directory.tree, ino);
}

/** All that is in a directory, whiteouts left out. */
export function* lowerEntries(directory: LowerNode): Generator<[string, LowerNode]> {
  if (directory.merged) yield* directory.merged;
  else if (directory.node.kind === "directory") {
    for (const [name, ino] of directory.node.entries) {
      if (directory.tree.node(ino).kind !== "whiteout") yield [name, nodeOf(directory.layer, directory.tree, ino)];
    }
  }
}

/** Names that readdir(3) lists although no lookup finds them: whiteouts in a directory of a single layer, which is read raw. */
export function* strayWhiteouts(directory: LowerNode): Generator<string> {
  if (directory.merged || directory.node.kind !== "directory") return;
  for (const [name, ino] of directory.node.entries) if (directory.tree.node(ino).kind === "whiteout") yield name;
}

/** One object whatever name it is reached by: two lower names of one inode are equal here. */
export function lowerIno(node: LowerNode): number {
  return (node.layer + 1) * 2 ** 32 + node.ino;
}

function nodeOf(layer: number, tree: FileTree, ino: Ino): LowerNode {
  return { layer, tree, ino, node: tree.node(ino) as VisibleNode, layers: 1, merged: null };
}

function mergeDirectory(below: LowerNode, above: LowerNode): LowerNode {
  const entries = above.tree.directory(above.ino).entries;
  const united = (below.merged ?? Map(lowerEntries(below))).withMutations((map) => {
    for (const [name, ino] of entries) {
      const node: Node = above.tree.node(ino);
      if (node.kind === "whiteout") {
        map.delete(name);
        continue;
      }
      const upper = nodeOf(above.layer, above.tree, ino);
      const lower = map.get(name);
      const merges = node.kind === "directory" && !node.opaque && lower?.node.kind === "directory";
      map.set(name, merges ? mergeDirectory(lower, upper) : upper);
    }
  });
  return { ...above, layers: below.layers + 1, merged: united };
}

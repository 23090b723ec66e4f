import { Map as PersistentMap } from "immutable";
import type { DirectoryEntry } from "../filesystem/filesystem.ts";
import { type FileTree, type Ino, ROOT, type VisibleNode, FileTree as Tree } from "../filesystem/file-tree.ts";
import { compareNames } from "../filesystem/name.ts";

/**
 * An object of the lower side: which layer supplies it, and what it is there. A directory that one
 * layer alone has is read from that layer's tree as it is; one that several layers have carries
 * `merged`, its entries already united, so a lookup costs the same on one layer and on 127.
 *
 * Nothing here ever changes, so what a directory was asked once it keeps, as the kernel keeps dentries:
 * `children` in a native map, where a lookup is several times faster than in the persistent one, and
 * its sorted `listing`. The persistent map is what stacks share; directories nobody enters cost no more.
 */
export class LowerNode {
  #children: ReadonlyMap<string, LowerNode> | null = null;
  #listing: readonly DirectoryEntry[] | null = null;

  constructor(
    /** Counted from the bottom, 0 first. The topmost, for a merged directory: its attributes are the ones seen. */
    readonly layer: number,
    readonly tree: FileTree,
    readonly ino: Ino,
    readonly node: VisibleNode,
    /** How many layers a directory is merged from; 1 for all else. */
    readonly layers = 1,
    readonly merged: PersistentMap<string, LowerNode> | null = null,
  ) {}

  /** All that a lookup finds in a directory: no whiteouts, nor what they hide. Nothing in what is no directory. */
  get children(): ReadonlyMap<string, LowerNode> {
    this.#children ??= new Map(this.merged ?? visible(this));
    return this.#children;
  }

  /**
   * What readdir(3) lists, sorted by the bytes of the names. A directory of a single layer is read raw:
   * a whiteout in it shows as the device it is, although no lookup finds it.
   */
  get listing(): readonly DirectoryEntry[] {
    this.#listing ??= [
      ...[...this.children].map(([name, { node }]): DirectoryEntry => ({ name, kind: node.kind })),
      ...[...strayWhiteouts(this)].map((name): DirectoryEntry => ({ name, kind: "character" })),
    ].sort((a, b) => compareNames(a.name, b.name));
    return this.#listing;
  }
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

/** Names that readdir(3) lists although no lookup finds them, see {@link LowerNode.listing}. */
export function* strayWhiteouts(directory: LowerNode): Generator<string> {
  if (directory.merged || directory.node.kind !== "directory") return;
  for (const [name, ino] of directory.node.entries) if (directory.tree.node(ino).kind === "whiteout") yield name;
}

/** One object whatever name it is reached by: two lower names of one inode are equal here. */
export function lowerIno({ layer, ino }: Pick<LowerNode, "layer" | "ino">): number {
  return (layer + 1) * 2 ** 32 + ino;
}

/** The layer of a {@link lowerIno}. */
export function layerOfIno(ino: number): number {
  return Math.floor(ino / 2 ** 32) - 1;
}

function nodeOf(layer: number, tree: FileTree, ino: Ino): LowerNode {
  return new LowerNode(layer, tree, ino, tree.node(ino) as VisibleNode);
}

function* visible({ layer, tree, node }: LowerNode): Generator<[string, LowerNode]> {
  if (node.kind !== "directory") return;
  for (const [name, ino] of node.entries) {
    const child = tree.node(ino);
    if (child.kind !== "whiteout") yield [name, new LowerNode(layer, tree, ino, child)];
  }
}

function mergeDirectory(below: LowerNode, above: LowerNode): LowerNode {
  const { layer, tree, ino, node } = above;
  const united = (below.merged ?? PersistentMap(visible(below))).withMutations((map) => {
    for (const [name, child] of tree.directory(ino).entries) {
      if (tree.node(child).kind === "whiteout") {
        map.delete(name);
        continue;
      }
      const upper = nodeOf(layer, tree, child);
      const lower = map.get(name);
      const merges = upper.node.kind === "directory" && !upper.node.opaque && lower?.node.kind === "directory";
      map.set(name, merges ? mergeDirectory(lower, upper) : upper);
    }
  });
  return new LowerNode(layer, tree, ino, node, below.layers + 1, united);
}

import { Map } from "immutable";
import { FileTree, type Ino, type Node } from "./file-tree.ts";

/** A tree as plain data that structured clone can carry: directories as pairs of name and inode number. */
export interface SavedTree {
  readonly format: 1;
  readonly inodes: readonly (readonly [Ino, SavedNode])[];
}
type SavedNode =
  | Exclude<Node, { kind: "directory" }>
  | (Omit<Extract<Node, { kind: "directory" }>, "entries"> & { readonly entries: readonly (readonly [string, Ino])[] });

export function serializeTree(tree: FileTree): SavedTree {
  const inodes: [Ino, SavedNode][] = [];
  for (const [ino, node] of tree.inodes()) {
    inodes.push([ino, node.kind === "directory" ? { ...node, entries: [...node.entries] } : node]);
  }
  return { format: 1, inodes };
}

/** Throws `RangeError` for data of a format it does not know. */
export function deserializeTree(saved: SavedTree): FileTree {
  if (saved.format !== 1) throw new RangeError(`unknown tree format ${String(saved.format)}`);
  return FileTree.from(
    saved.inodes.map(([ino, node]): [Ino, Node] => [
      ino,
      node.kind === "directory" ? { ...node, entries: Map(node.entries) } : node,
    ]),
  );
}

import { FileTree } from "./file-tree.ts";

/** One layer's files, read or written: the values, and what reads and makes them. */
export { entriesFromTree, treeFromEntries, walk } from "./changeset.ts";
export { FileTree, type Ino, type Node } from "./file-tree.ts";
export { deserializeTree, type SavedTree, serializeTree } from "./saved-tree.ts";

/** A root directory alone; `FileTree.fresh(mtime)` gives it a time. */
export const emptyTree: FileTree = FileTree.fresh(0);

/** Bytes of regular files, each inode once: what docker counts as a layer's size. */
export function treeSize(tree: FileTree): number {
  return tree.size;
}

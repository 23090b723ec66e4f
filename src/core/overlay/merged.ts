import { type FileTree, ROOT } from "../filesystem/file-tree.ts";
import { root } from "../filesystem/filesystem.ts";
import type { LayerEntry } from "../image/layer-entry.ts";
import { type Found, list, lookup, isFound, rootDentry } from "./dentry.ts";
import { type Lower, lowerIno } from "./lower.ts";
import { Walk } from "./walk.ts";

export { type CellView, type ColumnView, type DirectoryView, directoryView } from "./directory-view.ts";
export { mergedSize, suppliedSizes } from "./merged-size.ts";

/**
 * The merged view as a flat changeset without whiteouts: what `docker export` writes. With `below`, what
 * is in that directory (links followed) and, first, the directory itself, as the root of it all.
 */
export function mergedEntries(lower: Lower, upper: FileTree, below?: string): LayerEntry[] {
  const entries: LayerEntry[] = [];
  const first = new Map<number, string>();
  const top = below === undefined ? rootDentry(lower, upper) : new Walk(below, root, lower, upper).find(true);
  if (below !== undefined) {
    const { mode, uid, gid, mtime, xattrs } = top.node;
    entries.push({ path: "", mode, uid, gid, mtime, ...(xattrs && { xattrs }), kind: "directory" });
  }
  visit(top, "");
  return entries;

  function visit(directory: Found, path: string): void {
    for (const { name } of list(directory, upper)) {
      const dentry = lookup(directory, name, upper);
      if (!isFound(dentry)) continue;
      const at = path === "" ? name : `${path}/${name}`;
      const { mode, uid, gid, mtime, xattrs } = dentry.node;
      const common = { path: at, mode, uid, gid, mtime, ...(xattrs && { xattrs }) };
      const { node } = dentry;
      if (node.kind === "directory") {
        entries.push({ ...common, kind: "directory" });
        visit(dentry, at);
        continue;
      }
      const inode = dentry.upper ?? (dentry.lower ? lowerIno(dentry.lower) : ROOT);
      const target = node.nlink > 1 ? first.get(inode) : undefined;
      if (target !== undefined) {
        entries.push({ ...common, kind: "hardlink", target });
        continue;
      }
      if (node.nlink > 1) first.set(inode, at);
      if (node.kind === "file") entries.push({ ...common, kind: "file", content: node.content });
      else if (node.kind === "symlink") entries.push({ ...common, kind: "symlink", target: node.target });
      else if (node.kind === "fifo") entries.push({ ...common, kind: "fifo" });
      else entries.push({ ...common, kind: node.kind, rdev: node.rdev });
    }
  }
}

import { FileTree, type Ino, ROOT } from "./file-tree.ts";
import { compareNames } from "./name.ts";

/** Added, changed or deleted, and an absolute path. */
export type TreeChange = readonly ["A" | "C" | "D", string];

/**
 * By what two moments of one tree differ, a directory before what is in it, siblings in byte order. A name
 * that leads to another inode is changed; what lies in a directory that is new or gone goes with it unsaid.
 * Nothing but numbers is compared where the trees share structure, and nothing at all when all is shared.
 */
export function treeChanges(before: FileTree, after: FileTree): TreeChange[] {
  const changes: TreeChange[] = [];
  const changed = new Set(FileTree.changed(before, after));
  if (changed.has(ROOT)) changes.push(["C", "/"]);
  if (changed.size > 0) visit(ROOT, "");
  return changes;

  function visit(directory: Ino, path: string): void {
    const old = before.directory(directory).entries;
    const { entries: now, nlink } = after.directory(directory);
    // Most directories hold no other: then only numbers need looking at. (nlink: 2 and one for each inside)
    const isLeaf = nlink === 2;
    const here: [name: string, change: TreeChange[0] | null, inner: Ino | null][] = [];
    now.forEach((ino, name) => {
      const was = now === old ? ino : old.get(name);
      const change = was === undefined ? "A" : was !== ino || changed.has(ino) ? "C" : null;
      const stays = !isLeaf && was === ino && isDirectory(after, ino) && (change === null || isDirectory(before, ino));
      if (change || stays) here.push([name, change, stays ? ino : null]);
    });
    if (now !== old) for (const name of old.keys()) if (!now.has(name)) here.push([name, "D", null]);
    for (const [name, change, inner] of here.sort((a, b) => compareNames(a[0], b[0]))) {
      if (change) changes.push([change, `${path}/${name}`]);
      if (inner !== null) visit(inner, `${path}/${name}`);
    }
  }
}

function isDirectory(tree: FileTree, ino: Ino): boolean {
  return tree.node(ino).kind === "directory";
}

import type { LayerEntry } from "../image/layer-entry.ts";
import { FileSystemError } from "./errno.ts";
import { type FileTree, type Ino, type NewNode, type Node, ROOT, FileTree as Tree } from "./file-tree.ts";
import { compareNames } from "./name.ts";

/**
 * The files of one layer from its tar's entries: what an overlay2 layer directory holds after docker
 * has unpacked it. Where the image-spec (layer.md) and docker differ, the spec decides: a whiteout
 * speaks of the layers below only, in whatever order it stands. Missing parents become root's 0755
 * directories. Throws `FileSystemError` (ENOENT, EPERM) for a hard link to what this layer lacks, as
 * docker refuses it.
 */
export function treeFromEntries(entries: readonly LayerEntry[]): FileTree {
  return Tree.fresh(0).build((tree) => {
    let next = tree;
    for (const entry of entries) next = apply(next, entry);
    return next;
  });
}

function apply(tree: FileTree, entry: LayerEntry): FileTree {
  const names = inside(entry.path);
  const name = names.pop();
  if (name === undefined) return applyToRoot(tree, entry);
  const at = parents(tree, names, entry.mtime);
  const present = at.tree.child(at.ino, name);
  const node = present === undefined ? undefined : at.tree.node(present);

  switch (entry.kind) {
    case "whiteout":
      if (present === undefined || node === undefined) return at.tree.insert(at.ino, name, whiteout(entry.mtime)).tree;
      return node.kind === "directory" ? at.tree.change(present, { opaque: true }) : at.tree;
    case "opaque": {
      const made = parents(at.tree, [...names, name], entry.mtime);
      return made.tree.change(made.ino, { opaque: true });
    }
    case "hardlink": {
      const target = at.tree.find(inside(entry.target));
      if (target === undefined) throw new FileSystemError("ENOENT", entry.target);
      const kind = at.tree.node(target).kind;
      if (kind === "directory" || kind === "whiteout") throw new FileSystemError("EPERM", entry.target);
      return target === present ? at.tree : at.tree.unbind(at.ino, name).bind(at.ino, name, target);
    }
    case "directory": {
      const { mode, uid, gid, mtime, xattrs } = entry;
      if (present !== undefined && node?.kind === "directory") {
        return at.tree.change(present, { mode, uid, gid, mtime, ...(xattrs && { xattrs }) });
      }
      // Over a whiteout of this same layer: what the layers below have there stays hidden.
      const opaque = node?.kind === "whiteout";
      const created: NewNode = { kind: "directory", mode, uid, gid, mtime, opaque, ...(xattrs && { xattrs }) };
      return at.tree.unbind(at.ino, name).insert(at.ino, name, created).tree;
    }
    default: {
      const { path: _, ...created } = entry;
      return at.tree.unbind(at.ino, name).insert(at.ino, name, created).tree;
    }
  }
}

function applyToRoot(tree: FileTree, entry: LayerEntry): FileTree {
  if (entry.kind === "opaque") return tree.change(ROOT, { opaque: true });
  if (entry.kind !== "directory") return tree;
  const { mode, uid, gid, mtime, xattrs } = entry;
  return tree.change(ROOT, { mode, uid, gid, mtime, ...(xattrs && { xattrs }) });
}

/** The directory at `names`, made where it is missing; `mtime` is its time then. */
function parents(tree: FileTree, names: readonly string[], mtime: number): { tree: FileTree; ino: Ino } {
  let at = { tree, ino: ROOT };
  for (const name of names) {
    const ino = at.tree.child(at.ino, name);
    const node = ino === undefined ? undefined : at.tree.node(ino);
    if (ino !== undefined && node?.kind === "directory") {
      at = { tree: at.tree, ino };
      continue;
    }
    const opaque = node?.kind === "whiteout";
    const created: NewNode = { kind: "directory", mode: 0o755, uid: 0, gid: 0, mtime, opaque };
    at = at.tree.unbind(at.ino, name).insert(at.ino, name, created);
  }
  return at;
}

/** The names of a tar path, held inside the root whatever ".." it has. */
function inside(path: string): string[] {
  const names: string[] = [];
  for (const name of path.split("/")) {
    if (name === "..") names.pop();
    else if (name !== "" && name !== ".") names.push(name);
  }
  return names;
}

export function whiteout(mtime: number): NewNode {
  return { kind: "whiteout", mode: 0, uid: 0, gid: 0, mtime };
}

/**
 * The entries of the tar that `docker commit` makes of an upper directory with the overlay2 driver:
 * a lexical walk without the root, everything the upper directory holds. A whiteout stands at its
 * NAME's place with mode 0600; an opaque directory is followed at once by its marker (permission bits
 * of the directory, time 0); later names of an inode are hard links. (moby go-archive, `Tarballer.Do`,
 * `overlayWhiteoutConverter.ConvertWrite`)
 */
export function entriesFromTree(tree: FileTree): LayerEntry[] {
  const entries: LayerEntry[] = [];
  const first = new Map<Ino, string>();
  for (const { path, ino, node } of walk(tree)) {
    if (path === "") continue;
    const common = attributes(path, node);
    if (node.kind === "whiteout") {
      entries.push({ ...common, mode: 0o600, kind: "whiteout" });
      continue;
    }
    const target = first.get(ino);
    if (target !== undefined) {
      entries.push({ ...common, kind: "hardlink", target });
      continue;
    }
    if (node.kind !== "directory" && node.nlink > 1) first.set(ino, path);
    if (node.kind === "file") entries.push({ ...common, kind: "file", content: node.content });
    else if (node.kind === "symlink") entries.push({ ...common, kind: "symlink", target: node.target });
    else if (node.kind === "directory") {
      entries.push({ ...common, kind: "directory" });
      if (node.opaque) {
        const { uid, gid } = common;
        entries.push({ path, uid, gid, mode: common.mode & 0o777, mtime: 0, kind: "opaque" });
      }
    } else if (node.kind === "fifo") entries.push({ ...common, kind: "fifo" });
    else entries.push({ ...common, kind: node.kind, rdev: node.rdev });
  }
  return entries;
}

function attributes(path: string, node: Node) {
  const { mode, uid, gid, mtime, xattrs } = node;
  return { path, mode, uid, gid, mtime, ...(xattrs && { xattrs }) };
}

export interface Walked {
  /** As in {@link LayerEntry}: no leading slash, "" is the root. */
  readonly path: string;
  readonly ino: Ino;
  readonly node: Node;
}

/** Every name of the tree, a directory before what is in it, siblings in byte order. */
export function* walk(tree: FileTree, path = "", ino: Ino = ROOT): Generator<Walked> {
  const node = tree.node(ino);
  yield { path, ino, node };
  if (node.kind !== "directory") return;
  for (const name of [...node.entries.keys()].sort(compareNames)) {
    yield* walk(tree, path === "" ? name : `${path}/${name}`, node.entries.get(name) as Ino);
  }
}

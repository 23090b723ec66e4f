import type { DirectoryEntry, Stat } from "../filesystem/filesystem.ts";
import { type DirectoryNode, type FileTree, type Ino, ROOT, type VisibleNode } from "../filesystem/file-tree.ts";
import { compareNames, nameLength } from "../filesystem/name.ts";
import { type Lower, type LowerNode, lowerIno } from "./lower.ts";

/**
 * A name in the merged view, found or not: what the upper directory has there, and the lower object
 * below it. A directory may have both, all else one of them. Every path makes one a component, so
 * they are made by literals of one shape, which engines are fast with.
 */
export interface Dentry {
  readonly parent: Dentry | null;
  readonly name: string;
  /** Inode in the upper tree. */
  readonly upper: Ino | null;
  /** For a directory with `upper`: what is merged below it; otherwise the object itself. */
  readonly lower: LowerNode | null;
  /** The upper directory has a whiteout here. */
  readonly whiteout: boolean;
  /** What is seen; null when nothing is. */
  readonly node: VisibleNode | null;
}

export interface Found extends Dentry {
  readonly node: VisibleNode;
}

/** Found, and in the upper directory. */
export interface CopiedUp extends Found {
  readonly upper: Ino;
}

/** Without layers the upper directory is a filesystem of its own, and nothing in it is merged. */
export function rootDentry(lower: Lower, upper: FileTree): Found {
  const node = upper.root;
  const below = node.opaque || lower.depth === 0 ? null : lower.root;
  return { parent: null, name: "", upper: ROOT, lower: below, whiteout: false, node };
}

export function isFound(dentry: Dentry): dentry is Found {
  return dentry.node !== null;
}

/**
 * Looks `name` up in a directory: the upper side first; a whiteout ends it, a non-directory is it, a
 * directory that is not opaque is merged with a directory below. (fs/overlayfs/namei.c, ovl_lookup)
 */
export function lookup(parent: Found, name: string, tree: FileTree): Dentry {
  const upper = parent.upper === null ? undefined : tree.child(parent.upper, name);
  const below = parent.lower?.children.get(name);
  if (upper === undefined) {
    return { parent, name, upper: null, lower: below ?? null, whiteout: false, node: below?.node ?? null };
  }
  const node = tree.node(upper);
  if (node.kind === "whiteout") return { parent, name, upper: null, lower: null, whiteout: true, node: null };
  const merges = node.kind === "directory" && !node.opaque && below?.node.kind === "directory";
  return { parent, name, upper, lower: merges ? below : null, whiteout: false, node };
}

/** What a directory lists, sorted by the bytes of the names. */
export function list(directory: Found, tree: FileTree): readonly DirectoryEntry[] {
  const { upper, lower } = directory;
  if (upper === null) return lower?.listing ?? [];
  const { entries } = tree.directory(upper);
  const listed = lower ? lower.listing.filter(({ name }) => !entries.has(name) && lower.children.has(name)) : [];
  for (const [name, ino] of entries) {
    const { kind } = tree.node(ino);
    if (kind !== "whiteout") listed.push({ name, kind });
    // The upper directory alone is read raw: a whiteout in it shows as the device it is.
    else if (!lower) listed.push({ name, kind: "character" });
  }
  return listed.sort((a, b) => compareNames(a.name, b.name));
}

/** True when nothing of a directory shows. (fs/overlayfs/readdir.c, ovl_check_empty_dir) */
export function isEmpty(directory: Found, tree: FileTree): boolean {
  if (directory.upper !== null) {
    for (const ino of tree.directory(directory.upper).entries.values()) {
      if (tree.node(ino).kind !== "whiteout") return false;
    }
  }
  if (!directory.lower) return true;
  const hidden = directory.upper === null ? null : tree.directory(directory.upper).entries;
  for (const name of directory.lower.children.keys()) if (!hidden?.has(name)) return false;
  return true;
}

/** The lower stack of the parent has this name: its removal must leave a whiteout. (fs/overlayfs/util.c, ovl_lower_positive) */
export function lowerPositive(dentry: Found): LowerNode | undefined {
  if (dentry.upper === null) return dentry.lower ?? undefined;
  const below = dentry.parent?.lower;
  return below?.children.get(dentry.name);
}

/** One inode to the kernel: upper names of one inode are, lower ones are not. */
export function sameInode(a: Found, b: Found): boolean {
  if (a.upper !== null || b.upper !== null) return a.upper === b.upper;
  return pathOf(a) === pathOf(b);
}

export function pathOf(dentry: Dentry): string {
  if (!dentry.parent) return "/";
  const above = pathOf(dentry.parent);
  return above === "/" ? `/${dentry.name}` : `${above}/${dentry.name}`;
}

/**
 * stat(2) of what is seen. A directory merged from several places has nlink 1, one of a single layer
 * what that layer's filesystem counts. (fs/overlayfs/inode.c, ovl_getattr)
 */
export function statOf(dentry: Found): Stat {
  const { node, lower, upper } = dentry;
  const merged = upper !== null ? lower !== null : (lower?.layers ?? 0) > 1;
  const stat = {
    kind: node.kind,
    mode: node.mode,
    uid: node.uid,
    gid: node.gid,
    mtime: node.mtime,
    nlink: node.kind === "directory" && merged ? 1 : node.nlink,
    size: sizeOf(node),
    ino: upper !== null ? (node.origin ?? upper) : lower ? lowerIno(lower) : 0,
  };
  return node.kind === "character" || node.kind === "block" ? { ...stat, rdev: node.rdev } : stat;
}

function sizeOf(node: VisibleNode): number {
  if (node.kind === "file") return node.content.size;
  if (node.kind === "symlink") return nameLength(node.target);
  return node.kind === "directory" ? 4096 : 0;
}

export function isDirectory(dentry: Found): dentry is Found & { node: DirectoryNode } {
  return dentry.node.kind === "directory";
}

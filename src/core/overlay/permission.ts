import { FileSystemError } from "../filesystem/errno.ts";
import type { Credentials } from "../filesystem/filesystem.ts";
import type { VisibleNode } from "../filesystem/file-tree.ts";
import { type Found, pathOf } from "./dentry.ts";

export const READ = 4;
export const WRITE = 2;
export const EXECUTE = 1;

export const SET_UID = 0o4000;
export const SET_GID = 0o2000;
const STICKY = 0o1000;

/** CAP_DAC_OVERRIDE, CAP_FOWNER, CAP_CHOWN and CAP_MKNOD go with uid 0 here. */
export function isRoot(who: Credentials): boolean {
  return who.uid === 0;
}

export function inGroup(who: Credentials, gid: number): boolean {
  return who.gid === gid || who.groups.includes(gid);
}

/** The permission bits `want` (READ | WRITE | EXECUTE). (fs/namei.c, generic_permission) */
export function permits(node: VisibleNode, who: Credentials, want: number): boolean {
  if (isRoot(who)) return (want & EXECUTE) === 0 || node.kind === "directory" || (node.mode & 0o111) !== 0;
  const shift = node.uid === who.uid ? 6 : inGroup(who, node.gid) ? 3 : 0;
  return ((node.mode >> shift) & want) === want;
}

export function demand(dentry: Found, who: Credentials, want: number): void {
  if (!permits(dentry.node, who, want)) throw new FileSystemError("EACCES", pathOf(dentry));
}

export function mayCreate(directory: Found, who: Credentials): void {
  demand(directory, who, WRITE | EXECUTE);
}

/** EACCES, then EPERM of a sticky directory, then the kind. (fs/namei.c, may_delete) */
export function mayDelete(victim: Found, who: Credentials, wanted: "directory" | "other"): void {
  const directory = victim.parent as Found;
  demand(directory, who, WRITE | EXECUTE);
  const sticky = (directory.node.mode & STICKY) !== 0;
  if (sticky && !isRoot(who) && victim.node.uid !== who.uid && directory.node.uid !== who.uid) {
    throw new FileSystemError("EPERM", pathOf(victim));
  }
  const isDirectory = victim.node.kind === "directory";
  if (wanted === "directory" && !isDirectory) throw new FileSystemError("ENOTDIR", pathOf(victim));
  if (wanted === "other" && isDirectory) throw new FileSystemError("EISDIR", pathOf(victim));
}

/** Owner or root; else EPERM. */
export function mustOwn(dentry: Found, who: Credentials): void {
  if (!isRoot(who) && dentry.node.uid !== who.uid) throw new FileSystemError("EPERM", pathOf(dentry));
}

/** fs.protected_hardlinks = 1, as every distribution sets it. (fs/namei.c, may_linkat) */
export function mayLink(source: Found, who: Credentials): void {
  const { node } = source;
  if (isRoot(who) || node.uid === who.uid) return;
  const setId = (node.mode & SET_UID) !== 0 || (node.mode & (SET_GID | 0o010)) === (SET_GID | 0o010);
  if (node.kind !== "file" || setId || !permits(node, who, READ | WRITE)) {
    throw new FileSystemError("EPERM", pathOf(source));
  }
}

/** The mode after the bytes were changed by a process without CAP_FSETID. (fs/inode.c, file_remove_privs) */
export function withoutSetId(node: VisibleNode, who: Credentials): number {
  if (isRoot(who) || node.kind !== "file") return node.mode;
  return node.mode & ~SET_UID & ~(dropsSetGid(node, who) ? SET_GID : 0);
}

/** (fs/attr.c, setattr_should_drop_sgid) */
export function dropsSetGid(node: VisibleNode, who: Credentials): boolean {
  return (node.mode & SET_GID) !== 0 && ((node.mode & 0o010) !== 0 || (!isRoot(who) && !inGroup(who, node.gid)));
}

/** Owner and mode of what is created in `directory`. (fs/inode.c, inode_init_owner; mode_strip_sgid) */
export function owned(directory: Found, mode: number, kind: VisibleNode["kind"], who: Credentials) {
  const inherits = (directory.node.mode & SET_GID) !== 0;
  const gid = inherits ? directory.node.gid : who.gid;
  let bits = kind === "symlink" ? 0o777 : mode & ~who.umask & (kind === "directory" ? 0o1777 : 0o7777);
  if (inherits && kind === "directory") bits |= SET_GID;
  else if (inherits && (bits & (SET_GID | 0o010)) === (SET_GID | 0o010) && !isRoot(who) && !inGroup(who, gid)) {
    bits &= ~SET_GID;
  }
  return { uid: who.uid, gid, mode: bits };
}

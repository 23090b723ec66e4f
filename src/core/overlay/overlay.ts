import { type Content, resize } from "../filesystem/content.ts";
import type {
  Credentials,
  DirectoryEntry,
  FileSystem,
  Keep,
  OpenFlags,
  RenameFlag,
  Stat,
} from "../filesystem/filesystem.ts";
import type { FileTree, NewNode, VisibleNode } from "../filesystem/file-tree.ts";
import { nameLength } from "../filesystem/name.ts";
import { type Dentry, type Found, isDirectory, isEmpty, isFound, list, lowerPositive, statOf } from "./dentry.ts";
import { type Drivers, memoryDevices } from "./device.ts";
import type { Lower } from "./lower.ts";
import { openFile } from "./open.ts";
import { type OpenFile, OpenObjects } from "./open-file.ts";
import * as permission from "./permission.ts";
import { rename } from "./rename.ts";
import { Upper, type UpperOptions } from "./upper.ts";
import { PATH_MAX, Walk } from "./walk.ts";

export interface OverlayOptions extends UpperOptions {
  /** What the machine's character devices are; default: null, zero and full. */
  readonly drivers?: Drivers;
}

/**
 * A mount of overlayfs with docker's options (index, redirect_dir, metacopy and xino off): a lower stack
 * and one upper directory, merged. It is a cursor: each call that changes something replaces `upper` by
 * a new value, and every value stays valid. What it answers was compared, call by call, with a real
 * kernel (`conformance.ts`). Sources: Linux Documentation/filesystems/overlayfs.rst, fs/overlayfs, fs/namei.c.
 */
export class OverlayFileSystem implements FileSystem {
  readonly #lower: Lower;
  readonly #upper: Upper;
  readonly #open: OpenObjects;

  constructor(lower: Lower, upper: FileTree, options: OverlayOptions) {
    this.#lower = lower;
    this.#open = new OpenObjects(options.drivers ?? memoryDevices);
    this.#upper = new Upper(upper, options, this.#open);
  }

  /** The upper directory as it is now. */
  get upper(): FileTree {
    return this.#upper.tree;
  }

  get mountPoints(): Set<string> {
    return this.#upper.mountPoints;
  }

  /** Which layer supplies what is seen at `path` (links followed): its number from the bottom, or the upper directory. */
  resolve(path: string, who: Credentials): { layer: "upper" | number } {
    const found = this.#walk(path, who).find(true);
    return { layer: found.upper !== null ? "upper" : (found.lower?.layer ?? -1) };
  }

  stat(path: string, who: Credentials): Stat {
    return statOf(this.#walk(path, who).find(true));
  }

  lstat(path: string, who: Credentials): Stat {
    return statOf(this.#walk(path, who).find(false));
  }

  /** Sorted by the bytes of the names; the kernel's order is its filesystem's hash order. */
  readdir(path: string, who: Credentials): readonly DirectoryEntry[] {
    const walk = this.#walk(path, who);
    const found = walk.find(true);
    if (!isDirectory(found)) throw walk.error("ENOTDIR");
    permission.demand(found, who, permission.READ);
    return list(found, this.upper);
  }

  readlink(path: string, who: Credentials): string {
    const walk = this.#walk(path, who);
    const { node } = walk.find(false);
    if (node.kind !== "symlink") throw walk.error("EINVAL");
    return node.target;
  }

  access(path: string, mode: string, who: Credentials): void {
    const found = this.#walk(path, who).find(true);
    const bits = { r: permission.READ, w: permission.WRITE, x: permission.EXECUTE };
    let want = 0;
    for (const letter of mode) want |= bits[letter as keyof typeof bits] ?? 0;
    permission.demand(found, who, want);
  }

  /** open(2); close what you open. */
  open(path: string, flags: OpenFlags, mode: number, who: Credentials): OpenFile {
    return openFile(this.#walk(path, who), flags, mode, who, this.#upper, this.#open);
  }

  read(path: string, who: Credentials): Content {
    const found = this.#walk(path, who).find(true);
    if (found.node.kind === "file") {
      // Nothing can come between open and close here, so what keeps track of open files need not know.
      permission.demand(found, who, permission.READ);
      return found.node.content;
    }
    const file = this.open(path, { read: true }, 0, who);
    try {
      return file.read();
    } finally {
      file.close();
    }
  }

  write(path: string, content: Content, flags: OpenFlags, mode: number, who: Credentials): void {
    const file = this.open(path, { write: true, ...flags }, mode, who);
    try {
      if (content.size > 0) file.write(content, who);
    } finally {
      file.close();
    }
  }

  truncate(path: string, size: number, who: Credentials): void {
    const walk = this.#walk(path, who);
    if (size < 0) throw walk.error("EINVAL");
    const found = walk.find(true);
    if (isDirectory(found)) throw walk.error("EISDIR");
    if (found.node.kind !== "file") throw walk.error("EINVAL");
    permission.demand(found, who, permission.WRITE);
    const before = found.node.content;
    const content = resize(before, size);
    const mode = permission.withoutSetId(found.node, who);
    const { upper } = this.#upper.copyUp(found, "write");
    this.#upper.change(upper, { content, mode, mtime: this.#upper.now() });
    this.#upper.emit({ type: "write", path: walk.pathOf(found), before: before.size, size });
  }

  mkdir(path: string, mode: number, who: Credentials): void {
    this.#create(path, who, true, (directory) => ({
      kind: "directory",
      opaque: false,
      ...this.#owned(directory, mode, "directory", who),
    }));
  }

  symlink(target: string, path: string, who: Credentials): void {
    if (target === "") throw this.#walk(path, who).error("ENOENT");
    if (nameLength(target) >= PATH_MAX) throw this.#walk(path, who).error("ENAMETOOLONG");
    this.#create(path, who, false, (directory) => ({
      kind: "symlink",
      target,
      ...this.#owned(directory, 0o777, "symlink", who),
    }));
  }

  mknod(
    path: string,
    kind: "character" | "block" | "fifo",
    mode: number,
    rdev: readonly [number, number],
    who: Credentials,
  ): void {
    this.#create(path, who, false, (directory, walk) => {
      const isWhiteout = kind === "character" && rdev[0] === 0 && rdev[1] === 0;
      // A process cannot make what the upper directory means as a whiteout. (fs/overlayfs/dir.c, ovl_mknod)
      if (kind !== "fifo" && (isWhiteout || !permission.isRoot(who))) throw walk.error("EPERM");
      const owned = this.#owned(directory, mode, kind, who);
      return kind === "fifo" ? { kind, ...owned } : { kind, rdev, ...owned };
    });
  }

  link(existing: string, created: string, who: Credentials): void {
    const from = this.#walk(existing, who);
    const source = from.find(false);
    const to = this.#walk(created, who);
    const place = this.#place(to, false);
    permission.mayLink(source, who);
    permission.mayCreate(place.parent as Found, who);
    if (isDirectory(source)) throw from.error("EPERM");
    const { upper: ino } = this.#upper.copyUp(source, "link");
    const parent = this.#upper.copyUp(place.parent as Found, "entries");
    this.#upper.clear(parent.upper, place);
    this.#upper.tree = this.#upper.tree.bind(parent.upper, place.name, ino);
    this.#upper.touch(parent.upper);
    this.#upper.emit({ type: "link", path: from.pathOf(source), to: to.pathOf(place) });
  }

  unlink(path: string, who: Credentials): void {
    const walk = this.#walk(path, who);
    const last = walk.last();
    if (last.kind !== "name") throw walk.error("EISDIR");
    const victim = walk.lookup(last);
    if (!isFound(victim)) throw walk.error("ENOENT");
    if (last.slash) throw walk.error(isDirectory(victim) ? "EISDIR" : "ENOTDIR");
    permission.mayDelete(victim, who, "other");
    this.#upper.mustNotBeBusy(victim);
    this.#upper.remove(victim);
  }

  rmdir(path: string, who: Credentials): void {
    const walk = this.#walk(path, who);
    const last = walk.last();
    if (last.kind === "dotdot") throw walk.error("ENOTEMPTY");
    if (last.kind === "dot") throw walk.error("EINVAL");
    if (last.kind === "root") throw walk.error("EBUSY");
    const victim = walk.lookup(last);
    if (!isFound(victim)) throw walk.error("ENOENT");
    permission.mayDelete(victim, who, "directory");
    this.#upper.mustNotBeBusy(victim);
    // A directory of the upper side alone is left to the filesystem below, which counts whiteouts too.
    const merged = victim.lower !== null || lowerPositive(victim) !== undefined;
    const empty = merged ? isEmpty(victim, this.upper) : list(victim, this.upper).length === 0;
    if (!empty) throw walk.error("ENOTEMPTY");
    this.#upper.remove(victim);
  }

  rename(from: string, to: string, who: Credentials, flag: RenameFlag = "none"): void {
    rename(this.#walk(from, who), this.#walk(to, who), who, flag, this.#upper);
  }

  chmod(path: string, mode: number, who: Credentials): void {
    const walk = this.#walk(path, who);
    const found = walk.find(true);
    permission.mustOwn(found, who);
    const keepsGroup = permission.isRoot(who) || permission.inGroup(who, found.node.gid);
    this.#upper.changeAttributes(found, "mode", { mode: mode & 0o7777 & ~(keepsGroup ? 0 : permission.SET_GID) });
  }

  chown(
    path: string,
    uid: number | Keep,
    gid: number | Keep,
    who: Credentials,
    options: { follow: boolean } = { follow: true },
  ): void {
    const walk = this.#walk(path, who);
    const found = walk.find(options.follow);
    const { node } = found;
    const owner = node.uid === who.uid;
    const giveAway = uid !== -1 && !(owner && uid === node.uid);
    const regroup = gid !== -1 && !(owner && (gid === node.gid || permission.inGroup(who, gid)));
    let mode = node.mode;
    // Set-id goes with the owner, whoever changes it. (fs/open.c, chown_common)
    if (node.kind !== "directory") {
      mode &= ~permission.SET_UID;
      if (permission.dropsSetGid(node, who)) mode &= ~permission.SET_GID;
    }
    const dropsBits = mode !== node.mode && !owner;
    if (!permission.isRoot(who) && (giveAway || regroup || dropsBits)) throw walk.error("EPERM");
    const change = { mode, uid: uid === -1 ? node.uid : uid, gid: gid === -1 ? node.gid : gid };
    this.#upper.changeAttributes(found, "owner", change);
  }

  /** (fs/attr.c, may_setattr for "now", setattr_prepare for a time) */
  utimes(path: string, mtime: number | "now", who: Credentials, options: { follow: boolean } = { follow: true }): void {
    const walk = this.#walk(path, who);
    const found = walk.find(options.follow);
    if (mtime !== "now") permission.mustOwn(found, who);
    else if (found.node.uid !== who.uid) permission.demand(found, who, permission.WRITE);
    this.#upper.changeAttributes(found, "time", { mtime: mtime === "now" ? this.#upper.now() : mtime });
  }

  #walk(path: string, who: Credentials): Walk {
    return new Walk(path, who, this.#lower, this.upper);
  }

  /** Where something can be created. (fs/namei.c, filename_create) */
  #place(walk: Walk, directory: boolean): Dentry {
    const last = walk.last();
    if (last.kind !== "name") throw walk.error("EEXIST");
    const place = walk.lookup(last);
    if (isFound(place)) throw walk.error("EEXIST");
    if (last.slash && !directory) throw walk.error("ENOENT");
    return place;
  }

  #create(path: string, who: Credentials, directory: boolean, node: (parent: Found, walk: Walk) => NewNode): void {
    const walk = this.#walk(path, who);
    const place = this.#place(walk, directory);
    const parent = place.parent as Found;
    permission.mayCreate(parent, who);
    this.#upper.create(place, node(parent, walk));
  }

  #owned(directory: Found, mode: number, kind: VisibleNode["kind"], who: Credentials) {
    return { ...permission.owned(directory, mode, kind, who), mtime: this.#upper.now() };
  }
}

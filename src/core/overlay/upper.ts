import { emptyContent } from "../filesystem/content.ts";
import { whiteout } from "../filesystem/changeset.ts";
import { FileSystemError } from "../filesystem/errno.ts";
import type { FileTree, Ino, NewNode, NodeChange, VisibleNode } from "../filesystem/file-tree.ts";
import { type CopiedUp, type Dentry, type Found, lowerPositive, pathOf } from "./dentry.ts";
import type { AttributeChange, CopyUpCause, OverlayEvent } from "./event.ts";
import { type LowerNode, lowerIno } from "./lower.ts";

export interface UpperOptions {
  /** Seconds since 1970. */
  readonly now: () => number;
  readonly onEvent?: (event: OverlayEvent) => void;
}

/** Told what becomes of objects that may be open. */
export interface Watch {
  /** The lower object at `path` is `ino` of the upper tree now. */
  copiedUp(path: string, ino: Ino): void;
  /** The last name of an upper inode is gone; `node` is what it was. */
  removed(ino: Ino, node: VisibleNode): void;
  /** The lower object at `path` has lost its name, in the upper tree's `directory`. */
  hidden(path: string, directory: Ino): void;
}

/** An upper directory in the course of changes: what overlayfs does to it, step by step. */
export class Upper {
  constructor(
    public tree: FileTree,
    private readonly options: UpperOptions,
    private readonly watch: Watch,
  ) {}

  /** What else is mounted stands on these names; their objects stay. */
  readonly mountPoints = new Set<string>();

  /** (fs/namei.c, is_local_mountpoint in vfs_rmdir, vfs_unlink and vfs_rename) */
  mustNotBeBusy(dentry: Dentry): void {
    if (this.mountPoints.size > 0 && this.mountPoints.has(pathOf(dentry))) {
      throw new FileSystemError("EBUSY", pathOf(dentry));
    }
  }

  emit(event: OverlayEvent): void {
    this.options.onEvent?.(event);
  }

  now(): number {
    return this.options.now();
  }

  /**
   * Copies an object up, and before it each missing parent: mode, owner, times, xattrs and, unless it is
   * about to be truncated, the data. No time changes anywhere. A lower hard link is broken.
   * (overlayfs.rst, "Non-directories"; fs/overlayfs/copy_up.c)
   */
  copyUp(dentry: Found, cause: CopyUpCause): CopiedUp {
    if (dentry.upper !== null || !dentry.lower) return dentry as CopiedUp;
    const parent = this.copyUp(dentry.parent as Found, "entries");
    const { lower, node } = dentry;
    const below = node.kind === "directory" ? lower : null;
    // An earlier step of this same call may have copied it up already.
    const done = this.tree.child(parent.upper, dentry.name);
    if (done !== undefined) return { ...dentry, parent, upper: done, lower: below, node: this.node(done) };
    const data = cause !== "truncate";
    const { tree, ino } = this.tree.insert(parent.upper, dentry.name, copyOf(lower, data));
    this.tree = tree;
    const path = pathOf(dentry);
    const size = node.kind === "file" && data ? node.content.size : 0;
    const names = node.kind === "directory" ? 1 : node.nlink;
    this.emit({ type: "copy-up", path, kind: node.kind, size, layer: lower.layer, cause, names });
    this.watch.copiedUp(path, ino);
    return { ...dentry, parent, upper: ino, lower: below, node: this.node(ino) };
  }

  /**
   * Copies up what is open and has lost its name in `directory`. The kernel wants the old name all the same:
   * a file is linked to it, all else renamed onto what stands there now, a whiteout at least.
   * (fs/overlayfs/copy_up.c, ovl_copy_up_tmpfile; ovl_copy_up_workdir)
   */
  copyUpNameless(dentry: Found, directory: Ino): CopiedUp {
    const { lower, name, node } = dentry;
    const path = pathOf(dentry);
    if (!this.tree.has(directory)) throw new FileSystemError(node.kind === "file" ? "ENOENT" : "EIO", path);
    const there = this.tree.child(directory, name);
    if (node.kind === "file" || !lower || there === undefined) throw new FileSystemError("EEXIST", path);
    const taken = this.tree.node(there);
    if (node.kind !== "directory" && taken.kind === "directory") throw new FileSystemError("EISDIR", path);
    if (node.kind === "directory" && taken.kind !== "directory") throw new FileSystemError("ENOTDIR", path);
    if (taken.kind === "directory" && taken.entries.size > 0) throw new FileSystemError("ENOTEMPTY", path);
    this.drop(directory, name);
    const { tree, ino } = this.tree.insert(directory, name, copyOf(lower, true));
    this.tree = tree;
    this.emit({ type: "copy-up", path, kind: node.kind, size: 0, layer: lower.layer, cause: "mode", names: 1 });
    return { ...dentry, upper: ino, node: this.node(ino) };
  }

  /** A new object at a name that nothing is seen at. (fs/overlayfs/dir.c, ovl_create_or_link) */
  create(place: Dentry, created: NewNode): Ino {
    const parent = this.copyUp(place.parent as Found, "entries");
    this.clear(parent.upper, place);
    // Over a whiteout: the directory that the whiteout hid must not show through the new one.
    const opaque = created.kind === "directory" && place.whiteout;
    const { tree, ino } = this.tree.insert(parent.upper, place.name, opaque ? { ...created, opaque } : created);
    this.tree = tree;
    this.touch(parent.upper);
    const path = pathOf(place);
    const size = created.kind === "file" ? created.content.size : 0;
    const kind = created.kind as VisibleNode["kind"];
    this.emit({ type: "create", path, kind, size, over: place.whiteout ? "whiteout" : "nothing" });
    if (opaque) this.emit({ type: "opaque", path });
    return ino;
  }

  /** Takes a name out of the merged view: a whiteout is left exactly when the layers below have it. */
  remove(victim: Found): void {
    const below = lowerPositive(victim);
    const parent = this.copyUp(victim.parent as Found, "entries");
    if (victim.upper !== null) this.drop(parent.upper, victim.name);
    else this.watch.hidden(pathOf(victim), parent.upper);
    const path = pathOf(victim);
    if (below) this.hide(parent.upper, victim, below);
    else {
      const size = victim.node.kind === "file" ? victim.node.content.size : 0;
      this.emit({ type: "remove", path, kind: victim.node.kind, size });
    }
    this.touch(parent.upper);
  }

  /** Puts a whiteout where the upper directory has nothing (any more). */
  hide(directory: Ino, place: Dentry, below: LowerNode): void {
    this.tree = this.tree.insert(directory, place.name, whiteout(this.now())).tree;
    this.emit({ type: "whiteout", path: pathOf(place), layer: below.layer });
  }

  /** Makes room for a new object: removes a whiteout, or the object that is replaced. */
  clear(directory: Ino, place: Dentry): void {
    if (place.whiteout) this.tree = this.tree.unbind(directory, place.name);
    else if (place.upper !== null) this.drop(directory, place.name);
    else if (place.lower) this.watch.hidden(pathOf(place), directory);
  }

  makeOpaque(dentry: CopiedUp): void {
    this.tree = this.tree.change(dentry.upper, { opaque: true });
    this.emit({ type: "opaque", path: pathOf(dentry) });
  }

  change(ino: Ino, change: NodeChange): void {
    this.tree = this.tree.change(ino, change);
  }

  /** chmod, chown, utimes: even these copy a file up whole. */
  changeAttributes(dentry: Found, what: AttributeChange, change: NodeChange): void {
    this.change(this.copyUp(dentry, what).upper, change);
    this.emit({ type: "attributes", path: pathOf(dentry), change: what });
  }

  /** A directory's entries changed. */
  touch(directory: Ino): void {
    this.tree = this.tree.change(directory, { mtime: this.now() });
  }

  node(ino: Ino): VisibleNode {
    return this.tree.node(ino) as VisibleNode;
  }

  private drop(directory: Ino, name: string): void {
    const ino = this.tree.child(directory, name);
    const node = ino === undefined ? undefined : this.node(ino);
    this.tree = this.tree.unbind(directory, name);
    if (ino !== undefined && node && !this.tree.has(ino)) this.watch.removed(ino, node);
  }
}

function copyOf(lower: LowerNode, data: boolean): NewNode {
  const { node } = lower;
  // An inode with several names keeps no origin: its copy is another object. (ovl_set_origin)
  const origin = node.kind === "directory" || node.nlink === 1 ? { origin: node.origin ?? lowerIno(lower) } : {};
  const { nlink: _, origin: __, ...attributes } = node;
  if (attributes.kind === "directory") {
    const { entries: ___, ...directory } = attributes;
    return { ...directory, ...origin, opaque: false };
  }
  if (attributes.kind === "file" && !data) return { ...attributes, ...origin, content: emptyContent };
  return { ...attributes, ...origin };
}

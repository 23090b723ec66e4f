import { type Content, overwrite, resize } from "../filesystem/content.ts";
import { FileSystemError } from "../filesystem/errno.ts";
import type { Credentials, OpenFlags, Stat } from "../filesystem/filesystem.ts";
import type { Ino, NodeChange, VisibleNode } from "../filesystem/file-tree.ts";
import { split } from "../filesystem/path.ts";
import { type Found, pathOf, statOf } from "./dentry.ts";
import { SET_GID, inGroup, isRoot, withoutSetId } from "./permission.ts";
import type { Upper } from "./upper.ts";

/**
 * What open files hold on to: an object, whether it still has a name or not. A file opened for reading
 * on a lower layer shows the new data once somebody copied it up. (overlayfs.rst, "Non-standard behavior")
 */
export interface OpenObject {
  dentry: Found;
  /** Set when the last name is gone: the node as it was, and as writes through open files change it. */
  orphan: VisibleNode | null;
  users: number;
}

/** Reading is implied unless writing alone is wanted. */
export function reads(flags: OpenFlags): boolean {
  return flags.read ?? !flags.write;
}

/** Everything open on one mount. */
export class OpenObjects {
  private readonly byInode = new Map<Ino, OpenObject>();
  private readonly byPath = new Map<string, OpenObject>();

  hold(dentry: Found): OpenObject {
    const key = dentry.upper ?? pathOf(dentry);
    const known = typeof key === "number" ? this.byInode.get(key) : this.byPath.get(key);
    const object = known ?? { dentry, orphan: null, users: 0 };
    object.users += 1;
    if (typeof key === "number") this.byInode.set(key, object);
    else this.byPath.set(key, object);
    return object;
  }

  release(object: OpenObject): void {
    object.users -= 1;
    if (object.users > 0) return;
    const { dentry } = object;
    if (dentry.upper !== null && this.byInode.get(dentry.upper) === object) this.byInode.delete(dentry.upper);
    const path = pathOf(dentry);
    if (this.byPath.get(path) === object) this.byPath.delete(path);
  }

  copiedUp(path: string, ino: Ino): void {
    const object = this.byPath.get(path);
    if (!object) return;
    this.byPath.delete(path);
    const { dentry } = object;
    object.dentry = { ...dentry, upper: ino, lower: dentry.node.kind === "directory" ? dentry.lower : null };
    this.byInode.set(ino, object);
  }

  removed(ino: Ino, node: VisibleNode): void {
    const object = this.byInode.get(ino);
    if (!object) return;
    object.orphan = { ...node, nlink: 0 };
    this.byInode.delete(ino);
  }

  /** A lower object lost its name; a new one at that path is another object. */
  hidden(path: string): void {
    const object = this.byPath.get(path);
    if (!object) return;
    object.orphan = object.dentry.node;
    this.byPath.delete(path);
  }
}

/** An open file. Reading and writing follow the object, not the path. Every call throws `FileSystemError`. */
export class OpenFile {
  private position = 0;
  private open = true;

  constructor(
    private readonly object: OpenObject,
    private readonly objects: OpenObjects,
    private readonly flags: OpenFlags,
    private readonly upper: Upper,
    private readonly who: Credentials,
  ) {}

  get kind(): VisibleNode["kind"] {
    return this.object.dentry.node.kind;
  }

  /** The whole content, as pread(2) from 0 gives it. */
  read(): Content {
    const node = this.node;
    if (!reads(this.flags)) throw this.error("EBADF");
    if (node.kind === "directory") throw this.error("EISDIR");
    if (node.kind === "fifo") throw this.error("ESPIPE");
    if (node.kind !== "file") throw this.error("EINVAL");
    return node.content;
  }

  /** At the file position, or at the end with O_APPEND. */
  write(bytes: Content): void {
    const node = this.node;
    if (!this.flags.write) throw this.error("EBADF");
    if (bytes.size === 0) return;
    if (node.kind !== "file") throw this.error("EINVAL");
    const at = this.flags.append ? node.content.size : this.position;
    this.position = at + bytes.size;
    this.setContent(node.content.size, overwrite(node.content, at, bytes));
  }

  truncate(size: number): void {
    const node = this.node;
    if (!this.flags.write || node.kind !== "file") throw this.error("EINVAL");
    this.setContent(node.content.size, resize(node.content, size));
  }

  stat(): Stat {
    const { dentry, orphan } = this.object;
    return statOf({ ...dentry, node: orphan ?? this.node });
  }

  chmod(mode: number): void {
    const node = this.node;
    if (!isRoot(this.who) && this.who.uid !== node.uid) throw this.error("EPERM");
    const keepsGroup = isRoot(this.who) || inGroup(this.who, node.gid);
    const { dentry, orphan } = this.object;
    if (orphan && dentry.upper === null && this.nameIsTaken()) throw this.error("EEXIST");
    if (orphan === null && dentry.upper === null) this.object.dentry = this.upper.copyUp(dentry, "mode");
    this.change({ mode: mode & 0o7777 & ~(keepsGroup ? 0 : SET_GID) });
    this.upper.emit({ type: "attributes", path: pathOf(dentry), change: "mode" });
  }

  close(): void {
    if (!this.open) throw this.error("EBADF");
    this.open = false;
    this.objects.release(this.object);
  }

  /** Copying an unlinked lower file up still wants its old name, which something else may have now. */
  private nameIsTaken(): boolean {
    const { tree } = this.upper;
    const ino = tree.find(split(pathOf(this.object.dentry)));
    return ino !== undefined && tree.node(ino).kind !== "whiteout";
  }

  private get node(): VisibleNode {
    if (!this.open) throw this.error("EBADF");
    const { dentry, orphan } = this.object;
    if (orphan) return orphan;
    return dentry.upper === null ? dentry.node : this.upper.node(dentry.upper);
  }

  private setContent(before: number, content: Content): void {
    const mode = withoutSetId(this.node, this.who);
    this.change({ content, mtime: this.upper.now(), mode });
    this.upper.emit({ type: "write", path: pathOf(this.object.dentry), before, size: content.size });
  }

  private change(change: NodeChange): void {
    const { dentry, orphan } = this.object;
    if (orphan) this.object.orphan = { ...orphan, ...change } as VisibleNode;
    else if (dentry.upper !== null) this.upper.change(dentry.upper, change);
  }

  private error(code: ConstructorParameters<typeof FileSystemError>[0]): FileSystemError {
    return new FileSystemError(code, pathOf(this.object.dentry));
  }
}

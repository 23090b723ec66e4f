import { type Content, overwrite, resize } from "../filesystem/content.ts";
import { FileSystemError } from "../filesystem/errno.ts";
import type { Credentials, OpenFlags, Stat } from "../filesystem/filesystem.ts";
import type { DeviceNode, Ino, NodeChange, VisibleNode } from "../filesystem/file-tree.ts";
import { type CopiedUp, type Found, pathOf, statOf } from "./dentry.ts";
import { type Driver, type Drivers, isDevice } from "./device.ts";
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
  /** Where a lower object had its name: the directory's inode in the upper tree, which may be gone. */
  orphanOf: Ino | null;
  users: number;
  /** How many of them read. */
  readers: number;
}

/** Reading is implied unless writing alone is wanted. */
export function reads(flags: OpenFlags): boolean {
  return flags.read ?? !flags.write;
}

/** Everything open on one mount, and what its devices are. */
export class OpenObjects {
  private readonly byInode = new Map<Ino, OpenObject>();
  private readonly byPath = new Map<string, OpenObject>();

  constructor(private readonly drivers: Drivers) {}

  driver(node: DeviceNode): Driver | undefined {
    return node.kind === "character" ? this.drivers[node.rdev.join(":")] : undefined;
  }

  /** Somebody has it open for reading. */
  isRead(dentry: Found): boolean {
    return (this.find(dentry)?.readers ?? 0) > 0;
  }

  hold(dentry: Found, flags: OpenFlags): OpenObject {
    const object = this.find(dentry) ?? { dentry, orphan: null, orphanOf: null, users: 0, readers: 0 };
    object.users += 1;
    if (reads(flags)) object.readers += 1;
    if (dentry.upper !== null) this.byInode.set(dentry.upper, object);
    else this.byPath.set(pathOf(dentry), object);
    return object;
  }

  release(object: OpenObject, flags: OpenFlags): void {
    object.users -= 1;
    if (reads(flags)) object.readers -= 1;
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

  /** A lower object lost its name in `directory`; a new one at that path is another object. */
  hidden(path: string, directory: Ino): void {
    const object = this.byPath.get(path);
    if (!object) return;
    object.orphan = object.dentry.node;
    object.orphanOf = directory;
    this.byPath.delete(path);
  }

  /** A lower object has a name again, in the upper directory. */
  named(object: OpenObject, dentry: CopiedUp): void {
    object.dentry = dentry;
    object.orphan = null;
    object.orphanOf = null;
    this.byInode.set(dentry.upper, object);
  }

  private find(dentry: Found): OpenObject | undefined {
    return dentry.upper !== null ? this.byInode.get(dentry.upper) : this.byPath.get(pathOf(dentry));
  }
}

/**
 * An open file. Reading and writing follow the object, not the path; what its bytes allow was asked at
 * open(2), all else is asked of who calls. Every call throws `FileSystemError`.
 */
export class OpenFile {
  private position = 0;
  private open = true;

  constructor(
    private readonly object: OpenObject,
    private readonly objects: OpenObjects,
    private readonly flags: OpenFlags,
    private readonly upper: Upper,
  ) {}

  get kind(): VisibleNode["kind"] {
    return this.object.dentry.node.kind;
  }

  /** False once its last name is gone. */
  get named(): boolean {
    return this.object.orphan === null;
  }

  /** The whole content, as pread(2) from 0 gives it. */
  read(): Content {
    const node = this.node;
    const driver = this.driver;
    if (node.kind === "fifo" || (driver && !driver.read)) throw this.error("ESPIPE");
    if (!reads(this.flags)) throw this.error("EBADF");
    if (driver?.read) return driver.read(this.path);
    if (node.kind !== "file") throw this.error("EISDIR");
    return node.content;
  }

  /** At the file position, or at the end with O_APPEND. */
  write(bytes: Content, who: Credentials): void {
    const node = this.node;
    if (!this.flags.write) throw this.error("EBADF");
    if (this.driver) return this.driver.write(bytes, this.path);
    if (bytes.size === 0) return;
    if (node.kind === "fifo" && this.object.readers === 0) throw this.error("EPIPE");
    if (node.kind !== "file") return;
    const at = this.flags.append ? node.content.size : this.position;
    this.position = at + bytes.size;
    this.setContent(node.content.size, overwrite(node.content, at, bytes), who);
  }

  truncate(size: number, who: Credentials): void {
    const node = this.node;
    if (!this.flags.write || node.kind !== "file") throw this.error("EINVAL");
    this.setContent(node.content.size, resize(node.content, size), who);
  }

  stat(): Stat {
    const { dentry, orphan } = this.object;
    return statOf({ ...dentry, node: orphan ?? this.node });
  }

  chmod(mode: number, who: Credentials): void {
    const node = this.node;
    if (!isRoot(who) && who.uid !== node.uid) throw this.error("EPERM");
    const keepsGroup = isRoot(who) || inGroup(who, node.gid);
    if (this.object.dentry.upper === null) this.copyUp(this.object);
    this.change({ mode: mode & 0o7777 & ~(keepsGroup ? 0 : SET_GID) });
    this.upper.emit({ type: "attributes", path: this.path, change: "mode" });
  }

  close(): void {
    if (!this.open) throw this.error("EBADF");
    this.open = false;
    this.objects.release(this.object, this.flags);
  }

  private copyUp(object: OpenObject): void {
    const { dentry, orphanOf } = object;
    if (orphanOf === null) object.dentry = this.upper.copyUp(dentry, "mode");
    else this.objects.named(object, this.upper.copyUpNameless(dentry, orphanOf));
  }

  private get driver(): Driver | undefined {
    const node = this.node;
    return isDevice(node) ? this.objects.driver(node) : undefined;
  }

  private get path(): string {
    return pathOf(this.object.dentry);
  }

  private get node(): VisibleNode {
    if (!this.open) throw this.error("EBADF");
    const { dentry, orphan } = this.object;
    if (orphan) return orphan;
    return dentry.upper === null ? dentry.node : this.upper.node(dentry.upper);
  }

  private setContent(before: number, content: Content, who: Credentials): void {
    const mode = withoutSetId(this.node, who);
    this.change({ content, mtime: this.upper.now(), mode });
    this.upper.emit({ type: "write", path: this.path, before, size: content.size });
  }

  private change(change: NodeChange): void {
    const { dentry, orphan } = this.object;
    if (orphan) this.object.orphan = { ...orphan, ...change } as VisibleNode;
    else if (dentry.upper !== null) this.upper.change(dentry.upper, change);
  }

  private error(code: ConstructorParameters<typeof FileSystemError>[0]): FileSystemError {
    return new FileSystemError(code, this.path);
  }
}

import type { Content } from "./content.ts";
import { FileSystemError } from "./errno.ts";
import type { Errno } from "./errno.ts";
import type { Credentials, DirectoryEntry, FileSystem, Keep, OpenFlags, RenameFlag, Stat } from "./filesystem.ts";
import { hasOption } from "./mount.ts";
import type { Mount } from "./mount.ts";
import { type Entry, isErrno, MountNamespace, type Place } from "./mount-namespace.ts";

/**
 * Several filesystems as one tree, as a mount namespace shows it. Symbolic links are followed here,
 * because they may lead from one mount into another; each filesystem gets paths that hold none. What
 * the VFS answers for the mounts is answered here, in its order: EROFS, and EXDEV between mounts; that
 * a mount point is busy, each filesystem says itself (`FileSystem.mountPoints`). The order was compared
 * with a real kernel (`mounted.test.ts`).
 */
export class MountedFileSystem implements FileSystem {
  /** As they were mounted: the order of /proc/mounts. */
  readonly mounts: readonly Mount[];
  readonly #names: MountNamespace;
  readonly #changed: () => void;
  readonly #looked: (path: string, who: Credentials, options: { follow: boolean }) => void;

  /**
   * `changed` is called after each call that may have changed something, whether it succeeded or not;
   * `looked` before one that looks what is at a path, or reads it.
   */
  constructor(
    mounts: readonly Mount[],
    changed: () => void = () => {},
    looked: (path: string, who: Credentials, options: { follow: boolean }) => void = () => {},
  ) {
    this.mounts = mounts;
    this.#names = new MountNamespace(mounts);
    this.#changed = changed;
    this.#looked = looked;
  }

  mountOf(path: string, who: Credentials, options = { follow: true }): Mount {
    return this.#names.place(path, who, options.follow).mount;
  }

  /** The absolute path without symbolic links. Throws as stat does, but the last name may be missing. */
  realpath(path: string, who: Credentials, options = { follow: true }): string {
    return this.#names.place(path, who, options.follow).absolute;
  }

  isMountPoint(path: string, who: Credentials): boolean {
    return this.#names.isMountPoint(this.#names.place(path, who, false).absolute);
  }

  stat(path: string, who: Credentials): Stat {
    this.#looked(path, who, { follow: true });
    const { mount, path: at } = this.#names.place(path, who, true);
    return mount.fs.stat(at, who);
  }
  lstat(path: string, who: Credentials): Stat {
    const follow = path.endsWith("/");
    this.#looked(path, who, { follow });
    const { mount, path: at } = this.#names.place(path, who, follow);
    return mount.fs.lstat(at, who);
  }
  readdir(path: string, who: Credentials): DirectoryEntry[] {
    const { mount, path: at, absolute } = this.#names.place(path, who, true);
    const entries = mount.fs.readdir(at, who);
    const hidden = this.#names.mountsIn(absolute).filter(([name]) => entries.every((entry) => entry.name !== name));
    const mounted = hidden.map(([name, on]) => ({ name, kind: on.fs.stat(on.root ?? "/", who).kind }));
    return [...entries, ...mounted];
  }
  readlink(path: string, who: Credentials): string {
    const { mount, path: at } = this.#names.place(path, who, false);
    return mount.fs.readlink(at, who);
  }
  /** (fs/open.c, do_faccessat) */
  access(path: string, mode: string, who: Credentials): void {
    const { mount, path: at } = this.#names.place(path, who, true);
    const writes = mode.includes("w") && hasOption(mount, "ro");
    const runs = mode.includes("x") && hasOption(mount, "noexec");
    const kind = writes || runs ? mount.fs.stat(at, who).kind : null;
    if (runs && kind === "file") throw new FileSystemError("EACCES", path);
    mount.fs.access(at, mode, who);
    if (writes && !isSpecial(kind)) throw new FileSystemError("EROFS", path);
  }
  read(path: string, who: Credentials): Content {
    this.#looked(path, who, { follow: true });
    const place = this.#names.place(path, who, true);
    this.#mustServeDevices(place, who);
    return place.mount.fs.read(place.path, who);
  }
  /** (fs/namei.c, open_last_lookups, do_open) */
  write(path: string, content: Content, flags: OpenFlags, mode: number, who: Credentials): void {
    const place = this.#names.place(path, who, !flags.noFollow && !(flags.create && flags.exclusive));
    this.#mustServeDevices(place, who);
    if (hasOption(place.mount, "ro")) mayOpen(place, flags, who);
    this.#change(place, (fs, at) => fs.write(at, content, flags, mode, who));
  }
  /** (fs/open.c, vfs_truncate) */
  truncate(path: string, size: number, who: Credentials): void {
    const place = this.#names.place(path, who, true);
    const { fs } = place.mount;
    if (size >= 0 && hasOption(place.mount, "ro") && fs.stat(place.path, who).kind === "file") {
      fs.access(place.path, "w", who);
      throw new FileSystemError("EROFS", path);
    }
    this.#change(place, () => fs.truncate(place.path, size, who));
  }
  mkdir(path: string, mode: number, who: Credentials): void {
    const entry = this.#names.entry(path, who);
    this.#mayCreate(entry, true, who);
    this.#change(entry, (fs, at) => fs.mkdir(at, mode, who));
  }
  symlink(target: string, path: string, who: Credentials): void {
    const entry = this.#names.entry(path, who);
    this.#mayCreate(entry, false, who);
    this.#change(entry, (fs, at) => fs.symlink(target, at, who));
  }
  mknod(
    path: string,
    kind: "character" | "block" | "fifo",
    mode: number,
    rdev: readonly [number, number],
    who: Credentials,
  ): void {
    const entry = this.#names.entry(path, who);
    this.#mayCreate(entry, false, who);
    this.#change(entry, (fs, at) => fs.mknod(at, kind, mode, rdev, who));
  }
  /** (fs/namei.c, do_linkat) */
  link(existing: string, created: string, who: Credentials): void {
    const source = this.#names.place(existing, who, false);
    const target = this.#names.entry(created, who);
    if (source.mount !== target.mount || hasOption(target.mount, "ro")) {
      source.mount.fs.lstat(source.path, who);
      this.#mustBeFree(target, false, who);
      throw new FileSystemError(hasOption(target.mount, "ro") ? "EROFS" : "EXDEV", created);
    }
    this.#change(source, (fs, at) => fs.link(at, target.path, who));
  }
  /** (fs/namei.c, do_rmdir) */
  rmdir(path: string, who: Credentials): void {
    const entry = this.#writable(path, who);
    this.#change(entry, (fs, at) => fs.rmdir(at, who));
    this.#names.changed(entry.absolute, "directory");
  }
  /** (fs/namei.c, do_unlinkat) */
  unlink(path: string, who: Credentials): void {
    const entry = this.#writable(path, who);
    this.#change(entry, (fs, at) => fs.unlink(at, who));
    this.#names.changed(entry.absolute, "other");
  }
  /** (fs/namei.c, do_renameat2) */
  rename(from: string, to: string, who: Credentials, flag: RenameFlag = "none"): void {
    const source = this.#names.entry(from, who);
    const target = this.#names.entry(to, who);
    if (source.mount !== target.mount) throw new FileSystemError("EXDEV", from);
    const names = source.kind === "name" && target.kind === "name";
    if (names && hasOption(source.mount, "ro")) throw new FileSystemError("EROFS", from);
    this.#change(source, (fs, at) => fs.rename(at, target.path, who, flag));
    this.#names.changed(source.absolute, "directory");
  }
  chmod(path: string, mode: number, who: Credentials): void {
    this.#attributes(path, true, who, (fs, at) => fs.chmod(at, mode, who));
    this.#names.permissionsChanged();
  }
  chown(path: string, uid: number | Keep, gid: number | Keep, who: Credentials, options?: { follow: boolean }): void {
    this.#attributes(path, options?.follow ?? true, who, (fs, at) => fs.chown(at, uid, gid, who, options));
    this.#names.permissionsChanged();
  }
  utimes(path: string, mtime: number | "now", who: Credentials, options?: { follow: boolean }): void {
    this.#attributes(path, options?.follow ?? true, who, (fs, at) => fs.utimes(at, mtime, who, options));
  }

  #change(place: Place, call: (fs: FileSystem, path: string) => void): void {
    try {
      call(place.mount.fs, place.path);
    } finally {
      this.#changed();
    }
  }

  /** The mount is asked before the owner is. (fs/open.c, chmod_common; fs/utimes.c, vfs_utimes) */
  #attributes(path: string, follow: boolean, who: Credentials, call: (fs: FileSystem, path: string) => void): void {
    const place = this.#names.place(path, who, follow);
    if (hasOption(place.mount, "ro")) {
      place.mount.fs.lstat(place.path, who);
      throw new FileSystemError("EROFS", path);
    }
    this.#change(place, call);
  }

  /** A name to remove: a read-only mount refuses before anybody looks whether it is there. */
  #writable(path: string, who: Credentials): Entry {
    const entry = this.#names.entry(path, who);
    if (entry.kind === "name" && hasOption(entry.mount, "ro")) throw new FileSystemError("EROFS", path);
    return entry;
  }

  #mayCreate(entry: Entry, directory: boolean, who: Credentials): void {
    const covered = this.#names.isMountPoint(entry.absolute);
    if (!covered && !hasOption(entry.mount, "ro")) return;
    this.#mustBeFree(entry, directory, who);
    throw new FileSystemError(covered ? "EEXIST" : "EROFS", entry.absolute);
  }

  /** What is wrong with a name is said before EROFS. (fs/namei.c, filename_create) */
  #mustBeFree(entry: Entry, directory: boolean, who: Credentials): void {
    if (entry.kind !== "name" || exists(entry, who)) throw new FileSystemError("EEXIST", entry.absolute);
    if (entry.slash && !directory) throw new FileSystemError("ENOENT", entry.absolute);
  }

  /** (fs/namei.c, may_open_dev) */
  #mustServeDevices({ mount, path, absolute }: Place, who: Credentials): void {
    if (!hasOption(mount, "nodev")) return;
    const kind = kindOf(mount.fs, path, who);
    if (kind === "character" || kind === "block") throw new FileSystemError("EACCES", absolute);
  }
}

/** Opening for writing where nothing can be written: what exists may say more than EROFS; devices and fifos do not mind. */
function mayOpen({ mount, path, absolute }: Place, flags: OpenFlags, who: Credentials): void {
  const error = (code: Errno) => new FileSystemError(code, absolute);
  const kind = kindOf(mount.fs, path.replace(/(.)\/$/, "$1"), who);
  if (kind === null) {
    if (flags.create && !path.endsWith("/")) throw error("EROFS");
    return;
  }
  if (kind !== "file" || (flags.create && flags.exclusive)) return;
  if (flags.truncate) throw error("EROFS");
  if (flags.write === false) return;
  mount.fs.access(path, flags.read ? "rw" : "w", who);
  throw error("EROFS");
}

function isSpecial(kind: Stat["kind"] | null): boolean {
  return kind === "character" || kind === "block" || kind === "fifo";
}

function kindOf(fs: FileSystem, path: string, who: Credentials): Stat["kind"] | null {
  try {
    return fs.lstat(path, who).kind;
  } catch (error) {
    if (isErrno(error, "ENOENT")) return null;
    throw error;
  }
}

function exists(entry: Entry, who: Credentials): boolean {
  return kindOf(entry.mount.fs, entry.path.replace(/(.)\/$/, "$1"), who) !== null;
}

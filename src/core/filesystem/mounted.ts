import type { Content } from "./content.ts";
import { FileSystemError } from "./errno.ts";
import type { Errno } from "./errno.ts";
import type { Credentials, DirectoryEntry, FileSystem, Keep, OpenFlags, RenameFlag, Stat } from "./filesystem.ts";
import { dirname, normalize, split } from "./path.ts";

/** A filesystem seen at a path: one line of /proc/mounts. */
export interface Mount {
  /** Absolute and normal, "/" for the root. */
  readonly at: string;
  readonly fs: FileSystem;
  /** What of `fs` is seen there; a file for a bind mount of a file. Default "/". */
  readonly root?: string;
  readonly source: string;
  readonly type: string;
  readonly options: string;
}

interface Place {
  readonly mount: Mount;
  /** Path inside the mount's filesystem. */
  readonly path: string;
  /** Absolute path without symbolic links, but perhaps for the last name. */
  readonly absolute: string;
}

/** As the kernel counts. (path_resolution(7)) */
const MAX_LINKS = 40;

/**
 * Several filesystems as one tree, as a mount namespace shows it: the longest mount point decides.
 * Symbolic links are followed here, because they may lead from one mount into another; each
 * filesystem gets paths that hold none. Mount points are busy, renames between mounts EXDEV.
 */
export class MountedFileSystem implements FileSystem {
  /** As they were mounted: the order of /proc/mounts. */
  readonly mounts: readonly Mount[];
  /** Longest mount point first. */
  readonly #mounts: readonly Mount[];
  /** Directory as written, by user, to the directory without links; forgotten when anything changes. */
  readonly #directories = new Map<string, string>();
  readonly #changed: () => void;

  /** `changed` is called after each call that may have changed something, whether it succeeded or not. */
  constructor(mounts: readonly Mount[], changed: () => void = () => {}) {
    this.mounts = mounts;
    this.#mounts = [...mounts].sort((a, b) => b.at.length - a.at.length);
    this.#changed = changed;
  }

  mountOf(path: string, who: Credentials): Mount {
    return this.#place(path, who, true).mount;
  }

  /** The absolute path without symbolic links. Throws as stat does, but the last name may be missing. */
  realpath(path: string, who: Credentials): string {
    return this.#place(path, who, true).absolute;
  }

  stat(path: string, who: Credentials): Stat {
    const place = this.#place(path, who, true);
    return place.mount.fs.stat(place.path, who);
  }
  lstat(path: string, who: Credentials): Stat {
    const place = this.#place(path, who, path.endsWith("/"));
    return place.mount.fs.lstat(place.path, who);
  }
  readdir(path: string, who: Credentials): DirectoryEntry[] {
    const place = this.#place(path, who, true);
    const entries = place.mount.fs.readdir(place.path, who);
    const prefix = place.absolute === "/" ? "/" : `${place.absolute}/`;
    for (const mount of this.#mounts) {
      if (mount.at === "/" || dirname(mount.at) !== place.absolute) continue;
      const name = mount.at.slice(prefix.length);
      if (entries.some((entry) => entry.name === name)) continue;
      entries.push({ name, kind: mount.fs.stat(mount.root ?? "/", who).kind });
    }
    return entries;
  }
  readlink(path: string, who: Credentials): string {
    const place = this.#place(path, who, false);
    return place.mount.fs.readlink(place.path, who);
  }
  access(path: string, mode: string, who: Credentials): void {
    const place = this.#place(path, who, true);
    place.mount.fs.access(place.path, mode, who);
  }
  read(path: string, who: Credentials): Content {
    const place = this.#place(path, who, true);
    return place.mount.fs.read(place.path, who);
  }
  write(path: string, content: Content, flags: OpenFlags, mode: number, who: Credentials): void {
    const follow = !flags.noFollow && !(flags.create && flags.exclusive);
    this.#change(this.#place(path, who, follow), (fs, at) => fs.write(at, content, flags, mode, who));
  }
  truncate(path: string, size: number, who: Credentials): void {
    this.#change(this.#place(path, who, true), (fs, at) => fs.truncate(at, size, who));
  }
  mkdir(path: string, mode: number, who: Credentials): void {
    this.#change(this.#place(path, who, false), (fs, at) => fs.mkdir(at, mode, who));
  }
  rmdir(path: string, who: Credentials): void {
    this.#change(this.#free(path, who), (fs, at) => fs.rmdir(at, who));
  }
  unlink(path: string, who: Credentials): void {
    this.#change(this.#free(path, who), (fs, at) => fs.unlink(at, who));
  }
  rename(from: string, to: string, who: Credentials, flag: RenameFlag = "none"): void {
    const source = this.#free(from, who);
    const target = this.#free(to, who);
    if (source.mount !== target.mount) {
      source.mount.fs.lstat(source.path, who);
      throw new FileSystemError("EXDEV", from);
    }
    this.#change(source, (fs, at) => fs.rename(at, target.path, who, flag));
  }
  link(existing: string, created: string, who: Credentials): void {
    const source = this.#place(existing, who, false);
    const target = this.#place(created, who, false);
    if (source.mount !== target.mount) throw new FileSystemError("EXDEV", existing);
    this.#change(source, (fs, at) => fs.link(at, target.path, who));
  }
  symlink(target: string, path: string, who: Credentials): void {
    this.#change(this.#place(path, who, false), (fs, at) => fs.symlink(target, at, who));
  }
  mknod(
    path: string,
    kind: "character" | "block" | "fifo",
    mode: number,
    rdev: readonly [number, number],
    who: Credentials,
  ): void {
    this.#change(this.#place(path, who, false), (fs, at) => fs.mknod(at, kind, mode, rdev, who));
  }
  chmod(path: string, mode: number, who: Credentials): void {
    this.#change(this.#place(path, who, true), (fs, at) => fs.chmod(at, mode, who));
  }
  chown(path: string, uid: number | Keep, gid: number | Keep, who: Credentials, options?: { follow: boolean }): void {
    const place = this.#place(path, who, options?.follow ?? true);
    this.#change(place, (fs, at) => fs.chown(at, uid, gid, who, options));
  }
  utimes(path: string, mtime: number, who: Credentials, options?: { follow: boolean }): void {
    const place = this.#place(path, who, options?.follow ?? true);
    this.#change(place, (fs, at) => fs.utimes(at, mtime, who, options));
  }

  #change(place: Place, call: (fs: FileSystem, path: string) => void): void {
    try {
      call(place.mount.fs, place.path);
    } finally {
      this.#directories.clear();
      this.#changed();
    }
  }

  /** A name that may be removed: no mount point, and none below it. */
  #free(path: string, who: Credentials): Place {
    const place = this.#place(path, who, false);
    const below = place.absolute === "/" ? "/" : `${place.absolute}/`;
    for (const mount of this.#mounts) {
      if (mount.at === place.absolute) throw new FileSystemError("EBUSY", path);
      if (mount.at.startsWith(below) && mount.at !== "/" && place.mount.type !== "overlay") {
        throw new FileSystemError("EBUSY", path);
      }
    }
    return place;
  }

  #place(path: string, who: Credentials, follow: boolean): Place {
    if (path === "") throw new FileSystemError("ENOENT", path);
    let links = 0;
    let todo = path;
    let base = "/";
    for (;;) {
      const names = split(todo);
      const slash = /\/\.?$/.test(todo) && names.length > 0 ? "/" : "";
      const last = names.pop();
      if (last === undefined) return this.#route("/", "");
      const directory = this.#directory(base, names, who);
      if (last === "..") return this.#route(dirname(directory), slash);
      const absolute = directory === "/" ? `/${last}` : `${directory}/${last}`;
      if (!follow) return this.#route(absolute, slash);
      const target = this.#target(absolute, who);
      if (target === null) return this.#route(absolute, slash);
      if (++links > MAX_LINKS) throw new FileSystemError("ELOOP", path);
      base = target.startsWith("/") ? "/" : directory;
      todo = target + slash;
    }
  }

  /** The directory that `names` lead to from `base`, itself without links. */
  #directory(base: string, names: readonly string[], who: Credentials): string {
    const key = `${who.uid}:${base}:${names.join("/")}`;
    const known = this.#directories.get(key);
    if (known !== undefined) return known;
    let links = 0;
    let current = base;
    const todo = [...names];
    for (let name = todo.shift(); name !== undefined; name = todo.shift()) {
      if (name === "..") {
        current = dirname(current);
        continue;
      }
      const next = current === "/" ? `/${name}` : `${current}/${name}`;
      const target = this.#target(next, who, true);
      if (target === null) {
        current = next;
        continue;
      }
      if (++links > MAX_LINKS) throw new FileSystemError("ELOOP", next);
      if (target.startsWith("/")) current = "/";
      todo.unshift(...split(target));
    }
    this.#directories.set(key, current);
    return current;
  }

  /** Where the link at `absolute` leads, null when it is none. With `inside`, what is no directory is an error. */
  #target(absolute: string, who: Credentials, inside = false): string | null {
    const place = this.#route(absolute, "");
    let stat: Stat;
    try {
      stat = place.mount.fs.lstat(place.path, who);
    } catch (error) {
      if (inside || !isMissing(error)) throw error;
      return null;
    }
    if (stat.kind === "symlink") return place.mount.fs.readlink(place.path, who);
    if (inside && stat.kind !== "directory") throw new FileSystemError("ENOTDIR", absolute);
    return null;
  }

  #route(absolute: string, slash: string): Place {
    const normal = normalize(absolute);
    for (const mount of this.#mounts) {
      const prefix = mount.at === "/" ? "/" : `${mount.at}/`;
      if (normal !== mount.at && !normal.startsWith(prefix)) continue;
      const rest = normal === mount.at ? "" : normal.slice(prefix.length);
      const root = mount.root ?? "/";
      const path = rest === "" ? root : root === "/" ? `/${rest}` : `${root}/${rest}`;
      return { mount, path: path === "/" ? path : path + slash, absolute: normal };
    }
    throw new FileSystemError("ENOENT", absolute);
  }
}

export function isErrno(error: unknown, code: Errno): boolean {
  return error instanceof FileSystemError && error.code === code;
}

function isMissing(error: unknown): boolean {
  return isErrno(error, "ENOENT");
}

import { FileSystemError } from "./errno.ts";
import type { Errno } from "./errno.ts";
import type { Credentials, Stat } from "./filesystem.ts";
import { dirname, normalize, split } from "./path.ts";
import type { Mount } from "./mount.ts";

/** An object that a path leads to, or would. */
export interface Place {
  readonly mount: Mount;
  /** Path inside the mount's filesystem. */
  readonly path: string;
  /** Absolute path without symbolic links, but perhaps for the last name. */
  readonly absolute: string;
}

/** A name in a directory, not looked up: what is to be made, removed or renamed. `mount` is the directory's. */
export interface Entry extends Place {
  /** "." and ".." and "/" name a directory without having a name of their own. */
  readonly kind: "name" | "dot" | "dotdot" | "root";
  /** A slash follows: only a directory will do. `path` has it too. */
  readonly slash: boolean;
}

/** As the kernel counts. (path_resolution(7)) */
const MAX_LINKS = 40;

/** Where paths lead among several mounts: the longest mount point decides, links are followed across. (fs/namei.c) */
export class MountNamespace {
  /** Longest mount point first. */
  readonly #mounts: readonly Mount[];
  /** By user: directory as written to the directory without links. */
  readonly #directories = new Map<number, Map<string, string>>();
  /** Links on the way to those. */
  readonly #followed = new Set<string>();

  constructor(mounts: readonly Mount[]) {
    this.#mounts = [...mounts].sort((a, b) => b.at.length - a.at.length);
    for (const { at } of this.#mounts) {
      if (at === "/") continue;
      const { mount, path } = this.#inside(at);
      mount.fs.mountPoints?.add(path);
    }
  }

  /** Whether something is mounted exactly there. */
  isMountPoint(absolute: string): boolean {
    return this.#mounts.some(({ at }) => at === absolute);
  }

  /** The mount points in the directory at `absolute`, by name. */
  mountsIn(absolute: string): [name: string, mount: Mount][] {
    return this.#mounts
      .filter(({ at }) => at !== "/" && dirname(at) === absolute)
      .map((mount) => [mount.at.slice(mount.at.lastIndexOf("/") + 1), mount]);
  }

  place(path: string, who: Credentials, follow: boolean): Place {
    let links = 0;
    let todo = path;
    let base = "/";
    for (;;) {
      const { directory, name, kind, slash } = this.#last(todo, base, who);
      if (kind !== "name") return this.#route(kind === "dotdot" ? dirname(directory) : directory, slash);
      const absolute = below(directory, name);
      const target = follow ? this.#target(absolute, who) : null;
      if (target === null) return this.#route(absolute, slash);
      if (++links > MAX_LINKS) throw new FileSystemError("ELOOP", path);
      base = target.startsWith("/") ? "/" : directory;
      todo = slash ? `${target}/` : target;
    }
  }

  entry(path: string, who: Credentials): Entry {
    const { directory, name, kind, slash } = this.#last(path, "/", who);
    const place = this.#route(directory, false);
    const inside = kind === "root" ? "/" : below(place.path, name);
    const absolute = below(directory, name);
    return { mount: place.mount, path: slash && kind !== "root" ? `${inside}/` : inside, absolute, kind, slash };
  }

  /** A directory, or a link to one, is not what it was: what `absolute` was is forgotten. */
  changed(absolute: string, kind: "directory" | "other"): void {
    if (kind === "other" && !this.#followed.has(absolute)) return;
    this.#directories.clear();
    this.#followed.clear();
  }

  /** Who may search a directory has changed; root always may. */
  permissionsChanged(): void {
    for (const uid of this.#directories.keys()) if (uid !== 0) this.#directories.delete(uid);
  }

  /** Walks to the directory of the last name. */
  #last(path: string, base: string, who: Credentials) {
    if (path === "") throw new FileSystemError("ENOENT", path);
    const names = path.split("/").filter(Boolean);
    const slash = path.endsWith("/");
    const name = names.pop();
    if (name === undefined) return { directory: "/", name: "", kind: "root" as const, slash };
    const directory = this.#directory(base, names, who);
    const kind = name === "." ? ("dot" as const) : name === ".." ? ("dotdot" as const) : ("name" as const);
    return { directory, name, kind, slash };
  }

  /** The directory that `names` lead to from `base`, itself without links. */
  #directory(base: string, names: readonly string[], who: Credentials): string {
    const key = `${base}:${names.join("/")}`;
    const mine = this.#directories.get(who.uid) ?? new Map<string, string>();
    this.#directories.set(who.uid, mine);
    const known = mine.get(key);
    if (known !== undefined) return known;
    let links = 0;
    let lasts = true;
    let current = base;
    const todo = names.filter((name) => name !== ".");
    for (let name = todo.shift(); name !== undefined; name = todo.shift()) {
      if (name === "..") {
        const { mount, path } = this.#route(current, false);
        mount.fs.access(path, "x", who);
        current = dirname(current);
        continue;
      }
      const next = below(current, name);
      const target = this.#target(next, who, true);
      if (target === null) {
        current = next;
        continue;
      }
      if (++links > MAX_LINKS) throw new FileSystemError("ELOOP", next);
      // /proc/self is another one for each who asks.
      if (this.#route(next, false).mount.type === "proc") lasts = false;
      if (target.startsWith("/")) current = "/";
      todo.unshift(...split(target));
    }
    if (lasts) mine.set(key, current);
    return current;
  }

  /** Where the link at `absolute` leads, null when it is none. With `inside`, what is no directory is an error. */
  #target(absolute: string, who: Credentials, inside = false): string | null {
    const place = this.#route(absolute, false);
    let stat: Stat;
    try {
      stat = place.mount.fs.lstat(place.path, who);
    } catch (error) {
      if (inside || !isErrno(error, "ENOENT")) throw error;
      return null;
    }
    if (stat.kind === "symlink") {
      this.#followed.add(absolute);
      return place.mount.fs.readlink(place.path, who);
    }
    if (inside && stat.kind !== "directory") throw new FileSystemError("ENOTDIR", absolute);
    return null;
  }

  #route(absolute: string, slash: boolean): Place {
    const normal = normalize(absolute);
    const found = this.#mounts.find(({ at }) => normal === at || normal.startsWith(at === "/" ? at : `${at}/`));
    if (found === undefined) throw new FileSystemError("ENOENT", absolute);
    const path = below(found.root ?? "/", normal.slice(found.at === "/" ? 1 : found.at.length + 1));
    return { mount: found, path: slash && path !== "/" ? `${path}/` : path, absolute: normal };
  }

  /** The name that a mount covers. */
  #inside(at: string): Place {
    const directory = this.#route(dirname(at), false);
    return { ...directory, path: below(directory.path, at.slice(at.lastIndexOf("/") + 1)) };
  }
}

function below(directory: string, name: string): string {
  if (name === "") return directory;
  return directory === "/" ? `/${name}` : `${directory}/${name}`;
}

export function isErrno(error: unknown, code: Errno): boolean {
  return error instanceof FileSystemError && error.code === code;
}

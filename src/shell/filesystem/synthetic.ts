import type { Content } from "../../core/filesystem/content.ts";
import { textContent } from "../../core/filesystem/content.ts";
import { FileSystemError } from "../../core/filesystem/errno.ts";
import type { Errno } from "../../core/filesystem/errno.ts";
import type {
  Credentials,
  DirectoryEntry,
  FileSystem,
  NodeKind,
  OpenFlags,
  Stat,
} from "../../core/filesystem/filesystem.ts";
import { normalize } from "../../core/filesystem/path.ts";

/** What a path of a kernel filesystem is: made when asked for, never stored. */
export type SyntheticNode =
  | { readonly kind: "directory"; readonly names: () => readonly string[] }
  | { readonly kind: "file"; readonly text: () => string; readonly mode?: number }
  | { readonly kind: "symlink"; readonly target: () => string };

/**
 * A filesystem whose files are answers of the kernel (/proc, /sys): read-only, each file is 0 bytes
 * long until it is read, all owned by root.
 */
export class SyntheticFileSystem implements FileSystem {
  readonly #find: (path: string) => SyntheticNode | null;
  readonly #mtime: () => number;
  readonly #inodes = new Map<string, number>();

  /** `find` gets normal absolute paths. `mtime`: seconds. */
  constructor(find: (path: string) => SyntheticNode | null, mtime: () => number) {
    this.#find = find;
    this.#mtime = mtime;
  }

  stat(path: string, who: Credentials): Stat {
    return this.lstat(path, who);
  }
  lstat(path: string, _who: Credentials): Stat {
    const node = this.#node(path);
    const kind: NodeKind = node.kind;
    const mode = node.kind === "directory" ? 0o555 : node.kind === "symlink" ? 0o777 : (node.mode ?? 0o444);
    const key = normalize(path);
    const ino = this.#inodes.get(key) ?? this.#inodes.size + 1;
    this.#inodes.set(key, ino);
    const nlink = node.kind === "directory" ? 2 : 1;
    return { kind, mode, uid: 0, gid: 0, mtime: this.#mtime(), nlink, size: 0, ino };
  }
  readdir(path: string, _who: Credentials): DirectoryEntry[] {
    const node = this.#node(path);
    if (node.kind !== "directory") throw new FileSystemError("ENOTDIR", path);
    const base = normalize(path);
    return node.names().map((name) => ({ name, kind: this.#node(`${base}/${name}`).kind }));
  }
  readlink(path: string, _who: Credentials): string {
    const node = this.#node(path);
    if (node.kind !== "symlink") throw new FileSystemError("EINVAL", path);
    return node.target();
  }
  access(path: string, mode: string, who: Credentials): void {
    const stat = this.lstat(path, who);
    if (mode.includes("w")) throw new FileSystemError("EROFS", path);
    if (mode.includes("x") && (stat.mode & 0o111) === 0) throw new FileSystemError("EACCES", path);
  }
  read(path: string, _who: Credentials): Content {
    const node = this.#node(path);
    if (node.kind === "directory") throw new FileSystemError("EISDIR", path);
    return node.kind === "file" ? textContent(node.text()) : textContent("");
  }
  write(path: string, _content: Content, _flags: OpenFlags): void {
    const node = this.#find(normalize(path));
    if (node?.kind === "directory") throw new FileSystemError("EISDIR", path);
    throw new FileSystemError(node === null ? "ENOENT" : "EROFS", path);
  }
  truncate(path: string): void {
    this.#refuse(path, "EROFS");
  }
  mkdir(path: string): void {
    throw new FileSystemError(this.#find(normalize(path)) ? "EEXIST" : "ENOENT", path);
  }
  rmdir(path: string): void {
    this.#refuse(path, "EPERM");
  }
  unlink(path: string): void {
    this.#refuse(path, "EPERM");
  }
  rename(from: string): void {
    this.#refuse(from, "EPERM");
  }
  link(existing: string): void {
    this.#refuse(existing, "EPERM");
  }
  symlink(_target: string, path: string): void {
    throw new FileSystemError("ENOENT", path);
  }
  mknod(path: string): void {
    throw new FileSystemError("EPERM", path);
  }
  chmod(path: string): void {
    this.#refuse(path, "EPERM");
  }
  chown(path: string): void {
    this.#refuse(path, "EPERM");
  }
  utimes(path: string): void {
    this.#refuse(path, "EPERM");
  }

  #node(path: string): SyntheticNode {
    const node = this.#find(normalize(path));
    if (node === null) throw new FileSystemError("ENOENT", path);
    if (path.endsWith("/") && path !== "/" && node.kind !== "directory") throw new FileSystemError("ENOTDIR", path);
    return node;
  }
  #refuse(path: string, code: Errno): never {
    this.#node(path);
    throw new FileSystemError(code, path);
  }
}

/** Nodes from a flat list of absolute paths; directories follow from the files in them. */
export function nodesByPath(files: ReadonlyMap<string, SyntheticNode>): (path: string) => SyntheticNode | null {
  const children = new Map<string, string[]>([["/", []]]);
  for (const path of files.keys()) {
    let parent = "/";
    for (const name of path.split("/").filter(Boolean)) {
      const names = children.get(parent) ?? [];
      if (!names.includes(name)) names.push(name);
      children.set(parent, names);
      parent = parent === "/" ? `/${name}` : `${parent}/${name}`;
    }
  }
  return (path) => {
    const file = files.get(path);
    if (file) return file;
    const names = children.get(path);
    return names ? { kind: "directory", names: () => names } : null;
  };
}

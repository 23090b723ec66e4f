import { type Content, textContent, zeros } from "../../core/filesystem/content.ts";
import { FileSystemError } from "../../core/filesystem/errno.ts";
import type { Stat } from "../../core/filesystem/filesystem.ts";
import { dirname } from "../../core/filesystem/path.ts";
import type { ProcessContext } from "../command.ts";

/** What a package manager does to the container's files, all of it through the union filesystem, in its caller's name. */
export class Files {
  readonly #context: ProcessContext;
  readonly #suffix: string;

  /** `suffix` marks the new file that is about to take an old one's place. */
  constructor(context: ProcessContext, suffix = ".dpkg-new") {
    this.#context = context;
    this.#suffix = suffix;
  }

  /** The file's text; "" when there is none. */
  async text(path: string): Promise<string> {
    const { fs, who } = this.#context;
    let content: Content;
    try {
      content = fs.read(path, who);
    } catch (error) {
      if (isMissing(error)) return "";
      throw error;
    }
    return new TextDecoder().decode(await this.#context.bytes(content));
  }

  /** What stands at `path` itself, links not followed; null when nothing does. */
  at(path: string): Stat | null {
    return this.#ask(() => this.#context.fs.lstat(path, this.#context.who));
  }

  /** Nobody may write at `path`, root neither: `docker run --read-only`. */
  isReadOnly(path: string): boolean {
    try {
      this.#context.fs.access(path, "w", this.#context.who);
    } catch (error) {
      return error instanceof FileSystemError && error.code === "EROFS";
    }
    return false;
  }

  /** What `path` leads to; null when nothing does. */
  behind(path: string): Stat | null {
    return this.#ask(() => this.#context.fs.stat(path, this.#context.who));
  }

  readlink(path: string): string {
    return this.#context.fs.readlink(path, this.#context.who);
  }

  /** Names in a directory; none when it is not there. */
  names(path: string): string[] {
    return (this.#ask(() => this.#context.fs.readdir(path, this.#context.who)) ?? []).map(({ name }) => name);
  }

  /** Makes the directory and the ones above it that are missing. */
  directory(path: string, mode = 0o755, owner?: { uid: number; gid: number }): void {
    const { fs, who } = this.#context;
    if (path === "/" || this.behind(path)) return;
    this.directory(dirname(path));
    fs.mkdir(path, mode, { ...who, umask: 0 });
    if (owner && (owner.uid !== who.uid || owner.gid !== who.gid)) fs.chown(path, owner.uid, owner.gid, who);
  }

  /**
   * Puts a whole new file at `path`. An old one is replaced as package managers do it, by a new file renamed
   * over it, so that the old bytes are never copied up.
   */
  put(
    path: string,
    content: Content,
    mode = 0o644,
    options: { mtime?: number; uid?: number; gid?: number } = {},
  ): void {
    const { fs, who } = this.#context;
    this.directory(dirname(path));
    const old = this.at(path);
    const made = old ? `${path}${this.#suffix}` : path;
    fs.write(made, content, { write: true, create: true, truncate: true }, mode & 0o777, { ...who, umask: 0 });
    const { uid = 0, gid = 0, mtime } = options;
    if (uid !== who.uid || gid !== who.gid) fs.chown(made, uid, gid, who);
    if ((mode & 0o7000) !== 0) fs.chmod(made, mode, who);
    if (mtime !== undefined) fs.utimes(made, mtime, who);
    if (old) fs.rename(made, path, who);
  }

  putText(path: string, text: string, mode = 0o644): void {
    this.put(path, textContent(text), mode);
  }

  /** `size` zero bytes: a file whose real bytes are not modelled. */
  putZeros(
    path: string,
    size: number,
    mode = 0o644,
    options: { mtime?: number; uid?: number; gid?: number } = {},
  ): void {
    this.put(path, zeros(size), mode, options);
  }

  /** Opens the file as a lock is opened: made when missing, otherwise left as it is. */
  lock(path: string, mode = 0o640): void {
    if (!this.at(path)) this.putText(path, "", mode);
  }

  append(path: string, text: string, mode = 0o644): void {
    const { fs, who } = this.#context;
    this.directory(dirname(path));
    fs.write(path, textContent(text), { write: true, create: true, append: true }, mode, { ...who, umask: 0 });
  }

  /** Replaces whatever is at `path` (not a directory) by a link. */
  symlink(target: string, path: string, mtime?: number): void {
    const { fs, who } = this.#context;
    this.directory(dirname(path));
    const old = this.at(path);
    if (old?.kind === "symlink" && this.readlink(path) === target) return;
    const made = old ? `${path}${this.#suffix}` : path;
    fs.symlink(target, made, who);
    if (mtime !== undefined) fs.utimes(made, mtime, who, { follow: false });
    if (old) fs.rename(made, path, who);
  }

  link(existing: string, path: string): void {
    const { fs, who } = this.#context;
    this.directory(dirname(path));
    const made = this.at(path) ? `${path}${this.#suffix}` : path;
    fs.link(existing, made, who);
    if (made !== path) fs.rename(made, path, who);
  }

  /** Unlinks what is there; nothing happens when nothing is. */
  remove(path: string): void {
    const found = this.at(path);
    if (found && found.kind !== "directory") this.#context.fs.unlink(path, this.#context.who);
  }

  /** Removes a directory if it is one and is empty; tells whether it went. */
  removeEmpty(path: string): boolean {
    if (this.at(path)?.kind !== "directory") return false;
    try {
      this.#context.fs.rmdir(path, this.#context.who);
      return true;
    } catch (error) {
      if (error instanceof FileSystemError && ["ENOTEMPTY", "EBUSY", "EPERM", "EINVAL"].includes(error.code))
        return false;
      throw error;
    }
  }

  #ask<T>(call: () => T): T | null {
    try {
      return call();
    } catch (error) {
      if (isMissing(error)) return null;
      throw error;
    }
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof FileSystemError && (error.code === "ENOENT" || error.code === "ENOTDIR");
}

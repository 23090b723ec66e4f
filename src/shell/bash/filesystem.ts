import type { IFileSystem } from "just-bash/browser";
import { bytesContent, readContent } from "../../core/filesystem/content.ts";
import type { Content, ReadStored } from "../../core/filesystem/content.ts";
import { errnoText, FileSystemError } from "../../core/filesystem/errno.ts";
import type { Errno } from "../../core/filesystem/errno.ts";
import type { Credentials, FileSystem, Stat } from "../../core/filesystem/filesystem.ts";
import { join, normalize } from "../../core/filesystem/path.ts";

type FsStat = Awaited<ReturnType<IFileSystem["stat"]>>;

/** The interpreter's own output: everything it has collected by the end of a line goes there. */
export const STDOUT = "/dev/.lamina-stdout";
export const STDERR = "/dev/.lamina-stderr";
/** Directory where the interpreter looks for what is built into the shell; it asks for no other place. */
const BIN = "/usr/bin";

/** The session's view, which changes from line to line. */
export interface View {
  readonly fs: FileSystem;
  readonly who: Credentials;
  readonly readStored: ReadStored;
}

/** A call of a bundled program that failed, so that its words can be corrected: it takes every error for ENOENT. */
export interface Failure {
  readonly path: string;
  readonly code: Errno;
}

class ShellFileSystemError extends Error {
  constructor(
    readonly code: Errno,
    path: string,
  ) {
    super(`${code}: ${errnoText[code].toLowerCase()}, '${path}'`);
  }
}

/**
 * just-bash's filesystem over the container's. No method ends in "Sync" (the interpreter would write
 * stubs with it), and three of its habits are answered here:
 * - what is built into a shell is looked up as a file of /usr/bin: {@link BashFileSystem.builtins};
 * - a program that lies elsewhere is read as a script: {@link BashFileSystem.armed} says when, and
 *   the text it gets hands over to the program table (`registry.ts`);
 * - errors are thrown with node's codes in the message, which its own commands look for.
 */
export class BashFileSystem implements IFileSystem {
  readonly #view: () => View;
  readonly #sink: (stream: "stdout" | "stderr", bytes: Uint8Array) => void;
  readonly #builtins: ReadonlySet<string>;
  /** Set by the registry when a name is being resolved: the path found, whose reading would be an execution. */
  armed: string | null = null;
  /** The last path that was asked for. */
  lastStat = "";
  /** What to answer for the reading that runs `armed`. */
  stub = "";
  failures: Failure[] = [];
  /** The last path as written, and what it means. */
  #resolved = { from: "", to: "" };

  constructor(
    view: () => View,
    builtins: ReadonlySet<string>,
    sink: (stream: "stdout" | "stderr", bytes: Uint8Array) => void,
  ) {
    this.#view = view;
    this.#builtins = builtins;
    this.#sink = sink;
  }

  #call<T>(path: string, work: (view: View) => T): T {
    try {
      return work(this.#view());
    } catch (error) {
      if (!(error instanceof FileSystemError)) throw error;
      this.failures.push({ path, code: error.code });
      throw new ShellFileSystemError(error.code, path);
    }
  }

  #isBuiltin(path: string): boolean {
    return path.startsWith(`${BIN}/`) && this.#builtins.has(path.slice(BIN.length + 1));
  }

  async readFileBuffer(path: string): Promise<Uint8Array> {
    this.armed = null;
    const content = this.#call(path, ({ fs, who }) => fs.read(path, who));
    return readContent(content, this.#view().readStored);
  }
  async readFile(path: string, options?: unknown): Promise<string> {
    if (this.armed === path) {
      this.armed = null;
      return this.stub;
    }
    const bytes = await this.readFileBuffer(path);
    const encoding = typeof options === "string" ? options : (options as { encoding?: string } | undefined)?.encoding;
    return encoding === "binary" || encoding === "latin1" ? latin1(bytes) : new TextDecoder().decode(bytes);
  }

  async writeFile(path: string, data: string | Uint8Array, options?: unknown): Promise<void> {
    this.#write(path, data, options, false);
  }
  async appendFile(path: string, data: string | Uint8Array, options?: unknown): Promise<void> {
    this.#write(path, data, options, true);
  }
  #write(path: string, data: string | Uint8Array, options: unknown, append: boolean): void {
    const bytes = toBytes(data, options);
    // How the interpreter opens the target of a redirection; it lets the error through to whoever prints it.
    const opens = data === "" && options === "binary";
    if (path === STDOUT || path === STDERR) {
      if (bytes.length > 0) this.#sink(path === STDOUT ? "stdout" : "stderr", bytes);
      return;
    }
    const call = () =>
      this.#call(path, ({ fs, who }) => {
        const content: Content = bytesContent(bytes);
        // A redirection opens the file first and writes when the command has ended: two calls, one truncation.
        const truncate = !append && !isEmptyFile(fs, path, who);
        fs.write(path, content, { write: true, create: true, append, truncate }, 0o666, who);
      });
    try {
      call();
    } catch (error) {
      if (!(error instanceof ShellFileSystemError)) throw error;
      if (error.code === "ENOSPC") throw new Error(`bash: write error: ${errnoText.ENOSPC}`);
      if (!opens) throw error;
      const shown = this.#resolved.to === path ? this.#resolved.from : path;
      throw new Error(`bash: ${shown}: ${errnoText[error.code]}`);
    }
  }

  async exists(path: string): Promise<boolean> {
    this.armed = null;
    if (path === STDOUT || path === STDERR || this.#isBuiltin(path)) return true;
    const { fs, who } = this.#view();
    try {
      fs.stat(path, who);
      return true;
    } catch (error) {
      if (error instanceof FileSystemError) return false;
      throw error;
    }
  }
  async stat(path: string): Promise<FsStat> {
    this.armed = null;
    this.lastStat = path;
    try {
      return this.#call(path, ({ fs, who }) => shellStat(fs.stat(path, who)));
    } catch (error) {
      if (!this.#isBuiltin(path) && path !== STDOUT && path !== STDERR) throw error;
      this.failures.pop();
      return { ...NOTHING, isFile: this.#isBuiltin(path) };
    }
  }
  async lstat(path: string): Promise<FsStat> {
    return this.#call(path, ({ fs, who }) => shellStat(fs.lstat(path, who)));
  }
  async readdir(path: string): Promise<string[]> {
    return this.#call(path, ({ fs, who }) =>
      fs
        .readdir(path, who)
        .map((entry) => entry.name)
        .sort(),
    );
  }
  async readdirWithFileTypes(
    path: string,
  ): Promise<NonNullable<Awaited<ReturnType<NonNullable<IFileSystem["readdirWithFileTypes"]>>>>> {
    const entries = this.#call(path, ({ fs, who }) => fs.readdir(path, who));
    return entries
      .map(({ name, kind }) => ({
        name,
        isFile: kind === "file",
        isDirectory: kind === "directory",
        isSymbolicLink: kind === "symlink",
      }))
      .sort((a, b) => (a.name < b.name ? -1 : 1));
  }
  async mkdir(path: string, options?: { recursive?: boolean }): Promise<void> {
    if (options?.recursive && (await this.exists(path))) return;
    const parent = path.slice(0, path.lastIndexOf("/"));
    if (options?.recursive && parent !== "") await this.mkdir(parent, options);
    this.#call(path, ({ fs, who }) => fs.mkdir(path, 0o777, who));
  }
  async rm(path: string, options?: { recursive?: boolean; force?: boolean }): Promise<void> {
    if (options?.force && !(await this.#present(path))) return;
    const stat = await this.lstat(path);
    if (!stat.isDirectory) return this.#call(path, ({ fs, who }) => fs.unlink(path, who));
    if (options?.recursive) for (const name of await this.readdir(path)) await this.rm(join(path, name), options);
    this.#call(path, ({ fs, who }) => fs.rmdir(path, who));
  }
  async cp(from: string, to: string): Promise<void> {
    this.#call(from, ({ fs, who }) => {
      const flags = { write: true, create: true, truncate: true };
      fs.write(to, fs.read(from, who), flags, fs.stat(from, who).mode & 0o777, who);
    });
  }
  async mv(from: string, to: string): Promise<void> {
    this.#call(from, ({ fs, who }) => fs.rename(from, to, who));
  }
  resolvePath(base: string, path: string): string {
    if (path === "") return base;
    this.#resolved = { from: path, to: normalize(path.startsWith("/") ? path : `${base}/${path}`) };
    return this.#resolved.to;
  }
  getAllPaths(): string[] {
    return [];
  }
  async chmod(path: string, mode: number): Promise<void> {
    this.#call(path, ({ fs, who }) => fs.chmod(path, mode, who));
  }
  async symlink(target: string, path: string): Promise<void> {
    this.#call(path, ({ fs, who }) => fs.symlink(target, path, who));
  }
  async link(existing: string, created: string): Promise<void> {
    this.#call(created, ({ fs, who }) => fs.link(existing, created, who));
  }
  async readlink(path: string): Promise<string> {
    return this.#call(path, ({ fs, who }) => fs.readlink(path, who));
  }
  async realpath(path: string): Promise<string> {
    return this.#call(path, (view) => {
      view.fs.stat(path, view.who);
      return realpath(view, path);
    });
  }
  async utimes(path: string, _atime: Date, mtime: Date): Promise<void> {
    this.#call(path, ({ fs, who }) => fs.utimes(path, mtime.getTime() / 1000, who));
  }

  async #present(path: string): Promise<boolean> {
    const { fs, who } = this.#view();
    try {
      fs.lstat(path, who);
      return true;
    } catch {
      return false;
    }
  }
}

function isEmptyFile(fs: FileSystem, path: string, who: Credentials): boolean {
  try {
    const stat = fs.stat(path, who);
    return stat.kind === "file" && stat.size === 0;
  } catch {
    return false;
  }
}

const NOTHING: FsStat = {
  isFile: false,
  isDirectory: false,
  isSymbolicLink: false,
  mode: 0o755,
  size: 0,
  mtime: new Date(0),
};

function shellStat(stat: Stat): FsStat {
  return {
    isFile: stat.kind === "file",
    isDirectory: stat.kind === "directory",
    isSymbolicLink: stat.kind === "symlink",
    mode: stat.mode,
    size: stat.size,
    mtime: new Date(stat.mtime * 1000),
  };
}

/** Without links, component by component. */
function realpath(view: View, path: string): string {
  let current = "/";
  const todo = path.split("/").filter(Boolean);
  for (let links = 0, name = todo.shift(); name !== undefined; name = todo.shift()) {
    if (name === ".") continue;
    const next = normalize(`${current}/${name}`);
    if (name === ".." || view.fs.lstat(next, view.who).kind !== "symlink") {
      current = next;
      continue;
    }
    if (++links > 40) throw new FileSystemError("ELOOP", path);
    const target = view.fs.readlink(next, view.who);
    if (target.startsWith("/")) current = "/";
    todo.unshift(...target.split("/").filter(Boolean));
  }
  return current;
}

/** Text or bytes as the interpreter hands them over: one char a byte for "binary", else UTF-8. */
function toBytes(data: string | Uint8Array, options?: unknown): Uint8Array {
  if (typeof data !== "string") return data;
  const encoding = typeof options === "string" ? options : (options as { encoding?: string } | undefined)?.encoding;
  return encoding === "binary" || encoding === "latin1" ? fromLatin1(data) : new TextEncoder().encode(data);
}

export function fromLatin1(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at++) bytes[at] = text.charCodeAt(at);
  return bytes;
}

export function latin1(bytes: Uint8Array): string {
  const parts: string[] = [];
  for (let at = 0; at < bytes.length; at += 8192) parts.push(String.fromCharCode(...bytes.subarray(at, at + 8192)));
  return parts.join("");
}

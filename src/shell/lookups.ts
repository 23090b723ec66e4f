import { FileSystemError } from "../core/filesystem/errno.ts";
import type { Credentials } from "../core/filesystem/filesystem.ts";
import type { MountedFileSystem } from "../core/filesystem/mounted.ts";
import { basename, normalize } from "../core/filesystem/path.ts";
import type { ContainerId } from "../engine/event.ts";
import { lookUp } from "../engine/insight/lookup.ts";
import { findExecutable } from "../engine/process.ts";
import type { Transaction } from "../engine/transaction.ts";

/** Programs that people type to see what is in a file, or whether it is there. */
const READERS = new Set(
  (
    "cat tac nl head tail less more most pager zless grep egrep fgrep wc md5sum sha1sum sha256sum sha512sum od xxd hexdump " +
    "strings diff cmp file stat ls vi vim vim.basic vim.tiny view nano pico"
  ).split(" "),
);

/** Of one line, so many are told. */
const MOST = 3;

/** Tells how the files are looked up that a typed line names: what programs look for by themselves is not told. */
export class Lookups {
  readonly #container: ContainerId;
  readonly #now: () => { readonly tx: Transaction; readonly fs: MountedFileSystem };
  #left = MOST;
  /** Paths as the line has them that have not been looked up yet. */
  readonly #named = new Set<string>();

  constructor(container: ContainerId, now: () => { readonly tx: Transaction; readonly fs: MountedFileSystem }) {
    this.#container = container;
    this.#now = now;
  }

  nextLine(): void {
    this.#left = MOST;
  }

  /** While `run` runs the program `argv`, which was typed. */
  async of<T>(argv: readonly string[], cwd: string, run: () => Promise<T>): Promise<T> {
    if (READERS.has(basename(argv[0] ?? ""))) {
      for (const word of argv.slice(1)) if (word !== "" && !word.startsWith("-")) this.#named.add(absolute(word, cwd));
    }
    try {
      return await run();
    } finally {
      this.#named.clear();
    }
  }

  /** Something is about to be looked up at a path. */
  looked(path: string, who: Credentials, options: { follow: boolean }): void {
    if (this.#named.size > 0 && this.#named.delete(normalize(path))) this.#tell(path, who, options);
  }

  /** A typed command asks where programs are: `which vim`, `command -v vim`, `type vim`. */
  askedFor(command: string, where: Parameters<typeof findExecutable>[2]): void {
    const asked = /^\s*(?:which|command\s+-[vV]|type)((?:\s+\w[\w.+-]*)+)\s*$/.exec(command)?.[1];
    for (const name of asked?.trim().split(/\s+/) ?? []) {
      const found = findExecutable(this.#now().fs, name, where);
      if ("path" in found) this.#tell(found.path, where.who, { follow: false });
    }
  }

  #tell(path: string, who: Credentials, options: { follow: boolean }): void {
    const { tx, fs } = this.#now();
    const container = tx.state.containers.get(this.#container);
    if (this.#left === 0 || !container) return;
    const asked = normalize(path);
    const real = realPath(fs, asked, who, options);
    if (real === null || mountPointOf(fs, real) !== "/") return;
    const found = lookUp(tx.state, container, real);
    if (!found) return;
    this.#left -= 1;
    tx.tell({ type: "fs.read", container: container.id, asked, ...found });
  }
}

const absolute = (word: string, cwd: string): string => normalize(word.startsWith("/") ? word : `${cwd}/${word}`);

/** Without links, as far as it is there; null when it may not be looked at. */
function realPath(fs: MountedFileSystem, path: string, who: Credentials, options: { follow: boolean }): string | null {
  try {
    return fs.realpath(path, who, options);
  } catch (error) {
    if (!(error instanceof FileSystemError)) throw error;
    return error.code === "ENOENT" ? path : null;
  }
}

/** Where the mount is that one sees at a path without links. */
function mountPointOf(fs: MountedFileSystem, path: string): string {
  const over = fs.mounts.map(({ at }) => at).filter((at) => path === at || path.startsWith(`${at}/`));
  return over.toSorted((a, b) => b.length - a.length)[0] ?? "/";
}

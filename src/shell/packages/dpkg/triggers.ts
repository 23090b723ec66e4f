import type { ProcessContext } from "../../command.ts";
import type { Files } from "../files.ts";
import { type Database, displayName } from "./database.ts";

/** A shared library's own name: what ldconfig(8) makes an entry of. */
const SONAME = /\/(lib[^/]*\.so\.\d+)$/;
const ENTRY = 24;
const AUX_ENTRY = 48;

/** Remembers what a run of dpkg has to do once at its end. (deb-triggers(5)) */
export class Triggers {
  readonly #files: Files;
  readonly #context: ProcessContext;
  readonly #database: Database;
  #libraries = 0;
  #auxiliary = 0;
  #libraryChanged = false;
  readonly #paths = new Set<string>();

  constructor(database: Database, files: Files, context: ProcessContext) {
    this.#database = database;
    this.#files = files;
    this.#context = context;
  }

  /** Paths (absolute) that were unpacked (+1) or removed (-1). */
  activate(paths: Iterable<string>, change: 1 | -1): void {
    for (const path of paths) {
      this.#paths.add(path);
      const [, name] = SONAME.exec(path) ?? [];
      if (name === undefined) continue;
      // The cache names the place below /lib, through the merged-/usr link where there is one.
      const known = path.replace(/^\/usr(?=\/lib)/, "");
      this.#libraries += change * (ENTRY + known.length + 1);
      this.#auxiliary += change * (AUX_ENTRY + name.length + 1);
      this.#libraryChanged = true;
    }
  }

  /** Runs them; answers the packages whose triggers were processed. */
  async process(log: (line: string) => void): Promise<void> {
    const pending = new Set<string>();
    if (this.#libraryChanged) {
      const owners = await this.#database.owners();
      for (const path of ["/sbin/ldconfig", "/usr/sbin/ldconfig"])
        for (const name of owners.get(path) ?? []) pending.add(name);
    }
    for (const line of (await this.#files.text("/var/lib/dpkg/triggers/File")).split("\n")) {
      const [watched = "", name = ""] = line.split(" ");
      if (name !== "" && [...this.#paths].some((path) => path.startsWith(`${watched}/`)))
        pending.add(name.replace(/\/.*$/, ""));
    }
    for (const name of pending) {
      const known = this.#database.get(name);
      if (known?.state.status !== "installed") continue;
      const { control } = known;
      this.#context.stdout(`Processing triggers for ${displayName(control)} (${control["Version"]}) ...\n`);
      log(`trigproc ${displayName(control)} ${control["Version"]} <none>`);
      log(`status installed ${displayName(control)} ${control["Version"]}`);
    }
    if (this.#libraryChanged) {
      this.#resize("/etc/ld.so.cache", this.#libraries, 0o644);
      this.#resize("/var/cache/ldconfig/aux-cache", this.#auxiliary, 0o600);
    }
  }

  /** The linker's cache is modelled by its size. */
  #resize(path: string, by: number, mode: number): void {
    const size = this.#files.at(path)?.size ?? 0;
    this.#files.putZeros(path, Math.max(0, size + by), mode);
  }
}

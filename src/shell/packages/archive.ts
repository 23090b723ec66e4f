import type { PackageBundle, PackageIndex } from "../../content/packages/format.ts";
import { type PackageFacts, parsePackage } from "../../content/packages/format.ts";
import type { PackageSource, ProcessContext } from "../command.ts";
import type { Files } from "./files.ts";

/** The archive cannot be reached, or does not have the file. */
export class ArchiveError extends Error {
  override readonly name = "ArchiveError";
}

/** A package as it comes out of the archive. */
export interface Fetched {
  readonly facts: PackageFacts;
  /** Bytes of the `@` entries, by path. */
  readonly texts: Readonly<Record<string, string>>;
}

const indexes = new WeakMap<PackageSource, Map<string, PackageIndex>>();

/** The archive of one distribution, as the playground keeps it: `packages/<distro>/`. */
export class Archive {
  readonly #context: ProcessContext;
  readonly #folder: string;

  private constructor(context: ProcessContext, folder: string) {
    this.#context = context;
    this.#folder = folder;
  }

  /** The one that the container's own /etc/os-release names: "debian-12", "ubuntu-22.04", "alpine-3.20", "centos-7". */
  static async of(context: ProcessContext, files: Files): Promise<Archive> {
    const release = await files.text("/etc/os-release");
    const value = (name: string): string => new RegExp(`^${name}="?([^"\n]*)"?$`, "m").exec(release)?.[1] ?? "";
    const [major = "", minor] = value("VERSION_ID").split(".");
    return new Archive(context, `${value("ID")}-${minor === undefined ? major : `${major}.${minor}`}`);
  }

  /** Throws {@link ArchiveError}. */
  async index(): Promise<PackageIndex> {
    let known = indexes.get(this.#context.packages);
    if (!known) indexes.set(this.#context.packages, (known = new Map()));
    let index = known.get(this.#folder);
    if (!index) {
      index = JSON.parse(await this.#text("index.json")) as PackageIndex;
      known.set(this.#folder, index);
    }
    return index;
  }

  /** Throws {@link ArchiveError}. */
  async fetch(name: string): Promise<Fetched> {
    const bundle = JSON.parse(await this.#text(`${name}.json`)) as PackageBundle;
    return { facts: parsePackage(bundle.facts), texts: bundle.texts };
  }

  async #text(file: string): Promise<string> {
    const { packages, signal } = this.#context;
    signal.throwIfAborted();
    try {
      return await packages.text(`${this.#folder}/${file}`, signal);
    } catch (error) {
      signal.throwIfAborted();
      throw new ArchiveError(error instanceof Error ? error.message : String(error));
    }
  }
}

/** mtime of what a package ships, seconds since 1970. */
export function builtAt(facts: Pick<PackageFacts, "control">, fallback: number): number {
  const date = Date.parse(facts.control["Date"] ?? "");
  return Number.isNaN(date) ? fallback : Math.floor(date / 1000);
}

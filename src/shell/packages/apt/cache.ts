import type { ArchiveIndex, Control, PackageIndex } from "../../../content/packages/format.ts";
import { type Archive, ArchiveError } from "../archive.ts";
import type { Database } from "../dpkg/database.ts";
import { answers, type Relation } from "../dpkg/relation.ts";
import { compareVersions } from "../dpkg/version.ts";
import type { Files } from "../files.ts";

/** Where the list of an index lies; the name ends in ".lz4" when it is kept compressed. */
export function listPath(index: ArchiveIndex, compressed: boolean): string {
  return compressed ? index.path : index.path.replace(/\.lz4$/, "");
}

/** How much larger a list is when it is not compressed. */
const EXPANSION = 2.49;

export function listSize(index: ArchiveIndex, compressed: boolean): number {
  return compressed || !index.path.endsWith(".lz4") ? index.size : Math.round(index.size * EXPANSION);
}

/** "http://deb.debian.org/debian bookworm/main amd64": the label without what kind of index it is. */
export function origin(index: ArchiveIndex): string {
  return index.label.replace(/ \S+$/, "");
}

/** What apt knows: the archive's packages as far as their lists were fetched, and the installed ones. */
export class AptCache {
  readonly database: Database;
  readonly #known = new Map<string, { control: Control; index: ArchiveIndex }>();
  readonly #automatic: Set<string>;
  readonly #providers = new Map<string, Control[]>();

  private constructor(database: Database, automatic: Set<string>) {
    this.database = database;
    this.#automatic = automatic;
  }

  static async load(database: Database, archive: Archive, files: Files): Promise<AptCache> {
    const states = await files.text("/var/lib/apt/extended_states");
    const marked = [...states.matchAll(/^Package: (\S+)\n(?:.+\n)*?Auto-Installed: 1$/gm)].map(
      ([, name]) => name ?? "",
    );
    const cache = new AptCache(database, new Set(marked));
    let index: PackageIndex | null = null;
    // Lists of a dead network are still lists: what cannot be read now is just not known.
    if (files.names("/var/lib/apt/lists").length > 0) {
      index = await archive.index().catch((error: unknown) => {
        if (error instanceof ArchiveError) return null;
        throw error;
      });
    }
    for (const control of index?.packages ?? []) {
      const from = indexOf(control, index?.archive.indexes ?? []);
      if (!from || ![true, false].some((compressed) => files.at(listPath(from, compressed)))) continue;
      cache.#known.set(control["Package"] ?? "", { control, index: from });
      for (const [provided = ""] of (control["Provides"] ?? "").matchAll(/[a-z0-9][a-z0-9+.-]*(?=\s*(?:\(|,|$))/g)) {
        cache.#providers.set(provided, [...(cache.#providers.get(provided) ?? []), control]);
      }
    }
    return cache;
  }

  /** Names known to the archive, sorted. */
  names(): string[] {
    return [...this.#known.keys()].sort();
  }

  /** The version that would be installed. */
  candidate(name: string): Control | undefined {
    return this.#known.get(plainName(name))?.control;
  }

  /** The index that lists the candidate. */
  indexOf(name: string): ArchiveIndex | undefined {
    return this.#known.get(plainName(name))?.index;
  }

  current(name: string): Control | undefined {
    const known = this.database.get(name);
    return known && !["config-files", "not-installed"].includes(known.state.status) ? known.control : undefined;
  }

  /** Candidates that answer the relation, the package of that name first. */
  candidatesFor(relation: Relation): Control[] {
    const own = this.candidate(relation.name);
    const others = this.#providers.get(relation.name) ?? [];
    return [...(own ? [own] : []), ...others.filter((control) => control !== own)].filter((one) =>
      answers(one, relation),
    );
  }

  isProvided(name: string): boolean {
    return this.#providers.has(name);
  }

  /** Installed packages for which the archive has a newer version. */
  upgradable(): Control[] {
    return this.database.installed().flatMap(({ control, state }) => {
      const candidate = this.candidate(control["Package"] ?? "");
      const newer = candidate && compareVersions(candidate["Version"] ?? "", control["Version"] ?? "") > 0;
      return newer && state.want !== "hold" ? [candidate] : [];
    });
  }

  isAutomatic(name: string): boolean {
    return this.#automatic.has(name);
  }

  mark(name: string, automatic: boolean): void {
    if (automatic) this.#automatic.add(name);
    else this.#automatic.delete(name);
  }

  /** Writes /var/lib/apt/extended_states; entries of packages that are gone go too. (apt-mark(8)) */
  saveMarks(files: Files, architecture: string): void {
    const lines = [...this.#automatic]
      .filter((name) => this.current(name))
      .map((name) => `Package: ${name}\nArchitecture: ${architecture}\nAuto-Installed: 1\n\n`);
    files.putText("/var/lib/apt/extended_states", lines.join(""));
  }
}

export function plainName(name: string): string {
  return name.replace(/:[a-z0-9]+$/, "");
}

/** How Ubuntu's versions tell that a package was updated after the release: "2ubuntu2.24", "1~22.04.13". */
const UPDATED = /ubuntu\d+\.\d|~\d\d\.\d\d/;

/** The index a package is listed in: by its `Index` field, else guessed from its place in the pool and its version. */
function indexOf(control: Control, indexes: readonly ArchiveIndex[]): ArchiveIndex | undefined {
  const listed = indexes.filter((index) => index.component !== undefined);
  const named = control["Index"];
  if (named !== undefined) return listed.find((index) => origin(index) === named);
  const [, security, component] = /^pool\/(updates\/)?([^/]+)\//.exec(control["Filename"] ?? "") ?? [];
  const fitting = listed.filter((index) => index.component === component);
  const released = fitting.find((index) => !/-[a-z]+\/\S+ /.test(index.label));
  const wanted = security ? "-security/" : UPDATED.test(control["Version"] ?? "") ? "-updates/" : null;
  return (
    (wanted ? fitting.find((index) => index.label.includes(wanted)) : released) ?? released ?? fitting[0] ?? listed[0]
  );
}

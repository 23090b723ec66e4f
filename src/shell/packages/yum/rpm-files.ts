import {
  formatRpmPackages,
  parseRpmPackages,
  type RpmRecord,
  rpmIndexes,
  rpmPackagesPath,
  rpmRecord,
} from "../../../content/packages/rpm-database.ts";
import type { Control } from "../../../content/packages/format.ts";
import type { ProcessContext } from "../../command.ts";
import { builtAt, type Fetched } from "../archive.ts";
import type { Files } from "../files.ts";
import { addAccount, place } from "../place.ts";
import { answersRequirement, type Requirement } from "./evr.ts";

/** /var/lib/rpm, and the files it accounts for. */
export class RpmDatabase {
  readonly #files: Files;
  #records: RpmRecord[];

  private constructor(files: Files, records: RpmRecord[]) {
    this.#files = files;
    this.#records = records;
  }

  static async load(files: Files): Promise<RpmDatabase> {
    return new RpmDatabase(files, parseRpmPackages(await files.text(`/${rpmPackagesPath}`)));
  }

  /** In the order of installation. */
  all(): readonly RpmRecord[] {
    return this.#records;
  }

  get(name: string): RpmRecord | undefined {
    return this.#records.find(({ control }) => control["Package"] === name);
  }

  /** The facts of those of the names that are installed. */
  controls(names: readonly string[]): Control[] {
    return names.map((name) => this.get(name)?.control).filter((control) => control !== undefined);
  }

  /** Who owns the path, through the links of merged directories too. */
  owners(path: string): RpmRecord[] {
    const names = new Set([path.replace(/^\/+/, ""), path.replace(/^\/+(?=(bin|sbin|lib|lib64)\/)/, "usr/")]);
    return this.#records.filter((record) => record.paths.some((owned) => names.has(owned)));
  }

  answers(requirement: Requirement): boolean {
    if (requirement.name.startsWith("/") && this.owners(requirement.name).length > 0) return true;
    return this.#records.some(({ control }) => answersRequirement(control, requirement));
  }

  /** Unpacks a package; `documentation` false leaves manuals out, as `tsflags=nodocs` asks. */
  async install({ facts, texts }: Fetched, documentation: boolean, context: ProcessContext): Promise<void> {
    const now = Math.floor(context.clock.now() / 1000);
    const mtime = builtAt(facts, now);
    for (const effect of facts.effects)
      if (effect.kind === "user" || effect.kind === "group") await addAccount(effect, this.#files, now);
    for (const entry of facts.entries) {
      if (!documentation && /^usr\/share\/(doc|man|info)\/.+/.test(entry.path) && entry.kind !== "directory") continue;
      const isOld = entry.kind === "file" && entry.path.startsWith("etc/") && this.#files.at(`/${entry.path}`);
      if (!isOld) place(entry, texts, mtime, this.#files, context);
    }
    for (const effect of facts.effects) {
      if (effect.kind === "entry" && !this.#files.at(`/${effect.entry.path}`))
        place(effect.entry, texts, now, this.#files, context);
    }
    this.#records = [
      ...this.#records.filter(({ control }) => control["Package"] !== facts.control["Package"]),
      rpmRecord(facts),
    ];
  }

  erase(name: string): void {
    const record = this.get(name);
    if (!record) return;
    this.#records = this.#records.filter((other) => other !== record);
    const owned = new Set(this.#records.flatMap(({ paths }) => paths));
    for (const path of [...record.paths].sort().reverse()) {
      if (owned.has(path)) continue;
      if (this.#files.at(`/${path}`)?.kind === "directory") this.#files.removeEmpty(`/${path}`);
      else this.#files.remove(`/${path}`);
    }
  }

  save(): void {
    this.#files.putText(`/${rpmPackagesPath}`, formatRpmPackages(this.#records));
    for (const [name, size] of Object.entries(rpmIndexes(this.#records.length)))
      this.#files.putZeros(`/var/lib/rpm/${name}`, size);
  }
}

/** Bytes that a package takes, by its own account. */
export function installedSize(control: Control): number {
  return Number(control["Installed-Size"] ?? 0) * 1024;
}

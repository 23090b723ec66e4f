import { listFile } from "../../../content/packages/dpkg-database.ts";
import type { Control } from "../../../content/packages/format.ts";
import { type PathRules, parsePathRules } from "../../../content/packages/path-rules.ts";
import type { ProcessContext } from "../../command.ts";
import { type Archive, builtAt, type Fetched } from "../archive.ts";
import type { Files } from "../files.ts";
import { addAccount, place } from "../place.ts";
import { installAlternative, removeAlternatives } from "./alternatives.ts";
import { conffiles, type Database, displayName, installed } from "./database.ts";
import { timestamp } from "./log.ts";
import { parseRelations, answers } from "./relation.ts";
import { Triggers } from "./triggers.ts";

/** One run of dpkg(1): it reads the database once, and processes triggers at its end. */
export class DpkgRun {
  readonly #database: Database;
  readonly #files: Files;
  readonly #context: ProcessContext;
  readonly #rules: PathRules;
  readonly #triggers: Triggers;
  #read = false;

  private constructor(database: Database, files: Files, context: ProcessContext, rules: PathRules) {
    this.#database = database;
    this.#files = files;
    this.#context = context;
    this.#rules = rules;
    this.#triggers = new Triggers(database, files, context);
  }

  static async start(database: Database, files: Files, context: ProcessContext): Promise<DpkgRun> {
    const lines: string[] = [];
    for (const name of files.names("/etc/dpkg/dpkg.cfg.d").filter((name) => /^[\w-]+$/.test(name))) {
      lines.push(...(await files.text(`/etc/dpkg/dpkg.cfg.d/${name}`)).split("\n"));
    }
    lines.push(...(await files.text("/etc/dpkg/dpkg.cfg")).split("\n"));
    for (const lock of ["lock-frontend", "lock"]) files.lock(`/var/lib/dpkg/${lock}`);
    return new DpkgRun(database, files, context, parsePathRules(lines));
  }

  log(line: string): void {
    this.#files.append("/var/log/dpkg.log", `${timestamp(this.#context.clock.now())} ${line}\n`);
  }

  /** `file` is the archive's path as dpkg was given it. */
  async unpack(fetched: Fetched, file: string): Promise<void> {
    const { control } = fetched.facts;
    const name = displayName(control);
    const version = control["Version"] ?? "";
    const known = this.#database.get(control["Package"] ?? "");
    const old = known && known.state.status !== "config-files" ? known.control : null;
    if (!known || known.state.want !== "install")
      this.#context.stdout(`Selecting previously unselected package ${name}.\n`);
    await this.#readDatabase();
    this.#context.stdout(`Preparing to unpack ${shortened(file)} ...\n`);
    this.#context.stdout(`Unpacking ${name} (${version}) ${old ? `over (${old["Version"]}) ` : ""}...\n`);
    this.log(`${old ? "upgrade" : "install"} ${logName(control)} ${old?.["Version"] ?? "<none>"} ${version}`);
    this.log(`status half-installed ${logName(control)} ${version}`);
    const before = new Set(old ? ((await this.#database.list(old)) ?? []) : []);
    this.#place(fetched);
    for (const { path } of fetched.facts.entries) before.delete(`/${path}`);
    before.delete("/.");
    await this.#removePaths([...before], new Set(conffiles(control)));
    this.#writeInfo(fetched);
    this.#database.set(control, { ...installed, status: "unpacked" });
    this.log(`status unpacked ${logName(control)} ${version}`);
    this.#triggers.activate(
      fetched.facts.entries.map(({ path }) => `/${path}`),
      1,
    );
  }

  /** Sets packages up, each after those it depends on, in dpkg's own order. */
  async configure(packages: readonly Fetched[]): Promise<void> {
    const queue = [...packages].sort((a, b) => bin(a.facts.control) - bin(b.facts.control));
    const waiting = new Set(queue.map(({ facts }) => facts.control["Package"]));
    let deferred = 0;
    for (let next = queue.shift(); next; next = queue.shift()) {
      const { control } = next.facts;
      const blocked = queue.some(({ facts }) => waiting.has(facts.control["Package"]) && needs(control, facts.control));
      if (blocked && deferred < queue.length) {
        queue.push(next);
        deferred += 1;
        continue;
      }
      deferred = 0;
      waiting.delete(control["Package"]);
      await this.#configureOne(next);
    }
  }

  async #configureOne({ facts, texts }: Fetched): Promise<void> {
    const { control, effects } = facts;
    const version = control["Version"] ?? "";
    const now = Math.floor(this.#context.clock.now() / 1000);
    this.#context.signal.throwIfAborted();
    this.#context.stdout(`Setting up ${displayName(control)} (${version}) ...\n`);
    this.log(`configure ${logName(control)} ${version} <none>`);
    for (const status of ["unpacked", "half-configured"]) this.log(`status ${status} ${logName(control)} ${version}`);
    const alternatives = [];
    for (const effect of effects) {
      if (effect.kind === "alternative") alternatives.push(effect);
      else if (effect.kind !== "entry") await addAccount(effect, this.#files, now);
      else if (!this.#files.at(`/${effect.entry.path}`)) place(effect.entry, texts, now, this.#files, this.#context);
    }
    for (const effect of alternatives.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      await installAlternative(effect, this.#files, this.#context);
    }
    this.#database.set(control, installed);
    this.log(`status installed ${logName(control)} ${version}`);
  }

  /** Removes a package's files; its configuration stays, unless `purge`. */
  async remove(name: string, purge: boolean, archive: Archive | null): Promise<void> {
    const known = this.#database.get(name);
    if (!known) return;
    const { control } = known;
    const list = (await this.#database.list(control)) ?? [];
    const kept = new Set(conffiles(control));
    const effects = (await archive?.fetch(name).catch(() => null))?.facts.effects ?? [];
    const made = effects.flatMap((effect) => (effect.kind === "entry" ? [`/${effect.entry.path}`] : []));
    // What its scripts made below /etc and /var is kept as configuration and data are; the rest goes with the program.
    const generated = made.filter((path) => !/^\/(etc|var)\//.test(path));
    const shown = `${displayName(control)} (${control["Version"]})`;
    if (known.state.status !== "config-files") {
      await this.#readDatabase();
      this.#context.stdout(`Removing ${shown} ...\n`);
      this.log(`remove ${logName(control)} ${control["Version"]} <none>`);
      await removeAlternatives(new Set(list), this.#files, this.#context);
      const left = await this.#removePaths([...list, ...generated], kept, name);
      this.#triggers.activate(list, -1);
      const scripts = new Set(["list", "postrm"].map((member) => this.#database.infoPath(control, member)));
      const info = this.#database.infoFiles(control);
      for (const path of info) if (!scripts.has(path)) this.#files.remove(path);
      if (kept.size === 0 && !info.some((path) => path.endsWith(".postrm"))) return this.#forget(control);
      this.#files.putText(this.#database.infoPath(control, "list"), left.map((path) => `${path}\n`).join(""));
      this.#database.set(control, { want: "deinstall", flag: "ok", status: "config-files" });
      this.log(`status config-files ${logName(control)} ${control["Version"]}`);
    }
    if (!purge) return;
    this.#read = false;
    await this.#readDatabase();
    this.#context.stdout(`Purging configuration files for ${shown} ...\n`);
    this.log(`purge ${logName(control)} ${control["Version"]} <none>`);
    await this.#removePaths([...((await this.#database.list(control)) ?? []), ...kept, ...made], new Set(), name);
    this.#forget(control);
  }

  async finish(): Promise<void> {
    await this.#triggers.process((line) => this.log(line));
    this.#database.save();
  }

  #forget(control: Control): void {
    for (const path of this.#database.infoFiles(control)) this.#files.remove(path);
    this.#database.forget(control["Package"] ?? "");
    this.log(`status not-installed ${logName(control)} <none>`);
  }

  async #readDatabase(): Promise<void> {
    if (this.#read) return;
    this.#read = true;
    const size = await this.#database.size();
    this.#context.stdout(`(Reading database ... ${size} files and directories currently installed.)\n`);
  }

  #place({ facts, texts }: Fetched): void {
    const mtime = builtAt(facts, Math.floor(this.#context.clock.now() / 1000));
    const kept = new Set(conffiles(facts.control));
    for (const entry of facts.entries) {
      if (this.#rules.excludes(entry.path, entry.kind === "directory")) continue;
      // A configuration file that is there may hold the administrator's changes.
      if (kept.has(`/${entry.path}`) && this.#files.at(`/${entry.path}`)) continue;
      place(entry, texts, mtime, this.#files, this.#context);
    }
  }

  #writeInfo({ facts }: Fetched): void {
    const { control, entries, members } = facts;
    const mtime = builtAt(facts, Math.floor(this.#context.clock.now() / 1000));
    this.#files.putText(this.#database.infoPath(control, "list"), listFile(entries));
    const configuration = conffiles(control);
    if (configuration.length > 0) {
      this.#files.putText(
        this.#database.infoPath(control, "conffiles"),
        configuration.map((path) => `${path}\n`).join(""),
      );
    }
    for (const { name, mode, size } of members) {
      if (name !== "conffiles") this.#files.putZeros(this.#database.infoPath(control, name), size, mode, { mtime });
    }
  }

  /** Deepest first; what another package owns too, and what is in `kept`, stays. Answers what is left. */
  async #removePaths(paths: readonly string[], kept: ReadonlySet<string>, name = ""): Promise<string[]> {
    if (paths.length === 0) return ["/."];
    const shared = new Set<string>();
    for (const { control } of this.#database.all()) {
      if (control["Package"] === name) continue;
      for (const path of (await this.#database.list(control)) ?? []) shared.add(path);
    }
    const left: string[] = [];
    for (const path of [...paths].sort().reverse()) {
      const found = this.#files.at(path);
      if (!found || path === "/.") continue;
      if (kept.has(path)) left.push(path);
      else if (found.kind !== "directory") {
        if (!shared.has(path)) this.#files.remove(path);
      } else if (
        left.some((other) => other.startsWith(`${path}/`)) ||
        (!shared.has(path) && !this.#files.removeEmpty(path))
      ) {
        left.push(path);
      }
    }
    return ["/.", ...left.reverse()];
  }
}

/** Leading directories are dropped from a long name: ".../vim_9.0_amd64.deb". (dpkg, summarize_filename) */
function shortened(file: string): string {
  let name = file;
  while (name.length > 30 && name.includes("/")) name = name.slice(name.indexOf("/") + 1);
  return name === file ? file : `.../${name}`;
}

/** dpkg.log names the architecture always. */
function logName(control: Control): string {
  return `${control["Package"]}:${control["Architecture"]}`;
}

function needs(control: Control, other: Control): boolean {
  return parseRelations(`${control["Pre-Depends"] ?? ""},${control["Depends"] ?? ""}`).some((group) =>
    group.some((relation) => answers(other, relation)),
  );
}

/** Where dpkg's hash table of packages puts a name: the order it walks them in. (lib/dpkg/pkg-hash.c: FNV-1a, 65521 bins) */
function bin(control: Control): number {
  let hash = 2_166_136_261;
  for (const byte of new TextEncoder().encode(control["Package"] ?? ""))
    hash = Math.imul(hash ^ byte, 16_777_619) >>> 0;
  return hash % 65_521;
}

/** Name of the archive file of a package: the epoch's colon is escaped. */
export function debName(control: Control): string {
  return `${control["Package"]}_${(control["Version"] ?? "").replace(":", "%3a")}_${control["Architecture"]}.deb`;
}

import type { ApkRecord } from "../../../content/packages/apk-database.ts";
import type { Control } from "../../../content/packages/format.ts";
import type { ProcessContext } from "../../command.ts";
import { type Archive, builtAt, type Fetched } from "../archive.ts";
import type { Files } from "../files.ts";
import { globPattern } from "../glob.ts";
import { addAccount, place } from "../place.ts";
import type { ApkDatabase } from "./database.ts";

/** What changes, in apk's order: what goes first, then what comes. */
export interface Change {
  readonly purge: readonly ApkRecord[];
  readonly install: readonly Control[];
}

/** Brings the container from what is installed to what is wanted. Throws `ArchiveError` before anything changed. */
export async function commit(
  change: Change,
  database: ApkDatabase,
  archive: Archive,
  files: Files,
  context: ProcessContext,
): Promise<void> {
  const total = change.purge.length + change.install.length;
  const fetched: Fetched[] = [];
  for (const control of change.install) {
    // A virtual package is made here and has no archive.
    const made = control["Size"] === undefined;
    const nothing: Fetched = { facts: { control, entries: [], members: [], effects: [] }, texts: {} };
    fetched.push(made ? nothing : await archive.fetch(control["Package"] ?? ""));
  }
  const touched = new Set<string>();
  const width = String(total).length;
  let step = 0;
  let scripts = 0;
  const announce = (what: string): void => {
    context.signal.throwIfAborted();
    context.stdout(`(${String((step += 1)).padStart(width)}/${total}) ${what}\n`);
  };
  for (const record of change.purge) {
    announce(`Purging ${record.control["Package"]} (${record.control["Version"]})`);
    purge(record, database, files, touched);
  }
  for (const one of fetched) {
    const { control, members } = one.facts;
    const old = database.get(control["Package"] ?? "");
    const version = `${control["Package"]}-${control["Version"]}`;
    announce(
      old
        ? `Upgrading ${control["Package"]} (${old.control["Version"]} -> ${control["Version"]})`
        : `Installing ${control["Package"]} (${control["Version"]})`,
    );
    const phase = old ? "upgrade" : "install";
    const script = (name: string): void => {
      if (members.some((member) => member.name === name)) context.stdout(`Executing ${version}.${name}\n`);
    };
    script(`pre-${phase}`);
    await install(one, files, context, touched);
    script(`post-${phase}`);
    database.add(one.facts);
    scripts += members.reduce((sum, { size }) => sum + 512 + Math.ceil(size / 512) * 512, 0);
    await context.clock.sleep(30, context.signal);
  }
  await database.save(await runTriggers(touched, database, archive, context), scripts);
}

/** Runs the triggers whose folders were touched; answers the new text of /lib/apk/db/triggers. */
async function runTriggers(
  touched: ReadonlySet<string>,
  database: ApkDatabase,
  archive: Archive,
  context: ProcessContext,
): Promise<string> {
  // The database does not say which package a line of `triggers` is of; the archive does.
  const index = await archive.index().catch(() => null);
  if (!index) return database.triggers();
  let lines = "";
  for (const { control } of database.all()) {
    const watched = index.packages.find((one) => one["Package"] === control["Package"])?.["Triggers"];
    if (watched === undefined) continue;
    lines += `${watched}\n`;
    const patterns = watched.split(" ").map(globPattern);
    if ([...touched].some((folder) => patterns.some((pattern) => pattern.test(folder)))) {
      context.stdout(`Executing ${control["Package"]}-${control["Version"]}.trigger\n`);
    }
  }
  return lines;
}

async function install(
  { facts, texts }: Fetched,
  files: Files,
  context: ProcessContext,
  touched: Set<string>,
): Promise<void> {
  const now = Math.floor(context.clock.now() / 1000);
  const mtime = builtAt(facts, now);
  const { entries, effects } = facts;
  // pre-install makes the users that own the files.
  for (const effect of effects)
    if (effect.kind === "user" || effect.kind === "group") await addAccount(effect, files, now);
  for (const entry of entries) {
    // A configuration file that is there is the administrator's.
    if (entry.kind === "file" && entry.path.startsWith("etc/") && files.at(`/${entry.path}`)) continue;
    place(entry, texts, mtime, files, context);
    if (entry.kind !== "directory") touched.add(`/${entry.path}`.replace(/\/[^/]*$/, ""));
  }
  for (const effect of effects) {
    if (effect.kind === "entry" && !files.at(`/${effect.entry.path}`)) place(effect.entry, texts, now, files, context);
  }
}

/** Removes a package's files, and the directories that are empty then and nobody else's. */
function purge(record: ApkRecord, database: ApkDatabase, files: Files, touched: Set<string>): void {
  database.delete(record.control["Package"] ?? "");
  const owned = new Set(database.all().flatMap(({ files, directories }) => [...files, ...directories]));
  for (const path of record.files) {
    if (owned.has(path)) continue;
    files.remove(`/${path}`);
    touched.add(`/${path}`.replace(/\/[^/]*$/, ""));
  }
  for (const path of [...record.directories].sort().reverse()) if (!owned.has(path)) files.removeEmpty(`/${path}`);
}

import type { Control } from "../../../content/packages/format.ts";
import type { ProcessContext } from "../../command.ts";
import { type Archive, ArchiveError, type Fetched } from "../archive.ts";
import { debName, DpkgRun } from "../dpkg/run.ts";
import { timestamp } from "../dpkg/log.ts";
import type { Files } from "../files.ts";
import { hint, redirected } from "../hint.ts";
import { userId } from "../place.ts";
import { sizeText } from "../size-text.ts";
import { type AptCache, origin } from "./cache.ts";
import type { Configuration } from "./configuration.ts";
import { Download } from "./download.ts";
import type { Options } from "./options.ts";
import { counts, diskUse, diskUseLine, leftOut, showList } from "./report.ts";
import { orphans, type Plan, unpackOrder } from "./resolve.ts";
import { hostOf } from "./update.ts";

const ARCHIVES = "/var/cache/apt/archives";
/** From so many archives on, apt hands dpkg a folder of numbered links. (DPkg::Install::Recursive::Minimum) */
const NUMBERED_FROM = 5;

/** One apt command that changes what is installed. */
export interface Session {
  readonly cache: AptCache;
  readonly archive: Archive;
  readonly files: Files;
  readonly configuration: Configuration;
  readonly options: Options;
  readonly context: ProcessContext;
  /** For history.log. */
  readonly commandLine: string;
}

/** Names that were asked for, and what they mean. */
export interface Request {
  readonly plan: Plan;
  readonly asked: ReadonlySet<string>;
  readonly purge: boolean;
  /** What goes because nothing needs it, by autoremove. */
  readonly removesOrphans?: boolean;
}

/** Tells the plan, asks, fetches, and has dpkg carry it out. Answers the exit code. */
export async function carryOut({ plan, asked, purge, removesOrphans }: Request, session: Session): Promise<number> {
  const { cache, context, files, configuration, options } = session;
  const unneeded = removesOrphans ? [] : orphans(cache, plan, configuration.suggestsImportant);
  if (unneeded.length > 0) {
    const one = unneeded.length === 1;
    showList(
      one
        ? "The following package was automatically installed and is no longer required:"
        : "The following packages were automatically installed and are no longer required:",
      unneeded,
      context,
    );
    context.stdout(`Use 'apt autoremove' to remove ${one ? "it" : "them"}.\n`);
  }
  const names = [...plan.install.keys()].sort();
  const added = names.filter((name) => !cache.current(name));
  const extra = names.filter((name) => !asked.has(name));
  if (asked.size > 0) showList("The following additional packages will be installed:", extra, context);
  showList("Suggested packages:", leftOut("Suggests", plan, cache), context);
  showList("Recommended packages:", leftOut("Recommends", plan, cache), context);
  const removed = [...plan.remove].sort().map((name) => (purge ? `${name}*` : name));
  showList("The following packages will be REMOVED:", removed, context);
  showList("The following NEW packages will be installed:", added, context);
  const upgraded = names.filter((name) => cache.current(name));
  showList("The following packages will be upgraded:", upgraded, context);
  context.stdout(counts(plan, cache));
  if (names.length === 0 && removed.length === 0) return 0;

  const order = unpackOrder(plan.install);
  const bytes = (controls: readonly Control[]): number =>
    controls.reduce((sum, one) => sum + Number(one["Size"] ?? 0), 0);
  const missing = order.filter(
    (control) => files.at(`${ARCHIVES}/${debName(control)}`)?.size !== Number(control["Size"] ?? 0),
  );
  if (order.length > 0) {
    const all = `${sizeText(bytes(order))}B`;
    context.stdout(
      `Need to get ${missing.length === order.length ? all : `${sizeText(bytes(missing))}B/${all}`} of archives.\n`,
    );
  }
  context.stdout(diskUseLine(diskUse(plan, cache)));
  if (!options.yes && (extra.length > 0 || removed.length > 0) && !agrees(context)) {
    context.stdout("Abort.\n");
    hint("(Answers cannot be typed here yet: add -y to agree beforehand.)", context);
    return 1;
  }
  const fetched = await fetchAll(order, new Set(missing), session);
  if (!fetched) return 100;
  if (options.downloadOnly) {
    context.stdout("Download complete and in download only mode\n");
    return 0;
  }
  if (order.length > 0 && files.at("/usr/sbin/dpkg-preconfigure") && !files.at("/usr/bin/apt-extracttemplates")) {
    context.stderr("debconf: delaying package configuration, since apt-utils is not installed\n");
  }
  const changed = describe(plan, asked, purge, cache);
  await runDpkg(fetched, { plan, asked, purge }, session, changed);
  return 0;
}

/** The answer to "[Y/n]" comes from what is piped in; without it there is none. */
function agrees(context: ProcessContext): boolean {
  context.stdout("Do you want to continue? [Y/n] ");
  const answer = new TextDecoder().decode(context.stdin);
  return answer !== "" && /^(y|\n)/i.test(answer);
}

async function fetchAll(
  order: readonly Control[],
  missing: ReadonlySet<Control>,
  { archive, cache, context, files }: Session,
): Promise<Fetched[] | null> {
  const download = new Download(context);
  const fetched: Fetched[] = [];
  const failures: string[] = [];
  if (order.length > 0) {
    files.lock(`${ARCHIVES}/lock`);
    files.directory(`${ARCHIVES}/partial`, 0o700, { uid: await userId("_apt", files), gid: 0 });
  }
  for (const control of order) {
    const index = cache.indexOf(control["Package"] ?? "");
    const from = index ? origin(index) : "";
    const label = `${from} ${control["Package"]} ${control["Architecture"]} ${control["Version"]}`;
    try {
      fetched.push(await archive.fetch(control["Package"] ?? ""));
    } catch (error) {
      if (!(error instanceof ArchiveError)) throw error;
      const uri = from.split(" ")[0] ?? "";
      const reason = `Temporary failure resolving '${hostOf(uri)}'`;
      download.failed(label, reason);
      failures.push(`E: Failed to fetch ${uri}/${control["Filename"]}  ${reason}\n`);
      continue;
    }
    if (!missing.has(control)) continue;
    const size = Number(control["Size"] ?? 0);
    await download.get(label, size);
    files.putZeros(`${ARCHIVES}/${debName(control)}`, size);
  }
  download.end();
  if (failures.length === 0) return fetched;
  context.stderr(failures.join(""));
  context.stderr("E: Unable to fetch some archives, maybe run apt-get update or try with --fix-missing?\n");
  return null;
}

async function runDpkg(
  fetched: readonly Fetched[],
  { plan, asked, purge }: Request,
  session: Session,
  changed: string,
): Promise<void> {
  const { cache, archive, files, configuration, context, commandLine } = session;
  const { database } = cache;
  const begun = timestamp(context.clock.now()).replace(" ", "  ");
  let terminal = "";
  const logged = redirected(context, {
    stdout: (text) => {
      if (typeof text === "string") terminal += text;
      context.stdout(text);
    },
  });
  for (const name of plan.install.keys()) if (!cache.current(name)) cache.mark(name, !asked.has(name));
  for (const name of plan.remove) cache.mark(name, false);
  const run = await DpkgRun.start(database, files, logged);
  try {
    if (plan.remove.size > 0) run.log("startup packages remove");
    for (const name of [...plan.remove].sort()) {
      context.signal.throwIfAborted();
      await run.remove(name, purge, archive);
    }
    if (fetched.length > 0) {
      run.log("startup archives unpack");
      const width = String(fetched.length - 1).length;
      for (const [index, one] of fetched.entries()) {
        context.signal.throwIfAborted();
        const deb = debName(one.facts.control);
        const numbered = `/tmp/apt-dpkg-install/${String(index).padStart(width, "0")}-${deb}`;
        await run.unpack(one, fetched.length >= NUMBERED_FROM ? numbered : `${ARCHIVES}/${deb}`);
        await context.clock.sleep(30, context.signal);
      }
      database.save();
      run.log("startup packages configure");
      await run.configure(fetched);
    }
  } finally {
    await run.finish();
    cache.saveMarks(files, "amd64");
    const ended = timestamp(context.clock.now()).replace(" ", "  ");
    files.append(
      "/var/log/apt/history.log",
      `\nStart-Date: ${begun}\nCommandline: ${commandLine}\n${changed}End-Date: ${ended}\n`,
    );
    files.append("/var/log/apt/term.log", `\nLog started: ${begun}\n${terminal}Log ended: ${ended}\n`, 0o640);
    files.putZeros("/var/log/apt/eipp.log.xz", 3700 + 10 * database.installed().length);
    if (configuration.deletesArchives) deleteArchives(files);
    if (configuration.keepsCache) keepCache(session);
  }
}

/** apt-get clean, and docker's hook after each run of dpkg. */
export function deleteArchives(files: Files): void {
  for (const folder of [ARCHIVES, `${ARCHIVES}/partial`]) {
    for (const name of files.names(folder)) if (name.endsWith(".deb")) files.remove(`${folder}/${name}`);
  }
  for (const name of ["pkgcache.bin", "srcpkgcache.bin"]) files.remove(`/var/cache/apt/${name}`);
}

/** apt's cache of the lists, about as large as they are uncompressed. */
function keepCache({ files }: Session): void {
  const lists = files.names("/var/lib/apt/lists").filter((name) => /_Packages(\.lz4)?$/.test(name));
  const size = lists.reduce((sum, name) => {
    const bytes = files.at(`/var/lib/apt/lists/${name}`)?.size ?? 0;
    return sum + (name.endsWith(".lz4") ? bytes * 2.5 : bytes);
  }, 0);
  for (const name of ["pkgcache.bin", "srcpkgcache.bin"]) files.putZeros(`/var/cache/apt/${name}`, Math.round(size));
}

/** The lines of history.log that tell what changes. */
function describe(plan: Plan, asked: ReadonlySet<string>, purge: boolean, cache: AptCache): string {
  const named = (name: string): string => `${name}:amd64`;
  const install: string[] = [];
  const upgrade: string[] = [];
  for (const [name, control] of plan.install) {
    const old = cache.current(name);
    if (old) upgrade.push(`${named(name)} (${old["Version"]}, ${control["Version"]})`);
    else install.push(`${named(name)} (${control["Version"]}${asked.has(name) ? "" : ", automatic"})`);
  }
  const gone = [...plan.remove].map(
    (name) => `${named(name)} (${(cache.current(name) ?? cache.database.get(name)?.control)?.["Version"]})`,
  );
  const line = (title: string, items: readonly string[]): string =>
    items.length > 0 ? `${title}: ${items.join(", ")}\n` : "";
  return `${line("Install", install)}${line("Upgrade", upgrade)}${line(purge ? "Purge" : "Remove", gone)}`;
}

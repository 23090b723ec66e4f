import type { Control } from "../../../content/packages/format.ts";
import type { ProcessContext } from "../../command.ts";
import { type Archive, ArchiveError, type Fetched } from "../archive.ts";
import type { Files } from "../files.ts";
import { hint } from "../hint.ts";
import { inColumns, numberText, row, shareColumns } from "./columns.ts";
import { nevra, parseEvr, yumName } from "./evr.ts";
import { meter } from "./repositories.ts";
import { label } from "./resolve.ts";
import { installedSize, type RpmDatabase } from "./rpm-files.ts";

/** What one yum command changes. */
export interface Work {
  readonly install: readonly Control[];
  readonly erase: readonly Control[];
  /** Names that were asked for; the rest is dependencies. */
  readonly asked: ReadonlySet<string>;
}

export interface Setting {
  readonly database: RpmDatabase;
  readonly archive: Archive;
  readonly files: Files;
  readonly context: ProcessContext;
  readonly yes: boolean;
}

const CACHE = "/var/cache/yum/x86_64/7";

/** Shows the transaction, asks, and carries it out. Answers the exit code. */
export async function transact(work: Work, setting: Setting): Promise<number> {
  const { context, files, database } = setting;
  const columns = context.terminal?.columns ?? 80;
  const groups = await grouped(work, setting);
  context.stdout(`\nDependencies Resolved\n${table(groups, columns)}${summary(groups, columns)}`);
  const download = work.install.reduce((sum, control) => sum + Number(control["Size"] ?? 0), 0);
  const size = [...work.install, ...work.erase].reduce((sum, control) => sum + installedSize(control), 0);
  if (work.install.length > 0) context.stdout(`Total download size: ${numberText(download)}\n`);
  context.stdout(`Installed size: ${numberText(size)}\n`);
  if (!setting.yes) {
    const verb = work.install.length > 0 ? "Is this ok [y/d/N]: " : "Is this ok [y/N]: ";
    context.stdout(verb);
    if (!/^y/i.test(new TextDecoder().decode(context.stdin))) {
      context.stdout("Exiting on user command\n");
      hint("(Answers cannot be typed here yet: add -y to agree beforehand.)", context);
      return 1;
    }
  }
  const fetched = await fetchAll(work.install, setting, columns);
  if (!fetched) return 1;
  context.stdout(
    "Running transaction check\nRunning transaction test\nTransaction test succeeded\nRunning transaction\n",
  );
  const replaced = database.controls(work.install.map((control) => control["Package"] ?? ""));
  const steps = work.install.length + work.erase.length + replaced.length;
  let step = 0;
  const line = (process: string, control: Control): void => {
    const count = String(steps);
    const left = `  ${process.padEnd(10)} : `;
    const width = columns - left.length - 2 * count.length - 3;
    const text = yumName(control).slice(0, width).padEnd(width);
    context.stdout(`${left}${text} ${String((step += 1)).padStart(count.length)}/${count} \n`);
  };
  const documentation = !/^tsflags=.*nodocs/m.test(await files.text("/etc/yum.conf"));
  try {
    for (const one of fetched) {
      context.signal.throwIfAborted();
      line(database.get(one.facts.control["Package"] ?? "") ? "Updating" : "Installing", one.facts.control);
      await database.install(one, documentation, context);
      remember(one.facts.control, work.asked, setting);
      await context.clock.sleep(30, context.signal);
    }
    for (const control of replaced) line("Cleanup", control);
    for (const control of work.erase) {
      context.signal.throwIfAborted();
      line("Erasing", control);
      database.erase(control["Package"] ?? "");
      forget(control, setting);
    }
  } finally {
    database.save();
    record(work, setting);
  }
  step = 0;
  for (const control of [...work.install, ...replaced, ...work.erase]) line("Verifying", control);
  for (const [title, controls] of outcome(groups)) {
    context.stdout(`\n${title}:\n${inColumns(controls.map(label), columns)}`);
  }
  context.stdout("\nComplete!\n");
  return 0;
}

interface Group {
  readonly title: string;
  readonly verb: "Install" | "Upgrade" | "Remove";
  readonly dependent: boolean;
  readonly rows: readonly { readonly control: Control; readonly repository: string; readonly size: number }[];
}

async function grouped(work: Work, { database, files }: Setting): Promise<Group[]> {
  const groups: Group[] = [];
  const byName = (a: Control, b: Control): number => ((a["Package"] ?? "") < (b["Package"] ?? "") ? -1 : 1);
  const add = async (
    title: string,
    verb: Group["verb"],
    dependent: boolean,
    controls: readonly Control[],
  ): Promise<void> => {
    if (controls.length === 0) return;
    const rows = [];
    for (const control of [...controls].sort(byName)) {
      const repository = verb === "Remove" ? await originOf(control, files) : (control["Section"] ?? "");
      rows.push({
        control,
        repository,
        size: verb === "Remove" ? installedSize(control) : Number(control["Size"] ?? 0),
      });
    }
    groups.push({ title, verb, dependent, rows });
  };
  const isAsked = (control: Control): boolean => work.asked.has(control["Package"] ?? "");
  const isUpdate = (control: Control): boolean => database.get(control["Package"] ?? "") !== undefined;
  const fresh = work.install.filter((control) => !isUpdate(control));
  const newer = work.install.filter(isUpdate);
  await add("Installing", "Install", false, fresh.filter(isAsked));
  await add("Updating", "Upgrade", false, newer.filter(isAsked));
  await add("Removing", "Remove", false, work.erase.filter(isAsked));
  await add(
    "Installing for dependencies",
    "Install",
    true,
    fresh.filter((control) => !isAsked(control)),
  );
  await add(
    "Updating for dependencies",
    "Upgrade",
    true,
    newer.filter((control) => !isAsked(control)),
  );
  await add(
    "Removing for dependencies",
    "Remove",
    true,
    work.erase.filter((control) => !isAsked(control)),
  );
  return groups;
}

function table(groups: readonly Group[], columns: number): string {
  const rows = groups.flatMap((group) => group.rows);
  const cells = rows.map(({ control, repository, size }) => [
    control["Package"] ?? "",
    control["Architecture"] ?? "",
    control["Version"] ?? "",
    repository,
    numberText(size),
  ]);
  const column = (index: number): string[] => cells.map((one) => one[index] ?? "");
  const widest = Math.max(0, ...column(1).map(({ length }) => length));
  const [n = 0, a = 0, v = 0, r = 0, s = 5] = shareColumns(
    [column(0), [], column(2), column(3), []],
    [1, widest, 1, 1, 5],
    2,
    columns - 2,
  );
  const show = ([name = "", architecture = "", version = "", repository = "", size = ""]: readonly string[]): string =>
    row([
      [name, n],
      [architecture, a],
      [version, v],
      [repository, r],
      [size, -s],
    ]);
  const rule = "=".repeat(columns);
  let text = `\n${rule}\n${show(["Package", "Arch", "Version", "Repository", "Size"])}${rule}\n`;
  let at = 0;
  for (const group of groups) {
    text += `${group.title}:\n`;
    for (const _ of group.rows) text += show(cells[at++] ?? []);
  }
  return text;
}

function summary(groups: readonly Group[], columns: number): string {
  let text = `\nTransaction Summary\n${"=".repeat(columns)}\n`;
  const verbs = (["Install", "Upgrade", "Remove"] as const).map((verb) => {
    const count = (dependent: boolean): number =>
      groups
        .filter((group) => group.verb === verb && group.dependent === dependent)
        .reduce((sum, group) => sum + group.rows.length, 0);
    return { verb, asked: count(false), dependent: count(true) };
  });
  const shown = verbs.filter(({ asked, dependent }) => asked + dependent > 0);
  const wide = Math.max(...shown.map(({ verb }) => verb.length));
  for (const { verb, asked, dependent } of shown) {
    const packages = asked === 1 ? "Package" : "Packages";
    const also = dependent > 0 ? ` (+${dependent} Dependent ${dependent === 1 ? "package" : "packages"})` : "";
    text += `${verb.padEnd(wide)}  ${asked} ${packages}${also}\n`;
  }
  return `${text}\n`;
}

function outcome(groups: readonly Group[]): [string, Control[]][] {
  const titles: Readonly<Record<string, string>> = {
    Installing: "Installed",
    Updating: "Updated",
    Removing: "Removed",
    "Installing for dependencies": "Dependency Installed",
    "Updating for dependencies": "Dependency Updated",
    "Removing for dependencies": "Dependency Removed",
  };
  return groups.map((group) => [titles[group.title] ?? "", group.rows.map(({ control }) => control)]);
}

async function fetchAll(controls: readonly Control[], setting: Setting, columns: number): Promise<Fetched[] | null> {
  const { archive, files, context } = setting;
  context.stdout("Downloading packages:\n");
  const begun = context.clock.now();
  const fetched: Fetched[] = [];
  let bytes = 0;
  for (const [index, control] of controls.entries()) {
    const rpm = `${nevra(control)}.rpm`;
    try {
      fetched.push(await archive.fetch(control["Package"] ?? ""));
    } catch (error) {
      if (!(error instanceof ArchiveError)) throw error;
      context.stderr(`\n\nError downloading packages:\n  ${yumName(control)}: [Errno 256] No more mirrors to try.\n\n`);
      return null;
    }
    const size = Number(control["Size"] ?? 0);
    bytes += size;
    files.putZeros(`${CACHE}/${control["Section"]}/packages/${rpm}`, size);
    await context.clock.sleep(Math.min(300, Math.round(size / 20_000)), context.signal);
    meter(controls.length > 1 ? `(${index + 1}/${controls.length}): ${rpm}` : rpm, size, true, context);
  }
  if (controls.length > 1) {
    const elapsed = Math.max(1, context.clock.now() - begun);
    const speed = `${numberText((bytes * 1000) / elapsed)}B/s`;
    const time = `00:${String(Math.floor(elapsed / 1000)).padStart(2, "0")}`;
    const right = `${speed.padStart(9)} | ${numberText(bytes).padStart(5)}B  ${time}     `;
    context.stdout(`${"-".repeat(columns)}\n${"Total".padEnd(Math.max(6, columns - right.length))}${right}\n`);
  }
  return fetched;
}

/** /var/lib/yum/yumdb: where a package came from. The digest in the folder's name is modelled. */
function yumdbFolder(control: Control): string {
  const name = control["Package"] ?? "";
  const { version, release } = parseEvr(control["Version"] ?? "");
  let digest = "";
  let hash = 2_166_136_261;
  for (let round = 0; digest.length < 40; round += 1) {
    for (const byte of new TextEncoder().encode(`${nevra(control)}${round}`))
      hash = Math.imul(hash ^ byte, 16_777_619) >>> 0;
    digest += hash.toString(16).padStart(8, "0");
  }
  return `/var/lib/yum/yumdb/${name.slice(0, 1)}/${digest}-${name}-${version}-${release}-${control["Architecture"]}`;
}

function remember(control: Control, asked: ReadonlySet<string>, { files }: Setting): void {
  const folder = yumdbFolder(control);
  const facts: Readonly<Record<string, string>> = {
    checksum_type: "sha256",
    from_repo: control["Section"] ?? "",
    installed_by: "4294967295",
    reason: asked.has(control["Package"] ?? "") ? "user" : "dep",
    releasever: "7",
  };
  for (const [name, text] of Object.entries(facts)) files.putText(`${folder}/${name}`, text);
}

function forget(control: Control, { files }: Setting): void {
  const folder = yumdbFolder(control);
  for (const name of files.names(folder)) files.remove(`${folder}/${name}`);
  files.removeEmpty(folder);
}

/** "@updates", or "installed" for what came with the image. */
export async function originOf(control: Control, files: Files): Promise<string> {
  const from = await files.text(`${yumdbFolder(control)}/from_repo`);
  return from === "" ? "installed" : `@${from}`;
}

function record(work: Work, { files, context, database }: Setting): void {
  for (const control of work.install) files.remove(`${CACHE}/${control["Section"]}/packages/${nevra(control)}.rpm`);
  const now = new Date(context.clock.now());
  const month = now.toUTCString().slice(8, 11);
  const time = `${month} ${now.toISOString().slice(8, 10)} ${now.toISOString().slice(11, 19)}`;
  const lines = [
    ...work.install.map((control) => `${time} Installed: ${yumName(control)}\n`),
    ...work.erase.map((control) => `${time} Erased: ${yumName(control)}\n`),
  ];
  files.append("/var/log/yum.log", lines.join(""), 0o600);
  // The history database grows with the packages it has seen; its size is modelled.
  const history = `/var/lib/yum/history/history-${now.toISOString().slice(0, 10)}.sqlite`;
  files.putZeros(history, 40_960 + 512 * database.all().length);
}

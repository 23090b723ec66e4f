import type { ProcessContext, ShellCommand } from "../../command.ts";
import { formatControl } from "../../../content/packages/format.ts";
import { statusStanza } from "../../../content/packages/dpkg-database.ts";
import { Archive } from "../archive.ts";
import { Files } from "../files.ts";
import { globPattern, isGlob } from "../glob.ts";
import { Database, displayName, type KnownPackage } from "./database.ts";
import { answers, parseRelations } from "./relation.ts";
import { DpkgRun } from "./run.ts";
import { abbreviation, table } from "./table.ts";
import { compareVersions } from "./version.ts";

const HELP = `Type dpkg --help for help about installing and deinstalling packages [*];
Use 'apt' or 'aptitude' for user-friendly package management;
Type dpkg -Dhelp for a list of dpkg debug flag values;
Type dpkg --force-help for a list of forcing options;
Type dpkg-deb --help for help about manipulating *.deb files;

Options marked [*] produce a lot of output - pipe it through 'less' or 'more' !
`;

/** dpkg(1) and dpkg-query(1). */
export const dpkg: ShellCommand = {
  names: ["dpkg", "dpkg-query"],
  async run(argv, context) {
    const words: string[] = [];
    let action = "";
    let format = "${binary:Package}\t${Version}\n";
    const rest = argv.slice(1);
    for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
      const [, long, value] = /^(--[a-z-]+)=(.*)$/s.exec(word) ?? [];
      if (word === "-f" || word === "--showformat") format = rest.shift() ?? "";
      else if (long === "--showformat") format = value ?? "";
      else if (word.startsWith("-f") && !word.startsWith("--")) format = word.slice(2).replace(/^=/, "");
      else if (/^--(no-pager|force-.*|no-triggers)$/.test(word)) continue;
      else if (word.startsWith("-") && action === "") action = word;
      else words.push(word);
    }
    const files = new Files(context);
    const database = await Database.load(files);
    const query = { argv, words, format, files, database, context };
    switch (action) {
      case "-l":
      case "--list":
        return list(query);
      case "-s":
      case "--status":
        return status(query);
      case "-L":
      case "--listfiles":
        return listFiles(query);
      case "-S":
      case "--search":
        return searchFiles(query);
      case "-W":
      case "--show":
        return show(query);
      case "--get-selections":
        for (const { control, state } of select(query)) {
          const name = displayName(control);
          const tabs = Math.max(1, 6 - Math.floor(name.length / 8));
          context.stdout(`${name}${"\t".repeat(tabs)}${state.want}\n`);
        }
        return 0;
      case "--print-architecture":
        context.stdout("amd64\n");
        return 0;
      case "--version":
        context.stdout(version(database));
        return 0;
      case "--compare-versions":
        return compare(words);
      case "-r":
      case "--remove":
      case "-P":
      case "--purge":
        return remove(query, action === "-P" || action === "--purge");
      case "--configure":
      case "-a":
      case "--audit":
      case "-C":
        return 0;
      case "--help":
      case "-?":
        context.stdout(HELP);
        return 0;
      case "-i":
      case "--install":
      case "--unpack":
        return refuseArchives(query);
      case "":
        context.stderr(`dpkg: error: need an action option\n\n${HELP}`);
        return 2;
      default:
        context.stderr(`${argv[0]}: error: unknown option ${action}\n\n${HELP}`);
        return 2;
    }
  },
};

interface Query {
  readonly argv: readonly string[];
  readonly words: readonly string[];
  readonly format: string;
  readonly files: Files;
  readonly database: Database;
  readonly context: ProcessContext;
}

function version(database: Database): string {
  const own = database.get("dpkg")?.control["Version"] ?? "";
  return `Debian 'dpkg' package management program version ${own} (amd64).
This is free software; see the GNU General Public License version 2 or
later for copying conditions. There is NO warranty.
`;
}

/** The packages that the words name or match; all without words. */
function select({ words, database }: Query): KnownPackage[] {
  const all = database.all();
  if (words.length === 0) return all;
  return all.filter(({ control }) =>
    words.some((word) => {
      const name = control["Package"] ?? "";
      return isGlob(word)
        ? globPattern(word).test(name)
        : word === name || word === `${name}:${control["Architecture"]}`;
    }),
  );
}

/** Words that no package answers, told; true when there were any. */
function tellMissing(query: Query, found: readonly KnownPackage[]): boolean {
  const missing = query.words.filter((word) =>
    select({ ...query, words: [word] }).every((one) => !found.includes(one)),
  );
  for (const word of missing) query.context.stderr(`dpkg-query: no packages found matching ${word}\n`);
  return missing.length > 0;
}

function list(query: Query): number {
  const found = select(query).filter(({ state }) => query.words.length > 0 || state.status !== "not-installed");
  if (found.length > 0) query.context.stdout(table(found, query.context));
  return tellMissing(query, found) ? 1 : 0;
}

function status({ words, database, context }: Query): number {
  let code = 0;
  for (const [index, word] of words.entries()) {
    const known = database.get(word);
    if (known) {
      const { control, state } = known;
      if (index > 0) context.stdout("\n");
      context.stdout(statusStanza(control, `${state.want} ${state.flag} ${state.status}`));
    } else {
      code = 1;
      context.stderr(`dpkg-query: package '${word}' is not installed and no information is available\n`);
    }
  }
  if (code === 1) context.stderr("Use dpkg --info (= dpkg-deb --info) to examine archive files.\n");
  if (words.length === 0) for (const { control } of database.all()) context.stdout(`${formatControl(control)}\n\n`);
  return code;
}

async function listFiles({ words, database, context }: Query): Promise<number> {
  let code = 0;
  for (const [index, word] of words.entries()) {
    const known = database.get(word);
    const paths = known ? await database.list(known.control) : null;
    if (index > 0) context.stdout("\n");
    if (paths) context.stdout(paths.map((path) => `${path}\n`).join(""));
    else {
      code = 1;
      context.stderr(`dpkg-query: package '${word}' is not installed\n`);
    }
  }
  if (code === 1) context.stderr("Use dpkg --contents (= dpkg-deb --contents) to list archive files contents.\n");
  return code;
}

async function searchFiles({ words, database, context }: Query): Promise<number> {
  const owners = await database.owners();
  let code = 0;
  for (const word of words) {
    const pattern = isGlob(word) ? globPattern(word) : word.startsWith("/") ? null : globPattern(`*${word}*`);
    let found = 0;
    for (const [path, names] of owners) {
      if (pattern ? !pattern.test(path) : path !== word.replace(/(.)\/+$/, "$1")) continue;
      found += 1;
      context.stdout(`${[...names].sort().join(", ")}: ${path}\n`);
    }
    if (found > 0) continue;
    code = 1;
    context.stderr(`dpkg-query: no path found matching pattern ${word}\n`);
  }
  return code;
}

function show(query: Query): number {
  const found = select(query).filter(({ state }) => query.words.length > 0 || state.status !== "not-installed");
  for (const known of found) query.context.stdout(fill(query.format, known));
  return tellMissing(query, found) ? 1 : 0;
}

/** dpkg-query's format: ${Field}, ${Field;width} and backslash escapes. */
function fill(format: string, { control, state }: KnownPackage): string {
  const value = (name: string): string => {
    switch (name.toLowerCase()) {
      case "binary:package":
        return displayName(control);
      case "binary:summary":
        return control["Description"]?.split("\n")[0] ?? "";
      case "db:status-abbrev":
        return abbreviation(state);
      case "db:status-want":
        return state.want;
      case "db:status-status":
        return state.status;
      case "db:status-eflag":
        return state.flag;
      case "status":
        return `${state.want} ${state.flag} ${state.status}`;
      case "source:package":
        return (control["Source"] ?? control["Package"] ?? "").replace(/ .*/, "");
      default: {
        const field = Object.keys(control).find((one) => one.toLowerCase() === name.toLowerCase());
        return field === undefined ? "" : (control[field] ?? "");
      }
    }
  };
  return format
    .replace(/\\([nrt\\])/g, (_, letter: string) => ({ n: "\n", r: "\r", t: "\t", "\\": "\\" })[letter] ?? letter)
    .replace(/\$\{([^};]+)(?:;(-?\d+))?\}/g, (_, name: string, width?: string) => {
      const text = value(name);
      if (width === undefined) return text;
      const columns = Math.abs(Number(width));
      return (width.startsWith("-") ? text.padStart(columns) : text.padEnd(columns)).slice(0, columns);
    });
}

function compare([a = "", operator = "", b = ""]: readonly string[]): number {
  const order = compareVersions(a, b);
  const holds: Readonly<Record<string, boolean>> = {
    lt: order < 0,
    le: order <= 0,
    eq: order === 0,
    ne: order !== 0,
    ge: order >= 0,
    gt: order > 0,
    "<<": order < 0,
    "<=": order <= 0,
    "=": order === 0,
    ">=": order >= 0,
    ">>": order > 0,
  };
  const held = holds[operator];
  return held === undefined ? 2 : held ? 0 : 1;
}

async function remove(query: Query, purge: boolean): Promise<number> {
  const { words, files, database, context } = query;
  if (context.who.uid !== 0) {
    context.stderr("dpkg: error: requested operation requires superuser privilege\n");
    return 2;
  }
  const gone = new Set<string>();
  const failed: string[] = [];
  for (const word of words) {
    const known = database.get(word);
    const here = known && known.state.status !== "not-installed" && (purge || known.state.status !== "config-files");
    if (!here) {
      context.stderr(
        `dpkg: warning: ignoring request to ${purge ? "purge" : "remove"} ${word} which isn't installed\n`,
      );
      continue;
    }
    const name = known.control["Package"] ?? "";
    const needing = neededBy(known, database, words);
    if (needing.length === 0) gone.add(name);
    else {
      failed.push(displayName(known.control));
      context.stderr(
        `dpkg: dependency problems prevent removal of ${displayName(known.control)}:\n${needing.join("")}\ndpkg: error processing package ${displayName(known.control)} (--${purge ? "purge" : "remove"}):\n dependency problems - not removing\n`,
      );
    }
  }
  const archive = await Archive.of(context, files);
  const run = await DpkgRun.start(database, files, context);
  for (const name of gone) await run.remove(name, purge, archive);
  await run.finish();
  if (failed.length === 0) return 0;
  context.stderr(`Errors were encountered while processing:\n${failed.map((name) => ` ${name}\n`).join("")}`);
  return 1;
}

/** " openssl depends on libssl3 (>= 3.0.9)." for each package that would miss it. */
function neededBy({ control }: KnownPackage, database: Database, leaving: readonly string[]): string[] {
  const left = database.installed().filter((other) => other.control !== control);
  return left.flatMap((other) => {
    if (leaving.includes(other.control["Package"] ?? "")) return [];
    const groups = parseRelations(`${other.control["Pre-Depends"] ?? ""},${other.control["Depends"] ?? ""}`);
    const lost = groups.find(
      (group) =>
        group.some((relation) => answers(control, relation)) &&
        !group.some((relation) => left.some((one) => answers(one.control, relation))),
    );
    return lost ? [` ${displayName(other.control)} depends on ${lost.map(({ text }) => text).join(" | ")}.\n`] : [];
  });
}

function refuseArchives({ words, files, context }: Query): number {
  for (const word of words) {
    if (files.behind(word.startsWith("/") ? word : `${context.cwd}/${word}`)) {
      context.stderr(
        `dpkg: error processing archive ${word} (--install):\n unpacking archive files is not simulated in this playground: use apt-get install NAME\n`,
      );
    } else context.stderr(`dpkg: error: cannot access archive '${word}': No such file or directory\n`);
  }
  return 2;
}

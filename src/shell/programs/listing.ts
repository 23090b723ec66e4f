import type { Stat } from "../../core/filesystem/filesystem.ts";
import { compareNames } from "../../core/filesystem/name.ts";
import { accounts } from "./accounts.ts";
import type { Accounts } from "./accounts.ts";
import { aligned, human, inColumns } from "./columns.ts";
import { modeText } from "./mode.ts";
import { parseOptions } from "./options.ts";
import type { Options } from "./options.ts";
import type { Program, ProgramContext } from "./program.ts";
import { absolute, child, lstatOrNull, reason, statOrNull, usageError } from "./walk.ts";
import { shortTime } from "./when.ts";

interface Entry {
  readonly name: string;
  readonly path: string;
  readonly stat: Stat;
}

interface Style {
  readonly options: Options;
  readonly accounts: Accounts;
  readonly long: boolean;
  readonly color: boolean;
  readonly columns: number | null;
}

const LONG = {
  all: "a",
  "almost-all": "A",
  "human-readable": "h",
  recursive: "R",
  directory: "d",
  reverse: "r",
  inode: "i",
  "numeric-uid-gid": "n",
  size: "s",
  classify: "F",
  "no-group": "G",
  "color?": "c",
  "group-directories-first": "D",
  "full-time": "E",
  "sort=": "z",
  "time-style=": "y",
  si: "h",
  dereference: "L",
};

/** What GNU ls colours by default. (dircolors(5)) */
function colour(entry: Entry): string {
  const { kind, mode } = entry.stat;
  if (kind === "directory") return (mode & 0o1002) === 0o1002 ? "30;42" : "01;34";
  if (kind === "symlink") return "01;36";
  if (kind === "fifo") return "40;33";
  if (kind === "character" || kind === "block") return "40;33;01";
  if (mode & 0o4000) return "37;41";
  if (mode & 0o2000) return "30;43";
  if (mode & 0o111) return "01;32";
  return /\.(tar|tgz|gz|zip|bz2|xz|zst|deb|rpm)$/.test(entry.name) ? "01;31" : "";
}

function painted(text: string, entry: Entry, style: Style): string {
  const code = style.color ? colour(entry) : "";
  return code === "" ? text : `\x1b[0m\x1b[${code}m${text}\x1b[0m`;
}

/** Names with blanks or signs are quoted when a person reads them (GNU since 8.25). */
function shownName(name: string, style: Style, context: ProgramContext): string {
  if (
    context.busybox ||
    style.columns === null ||
    /^[\w%+,./:=@^~#[\]{}-]+$/.test(name) ||
    // oxlint-disable-next-line no-control-regex
    /^[^\s'"$&()*;<>?\\|!`\x00-\x1f]+$/u.test(name)
  )
    return name;
  return name.includes("'") ? `"${name}"` : `'${name}'`;
}

function indicator(entry: Entry, style: Style): string {
  if (!style.options.has("F") && !style.options.has("p")) return "";
  if (entry.stat.kind === "directory") return "/";
  if (!style.options.has("F")) return "";
  return entry.stat.kind === "symlink" ? "@" : entry.stat.kind === "fifo" ? "|" : entry.stat.mode & 0o111 ? "*" : "";
}

/** Kilobytes. A tmpfs, whose directories are a few bytes long, keeps them in no block. */
const blocks = (stat: Stat): number => {
  if (stat.kind === "file") return Math.ceil(stat.size / 4096) * 4;
  return stat.kind === "directory" ? Math.floor(stat.size / 4096) * 4 : 0;
};

function ordered(entries: readonly Entry[], options: Options): Entry[] {
  const sort = options.value("z");
  const by = (a: Entry, b: Entry): number => {
    if (options.has("D") && (a.stat.kind === "directory") !== (b.stat.kind === "directory"))
      return a.stat.kind === "directory" ? -1 : 1;
    if (options.has("S") || sort === "size") return b.stat.size - a.stat.size || compareNames(a.name, b.name);
    if (options.has("t") || sort === "time") return b.stat.mtime - a.stat.mtime || compareNames(a.name, b.name);
    return compareNames(a.name, b.name);
  };
  if (options.has("U") || options.has("f")) return [...entries];
  const sorted = [...entries].sort(by);
  return options.has("r") ? sorted.reverse() : sorted;
}

function longRow(context: ProgramContext, entry: Entry, style: Style): string[] {
  const { options, accounts: known } = style;
  const { stat } = entry;
  const numeric = options.has("n");
  const size = stat.rdev
    ? `${stat.rdev[0]},${context.busybox ? " " : ""}${String(stat.rdev[1]).padStart(4)}`
    : options.has("h")
      ? human(stat.size)
      : String(stat.size);
  const target = stat.kind === "symlink" ? ` -> ${readTarget(context, entry.path)}` : "";
  const full = options.has("E") || options.value("y")?.includes("iso");
  const when = full
    ? new Date(stat.mtime * 1000).toISOString().replace("T", " ").replace("Z", "000000 +0000")
    : shortTime(stat.mtime, context.clock.now());
  return [
    ...(options.has("i") ? [String(stat.ino)] : []),
    ...(options.has("s") ? [String(blocks(stat))] : []),
    modeText(stat.kind, stat.mode),
    String(stat.nlink),
    ...(options.has("g") ? [] : [numeric ? String(stat.uid) : known.userName(stat.uid)]),
    ...(options.has("o") || options.has("G") ? [] : [numeric ? String(stat.gid) : known.groupName(stat.gid)]),
    size,
    when,
    painted(shownName(entry.name, style, context), entry, style) +
      (stat.kind === "symlink" ? "" : indicator(entry, style)) +
      target,
  ];
}

function readTarget(context: ProgramContext, path: string): string {
  return context.fs.readlink(path, context.who);
}

function print(context: ProgramContext, entries: readonly Entry[], style: Style): void {
  const { options } = style;
  if (style.long) {
    const rows = entries.map((entry) => longRow(context, entry, style));
    if (context.busybox) {
      // busybox: fixed widths.
      for (const row of rows) {
        const [mode = "", nlink = "", ...rest] = row.slice(options.has("i") ? 1 : 0);
        const [user = "", group = "", size = "", when = "", name = ""] = rest;
        const ino = options.has("i") ? `${row[0]?.padStart(7)} ` : "";
        context.stdout(
          `${ino}${mode} ${nlink.padStart(4)} ${user.padEnd(8)} ${group.padEnd(8)} ${size.padStart(9)} ${when} ${name}\n`,
        );
      }
      return;
    }
    const extra = (options.has("i") ? 1 : 0) + (options.has("s") ? 1 : 0);
    const owners = (options.has("g") ? 0 : 1) + (options.has("o") || options.has("G") ? 0 : 1);
    context.stdout(aligned(rows, `${"r".repeat(extra)}lr${"l".repeat(owners)}rll`));
    return;
  }
  const cells = entries.map((entry) => {
    const number = options.has("i") ? `${entry.stat.ino} ` : options.has("s") ? `${blocks(entry.stat)} ` : "";
    const name = shownName(entry.name, style, context);
    const tail = indicator(entry, style);
    return { text: number + name + tail, shown: number + painted(name, entry, style) + tail };
  });
  if (style.columns === null || options.has("1")) for (const cell of cells) context.stdout(`${cell.shown}\n`);
  else context.stdout(inColumns(cells, style.columns));
}

function listDirectory(context: ProgramContext, path: string, shown: string, style: Style, headed: boolean): number {
  const { options } = style;
  let code = 0;
  let names: string[];
  try {
    names = context.fs.readdir(path, context.who).map((entry) => entry.name);
  } catch (error) {
    context.stderr(
      context.busybox
        ? `ls: can't open '${shown}': ${reason(error)}\n`
        : `ls: cannot open directory '${shown}': ${reason(error)}\n`,
    );
    return 2;
  }
  const all = options.has("a") || options.has("f");
  const visible = all
    ? [".", "..", ...names]
    : options.has("A")
      ? names
      : names.filter((name) => !name.startsWith("."));
  const entries = visible.flatMap((name) => {
    const at = child(path, name);
    const stat = lstatOrNull(context, at);
    return stat ? [{ name, path: at, stat }] : [];
  });
  const sorted = ordered(entries, options);
  if (headed) context.stdout(`${shown}:\n`);
  if (style.long || options.has("s")) {
    const total = sorted.reduce((sum, entry) => sum + blocks(entry.stat), 0);
    context.stdout(`total ${options.has("h") ? (total === 0 ? "0" : human(total * 1024)) : total}\n`);
  }
  print(context, sorted, style);
  if (!options.has("R")) return code;
  for (const entry of sorted) {
    if (entry.stat.kind !== "directory" || entry.name === "." || entry.name === "..") continue;
    context.stdout("\n");
    code = Math.max(code, listDirectory(context, entry.path, child(shown, entry.name), style, true));
  }
  return code;
}

const ls: Program = {
  names: ["ls", "dir", "vdir"],
  async run(argv, context) {
    const options = parseOptions(argv.slice(1), { short: "laAhR1dtSrinsFpUfCxmogGHLXqkcuvwT:", long: LONG });
    if (typeof options === "string") return usageError(context, "ls", options, context.busybox ? 1 : 2);
    const wanted = options.value("c");
    const color = wanted === "" || wanted === "always" || (wanted === "auto" && context.terminal !== null);
    const long = options.has("l") || options.has("n") || options.has("o") || options.has("g") || options.has("E");
    const columns = context.terminal?.columns ?? (options.has("C") ? 80 : null);
    const style: Style = {
      options,
      accounts: await accounts(context),
      long,
      color: color && !context.busybox,
      columns,
    };
    const operands = options.operands.length > 0 ? options.operands : ["."];
    const found: Entry[] = [];
    let code = 0;
    for (const operand of operands) {
      const path = absolute(context, operand);
      const follow = options.has("L") || options.has("H") || (!long && !options.has("d") && !options.has("F"));
      try {
        const stat = follow
          ? (statOrNull(context, path) ?? context.fs.lstat(path, context.who))
          : context.fs.lstat(path, context.who);
        found.push({ name: operand, path, stat });
      } catch (error) {
        code = context.busybox ? 1 : 2;
        context.stderr(
          context.busybox ? `ls: ${operand}: ${reason(error)}\n` : `ls: cannot access '${operand}': ${reason(error)}\n`,
        );
      }
    }
    const isOpened = (entry: Entry): boolean => entry.stat.kind === "directory" && !options.has("d");
    const plain = ordered(
      found.filter((entry) => !isOpened(entry)),
      options,
    );
    const directories = ordered(found.filter(isOpened), options);
    if (plain.length > 0) print(context, plain, style);
    let first = plain.length === 0;
    for (const entry of directories) {
      if (!first) context.stdout("\n");
      first = false;
      const headed = operands.length > 1 || options.has("R");
      code = Math.max(code, listDirectory(context, entry.path, entry.name, style, headed));
    }
    return code;
  },
};

export const listing: readonly Program[] = [ls];

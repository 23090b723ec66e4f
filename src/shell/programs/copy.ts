import { emptyContent } from "../../core/filesystem/content.ts";
import type { Stat } from "../../core/filesystem/filesystem.ts";
import { basename } from "../../core/filesystem/path.ts";
import { isErrno } from "../../core/filesystem/mount-namespace.ts";
import { parseOptions } from "./options.ts";
import type { Program, ProgramContext } from "./program.ts";
import { absolute, attempt, child, lstatOrNull, sortedNames, statOrNull, usageError } from "./walk.ts";

/** How cp and mv carry things over. */
export interface CopyOptions {
  readonly name: string;
  readonly recursive: boolean;
  /** Mode, owner, times; for `cp -p`, `-a` and mv. */
  readonly preserve: boolean;
  readonly follow: boolean;
  readonly force: boolean;
  readonly verbose: boolean;
  readonly update: boolean;
  readonly keep: boolean;
  /** Where an object with several names was copied to: its other names become links to that. Null: each is a copy. */
  readonly links: Map<string, string> | null;
}

/** Copies one object, and what is below it. Answers whether all of it went well. */
export function copy(
  context: ProgramContext,
  from: string,
  to: string,
  shown: readonly [string, string],
  options: CopyOptions,
): boolean {
  const { fs, who, busybox } = context;
  const { name } = options;
  const source = options.follow ? statOrNull(context, from) : lstatOrNull(context, from);
  const failed = (why: string) => {
    context.stderr(`${name}: ${busybox ? "can't" : "cannot"} stat '${shown[0]}': ${why}\n`);
    return false;
  };
  if (source === null) return failed("No such file or directory");
  const target = lstatOrNull(context, to);
  if (target && (options.keep || (options.update && target.mtime >= source.mtime))) return true;
  if (source.kind === "directory") {
    if (!options.recursive) {
      context.stderr(
        busybox
          ? `${name}: omitting directory '${shown[0]}'\n`
          : `${name}: -r not specified; omitting directory '${shown[0]}'\n`,
      );
      return false;
    }
    return copyDirectory(context, from, to, shown, source, options);
  }
  const into = (why: string) =>
    busybox
      ? `${name}: can't create '${shown[1]}': ${why}`
      : `${name}: cannot create regular file '${shown[1]}': ${why}`;
  const linked = linkedTo(context, from, to, source, options);
  const done = attempt(
    context,
    () => {
      if (target?.kind === "directory") throw new Error("unreachable");
      if (linked !== null) {
        if (target) fs.unlink(to, who);
        fs.link(linked, to, who);
        return;
      }
      if (source.kind === "symlink") {
        if (target) fs.unlink(to, who);
        fs.symlink(fs.readlink(from, who), to, who);
      } else if (source.kind === "file" || options.follow) {
        const content = source.kind === "file" ? fs.read(from, who) : emptyContent;
        if (target && options.force) unlinkIfReadOnly(context, to);
        fs.write(to, content, { write: true, create: true, truncate: true }, source.mode & 0o777, who);
      } else if (source.rdev) fs.mknod(to, source.kind as "character" | "block", source.mode, source.rdev, who);
      else fs.mknod(to, "fifo", source.mode, [0, 0], who);
    },
    into,
  );
  if (done && options.preserve && linked === null) preserve(context, to, source);
  if (done && options.verbose)
    context.stdout(`${options.name === "mv" ? "copied " : ""}'${shown[0]}' -> '${shown[1]}'\n`);
  return done;
}

/** The copy of the same object under another name; null for its first. */
function linkedTo(
  context: ProgramContext,
  from: string,
  to: string,
  source: Stat,
  { links, follow }: CopyOptions,
): string | null {
  if (links === null || source.nlink < 2) return null;
  const { at } = context.fs.mountOf(from, context.who, { follow });
  const known = links.get(`${at}:${source.ino}`) ?? null;
  if (known === null) links.set(`${at}:${source.ino}`, to);
  return known;
}

function unlinkIfReadOnly(context: ProgramContext, path: string): void {
  try {
    context.fs.access(path, "w", context.who);
  } catch (error) {
    if (!isErrno(error, "EACCES")) throw error;
    context.fs.unlink(path, context.who);
  }
}

function copyDirectory(
  context: ProgramContext,
  from: string,
  to: string,
  shown: readonly [string, string],
  source: Stat,
  options: CopyOptions,
): boolean {
  const { fs, who } = context;
  if (`${to}/`.startsWith(`${from}/`)) {
    context.stderr(`${options.name}: cannot copy a directory, '${shown[0]}', into itself, '${shown[1]}'\n`);
    return false;
  }
  const words = (why: string) =>
    context.busybox
      ? `${options.name}: can't create directory '${shown[1]}': ${why}`
      : `${options.name}: cannot create directory '${shown[1]}': ${why}`;
  const make = () => {
    if (statOrNull(context, to)?.kind !== "directory") fs.mkdir(to, source.mode & 0o777, who);
  };
  if (!attempt(context, make, words)) return false;
  const told = options.name === "mv" ? `created directory '${shown[1]}'` : `'${shown[0]}' -> '${shown[1]}'`;
  if (options.verbose) context.stdout(`${told}\n`);
  let all = true;
  for (const entry of sortedNames(context, from)) {
    const names = [child(shown[0], entry), child(shown[1], entry)] as const;
    const inner = { ...options, follow: options.follow && !options.recursive };
    if (!copy(context, child(from, entry), child(to, entry), names, inner)) all = false;
  }
  if (options.preserve) preserve(context, to, source);
  return all;
}

function preserve(context: ProgramContext, path: string, source: Stat): void {
  const { fs, who } = context;
  const quietly = (call: () => void) => {
    try {
      call();
    } catch (error) {
      if (!isErrno(error, "EPERM")) throw error;
    }
  };
  const link = source.kind === "symlink";
  quietly(() => fs.chown(path, source.uid, source.gid, who, { follow: false }));
  if (!link) quietly(() => fs.chmod(path, source.mode, who));
  quietly(() => fs.utimes(path, source.mtime, who, { follow: false }));
}

interface Targets {
  readonly pairs: readonly (readonly [from: string, to: string])[];
}

/** Source and target of each operand; null when the operands make no sense, which has been said. */
export function targets(
  context: ProgramContext,
  name: string,
  operands: readonly string[],
  directory: string | undefined,
  plain: boolean,
): Targets | null {
  const sources = directory === undefined ? operands.slice(0, -1) : operands;
  const last = directory ?? operands.at(-1);
  if (operands.length === 0) usageError(context, name, "missing file operand");
  else if (last === undefined || sources.length === 0)
    usageError(context, name, `missing destination file operand after '${operands[0]}'`);
  else {
    const isDirectory = !plain && statOrNull(context, absolute(context, last))?.kind === "directory";
    if (sources.length > 1 && !isDirectory) {
      context.stderr(
        `${name}: target '${last}': ${statOrNull(context, absolute(context, last)) ? "Not a directory" : "No such file or directory"}\n`,
      );
      return null;
    }
    return { pairs: sources.map((source) => [source, isDirectory ? child(last, basename(source)) : last] as const) };
  }
  return null;
}

export const cp: Program = {
  names: ["cp"],
  async run(argv, context) {
    const long = {
      archive: "a",
      recursive: "r",
      force: "f",
      verbose: "v",
      update: "u",
      "no-clobber": "n",
      "preserve?": "p",
      "no-target-directory": "T",
      "target-directory=": "t",
      "no-dereference": "P",
      dereference: "L",
    };
    const options = parseOptions(argv.slice(1), { short: "aprRfvunidTPLHlst:", long });
    if (typeof options === "string") return usageError(context, "cp", options);
    const found = targets(context, "cp", options.operands, options.value("t"), options.has("T"));
    if (found === null) return 1;
    const archive = options.has("a");
    const recursive = archive || options.has("r") || options.has("R");
    const how: CopyOptions = {
      name: "cp",
      recursive,
      preserve: archive || options.has("p"),
      follow: options.has("L") || (!archive && !options.has("P") && !options.has("d") && !recursive),
      force: options.has("f"),
      verbose: options.has("v"),
      update: options.has("u"),
      keep: options.has("n"),
      links: archive || options.has("d") ? new Map() : null,
    };
    let code = 0;
    for (const [from, to] of found.pairs) {
      const source = absolute(context, from).replace(/(.)\/$/, "$1");
      const target = absolute(context, to).replace(/(.)\/$/, "$1");
      const directory = statOrNull(context, target)?.kind === "directory";
      if (directory && statOrNull(context, source)?.kind !== "directory" && statOrNull(context, source)) {
        context.stderr(`cp: cannot overwrite directory '${to}' with non-directory\n`);
        code = 1;
      } else if (source === target) {
        context.stderr(`cp: '${from}' and '${to}' are the same file\n`);
        code = 1;
      } else if (!copy(context, source, target, [from, to], how)) code = 1;
    }
    return code;
  },
};

import type { Stat } from "../../core/filesystem/filesystem.ts";
import { isErrno } from "../../core/filesystem/mount-namespace.ts";
import { copy, targets } from "./copy.ts";
import { parseOptions } from "./options.ts";
import type { Program, ProgramContext } from "./program.ts";
import { removeTree } from "./remove.ts";
import { absolute, attempt, lstatOrNull, reason, usageError } from "./walk.ts";

interface Move {
  readonly from: string;
  readonly to: string;
  readonly shown: readonly [from: string, to: string];
  readonly verbose: boolean;
}

/** Source and target are not of one kind, which has been said. */
function mismatched(context: ProgramContext, { shown }: Move, source: Stat, target: Stat | null): boolean {
  if (target === null || (source.kind === "directory") === (target.kind === "directory")) return false;
  const [over, by] = source.kind === "directory" ? ["non-", ""] : ["", "non-"];
  context.stderr(
    context.busybox
      ? `mv: can't overwrite ${over}directory with ${by}directory\n`
      : `mv: cannot overwrite ${over}directory '${shown[1]}' with ${by}directory '${shown[0]}'\n`,
  );
  return true;
}

/** rename(2) does not go from mount to mount, nor does a directory of the layers move: it is copied and then removed. */
function carry(context: ProgramContext, move: Move, source: Stat, target: Stat | null): boolean {
  const { fs, who, busybox } = context;
  const { from, to, shown, verbose } = move;
  const words = (why: string) =>
    busybox
      ? `mv: can't remove '${shown[1]}': ${why}`
      : `mv: inter-device move failed: '${shown[0]}' to '${shown[1]}'; unable to remove target: ${why}`;
  const clear = () => (source.kind === "directory" && !busybox ? fs.rmdir(to, who) : fs.unlink(to, who));
  if (target && !attempt(context, clear, words)) return false;
  const how = { name: "mv", recursive: true, preserve: true, follow: false, force: true, verbose: verbose && !busybox };
  if (!copy(context, from, to, shown, { ...how, update: false, keep: false, links: new Map() })) return false;
  return removeTree(context, "mv", from, shown[0], how.verbose);
}

function move(context: ProgramContext, wish: Move): boolean {
  const { from, to, shown, verbose } = wish;
  try {
    context.fs.rename(from, to, context.who);
    if (verbose)
      context.stdout(context.busybox ? `'${shown[0]}' -> '${shown[1]}'\n` : `renamed '${shown[0]}' -> '${shown[1]}'\n`);
    return true;
  } catch (error) {
    const why = reason(error);
    const source = lstatOrNull(context, from);
    const target = lstatOrNull(context, to);
    if (source === null) {
      const words = context.busybox ? "can't rename" : "cannot stat";
      context.stderr(`mv: ${words} '${shown[0]}': No such file or directory\n`);
      return false;
    }
    const elsewhere = isErrno(error, "EXDEV");
    if ((elsewhere || !context.busybox) && mismatched(context, wish, source, target)) return false;
    if (elsewhere) return carry(context, wish, source, target);
    const words = context.busybox ? `can't rename '${shown[0]}'` : `cannot move '${shown[0]}' to '${shown[1]}'`;
    context.stderr(`mv: ${words}: ${why}\n`);
    return false;
  }
}

export const mv: Program = {
  names: ["mv"],
  async run(argv, context) {
    const long = {
      force: "f",
      verbose: "v",
      "no-clobber": "n",
      update: "u",
      "no-target-directory": "T",
      "target-directory=": "t",
    };
    const options = parseOptions(argv.slice(1), { short: "fvinuTt:", long });
    if (typeof options === "string") return usageError(context, "mv", options);
    const found = targets(context, "mv", options.operands, options.value("t"), options.has("T"));
    if (found === null) return 1;
    let code = 0;
    for (const [from, to] of found.pairs) {
      const source = absolute(context, from).replace(/(.)\/$/, "$1");
      const target = absolute(context, to).replace(/(.)\/$/, "$1");
      if (options.has("n") && lstatOrNull(context, target)) continue;
      if (source === target) {
        context.stderr(`mv: '${from}' and '${to}' are the same file\n`);
        code = 1;
      } else if (!move(context, { from: source, to: target, shown: [from, to], verbose: options.has("v") })) code = 1;
    }
    return code;
  },
};

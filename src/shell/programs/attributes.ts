import { emptyContent } from "../../core/filesystem/content.ts";
import type { Stat } from "../../core/filesystem/filesystem.ts";
import { basename } from "../../core/filesystem/path.ts";
import { accounts } from "./accounts.ts";
import { changeMode, modeText } from "./mode.ts";
import { parseOptions } from "./options.ts";
import type { Program, ProgramContext } from "./program.ts";
import { absolute, attempt, child, lstatOrNull, sortedNames, statOrNull, usageError } from "./walk.ts";
import { stat } from "./stat.ts";
import { parseStamp, parseWhen } from "./when.ts";

/** Calls `each` for `path` and, when asked, for all below it, directories first. */
function everywhere(
  context: ProgramContext,
  path: string,
  shown: string,
  recursive: boolean,
  each: (path: string, shown: string, stat: Stat) => void,
): void {
  const stat = lstatOrNull(context, path);
  if (stat === null) return;
  each(path, shown, stat);
  if (!recursive || stat.kind !== "directory") return;
  for (const name of sortedNames(context, path)) everywhere(context, child(path, name), child(shown, name), true, each);
}

function missing(context: ProgramContext, name: string, operand: string): void {
  context.stderr(
    context.busybox
      ? `${name}: ${operand}: No such file or directory\n`
      : `${name}: cannot access '${operand}': No such file or directory\n`,
  );
}

const chmod: Program = {
  names: ["chmod"],
  async run(argv, context) {
    const args = argv.slice(1);
    // "-x" and "-w" are modes, not options.
    const mode = args.findIndex(
      (arg) => /^([0-7]+|[ugoa]*[-+=][rwxXstugo,+=ago-]*)$/.test(arg) && !/^-[Rfcv]+$/.test(arg),
    );
    const wish = args[mode] ?? "";
    const options = parseOptions(
      args.filter((_, at) => at !== mode),
      { short: "Rfcv", long: { recursive: "R", silent: "f", quiet: "f", verbose: "v", changes: "c" } },
    );
    if (typeof options === "string") return usageError(context, "chmod", options);
    if (mode < 0)
      return usageError(
        context,
        "chmod",
        options.operands[0] ? `invalid mode: '${options.operands[0]}'` : "missing operand",
      );
    if (options.operands.length === 0) return usageError(context, "chmod", `missing operand after '${wish}'`);
    let code = 0;
    for (const operand of options.operands) {
      const path = absolute(context, operand);
      if (statOrNull(context, path) === null) {
        if (!options.has("f")) missing(context, "chmod", operand);
        code = 1;
        continue;
      }
      everywhere(context, path, operand, options.has("R"), (at, shown, found) => {
        if (found.kind === "symlink" && shown !== operand) return;
        const stat = context.fs.stat(at, context.who);
        const next = changeMode(wish, stat.mode, stat.kind === "directory", context.who.umask);
        const words = (why: string) =>
          context.busybox ? `chmod: ${shown}: ${why}` : `chmod: changing permissions of '${shown}': ${why}`;
        if (next === null || !attempt(context, () => context.fs.chmod(at, next, context.who), words)) code = 1;
        else if (options.has("v") || (options.has("c") && next !== stat.mode)) {
          const octal = (bits: number) => `${bits.toString(8).padStart(4, "0")} (${modeText("file", bits).slice(1)})`;
          context.stdout(`mode of '${shown}' changed from ${octal(stat.mode)} to ${octal(next)}\n`);
        }
      });
    }
    return code;
  },
};

const chown: Program = {
  names: ["chown", "chgrp"],
  async run(argv, context) {
    const name = basename(argv[0] ?? "chown");
    const long = {
      recursive: "R",
      "no-dereference": "h",
      silent: "f",
      quiet: "f",
      verbose: "v",
      changes: "c",
      "reference=": "x",
    };
    const options = parseOptions(argv.slice(1), { short: "RhHLPfvcx:", long });
    if (typeof options === "string") return usageError(context, name, options);
    const reference = options.value("x");
    const [wish = "", ...rest] = reference === undefined ? options.operands : ["", ...options.operands];
    if (rest.length === 0)
      return usageError(context, name, wish === "" ? "missing operand" : `missing operand after '${wish}'`);
    const known = await accounts(context);
    const [userPart, groupPart] = name === "chgrp" ? ["", wish] : wish.split(/[:.]/);
    const user = userPart ? known.user(userPart) : undefined;
    const uid = userPart ? (user?.uid ?? (/^\d+$/.test(userPart) ? Number(userPart) : null)) : -1;
    const group = groupPart ? known.group(groupPart) : undefined;
    const gid = groupPart
      ? (group?.gid ?? (/^\d+$/.test(groupPart) ? Number(groupPart) : null))
      : groupPart === "" && userPart
        ? (user?.gid ?? -1)
        : -1;
    if (uid === null || gid === null) {
      const what = uid === null ? `user${groupPart === undefined ? "" : ""}: '${wish}'` : `group: '${wish}'`;
      context.stderr(
        context.busybox
          ? `${name}: unknown ${uid === null ? "user" : "group"} ${uid === null ? userPart : groupPart}\n`
          : `${name}: invalid ${what}\n`,
      );
      return 1;
    }
    const like = reference === undefined ? null : statOrNull(context, absolute(context, reference));
    let code = 0;
    for (const operand of rest) {
      const path = absolute(context, operand);
      if (lstatOrNull(context, path) === null) {
        if (!options.has("f")) missing(context, name, operand);
        code = 1;
        continue;
      }
      everywhere(context, path, operand, options.has("R"), (at, shown, stat) => {
        const follow = !options.has("h") && !(options.has("R") && stat.kind === "symlink");
        const words = (why: string) =>
          context.busybox
            ? `${name}: ${shown}: ${why}`
            : `${name}: changing ${name === "chgrp" ? "group" : "ownership"} of '${shown}': ${why}`;
        const call = () =>
          context.fs.chown(at, like?.uid ?? (uid as -1), like?.gid ?? (gid as -1), context.who, { follow });
        if (!attempt(context, call, words)) code = 1;
      });
    }
    return code;
  },
};

const touch: Program = {
  names: ["touch"],
  async run(argv, context) {
    const long = { "no-create": "c", "date=": "d", "reference=": "r", "no-dereference": "h", "time=": "z" };
    const options = parseOptions(argv.slice(1), { short: "amchd:t:r:", long });
    if (typeof options === "string") return usageError(context, "touch", options);
    if (options.operands.length === 0) return usageError(context, "touch", "missing file operand");
    const now = context.clock.now();
    const [date, stamp, reference] = [options.value("d"), options.value("t"), options.value("r")];
    let when: number | null = now;
    if (date !== undefined) when = parseWhen(date, now);
    if (stamp !== undefined) when = parseStamp(stamp, now);
    if (when === null) {
      context.stderr(`touch: invalid date format '${date ?? stamp}'\n`);
      return 1;
    }
    if (reference !== undefined) {
      const like = statOrNull(context, absolute(context, reference));
      if (like === null) {
        context.stderr(`touch: failed to get attributes of '${reference}': No such file or directory\n`);
        return 1;
      }
      when = like.mtime * 1000;
    }
    let code = 0;
    for (const operand of options.operands) {
      const path = absolute(context, operand);
      const words = (why: string) =>
        context.busybox ? `touch: ${operand}: ${why}` : `touch: cannot touch '${operand}': ${why}`;
      const exists = statOrNull(context, path) !== null;
      if (!exists && options.has("c")) continue;
      const explicit = date !== undefined || stamp !== undefined || reference !== undefined;
      const seconds = when / 1000;
      const call = () => {
        if (!exists) context.fs.write(path, emptyContent, { write: true, create: true }, 0o666, context.who);
        if (exists || explicit)
          context.fs.utimes(path, explicit ? seconds : "now", context.who, { follow: !options.has("h") });
      };
      if (!attempt(context, call, words)) code = 1;
    }
    return code;
  },
};

const ln: Program = {
  names: ["ln"],
  async run(argv, context) {
    const long = {
      symbolic: "s",
      force: "f",
      verbose: "v",
      "no-dereference": "n",
      relative: "r",
      "no-target-directory": "T",
      "target-directory=": "t",
    };
    const options = parseOptions(argv.slice(1), { short: "sfvnrTPLt:", long });
    if (typeof options === "string") return usageError(context, "ln", options);
    const { operands } = options;
    const directory = options.value("t");
    if (operands.length === 0) return usageError(context, "ln", "missing file operand");
    const last = directory ?? (operands.length === 1 ? "." : (operands.at(-1) ?? "."));
    const sources = directory === undefined && operands.length > 1 ? operands.slice(0, -1) : operands;
    const target = absolute(context, last);
    const opened = options.has("n") || options.has("T") ? lstatOrNull(context, target) : statOrNull(context, target);
    const into = opened?.kind === "directory" && !options.has("T");
    const { fs, who } = context;
    let code = 0;
    for (const source of sources) {
      const shown = into ? child(last, basename(source)) : last;
      const path = absolute(context, shown).replace(/(.)\/$/, "$1");
      const symbolic = options.has("s");
      const kind = symbolic ? "symbolic link" : "hard link";
      const words = (why: string) =>
        context.busybox
          ? `ln: ${shown}: ${why}`
          : symbolic
            ? `ln: failed to create ${kind} '${shown}': ${why}`
            : `ln: failed to create ${kind} '${shown}' => '${source}': ${why}`;
      if (!symbolic) {
        const found = lstatOrNull(context, absolute(context, source));
        if (found === null || found.kind === "directory") {
          const why = found
            ? `ln: ${source}: hard link not allowed for directory`
            : `ln: failed to access '${source}': No such file or directory`;
          context.stderr(`${why}\n`);
          code = 1;
          continue;
        }
      }
      const call = () => {
        if (options.has("f") && lstatOrNull(context, path)) fs.unlink(path, who);
        if (symbolic) fs.symlink(source, path, who);
        else fs.link(absolute(context, source), path, who);
      };
      if (!attempt(context, call, words)) code = 1;
      else if (options.has("v")) context.stdout(`'${shown}' ${symbolic ? "->" : "=>"} '${source}'\n`);
    }
    return code;
  },
};

export const attributes: readonly Program[] = [chmod, chown, touch, ln, stat];

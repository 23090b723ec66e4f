import { dirname } from "../../core/filesystem/path.ts";
import { changeMode } from "./mode.ts";
import { parseOptions } from "./options.ts";
import type { Program, ProgramContext } from "./program.ts";
import { absolute, attempt, child, lstatOrNull, sortedNames, statOrNull, usageError } from "./walk.ts";

/** Unlinks `path` and all below it. Answers whether everything went. */
export function removeTree(
  context: ProgramContext,
  name: string,
  path: string,
  shown: string,
  verbose = false,
): boolean {
  const { fs, who, busybox } = context;
  const words = (why: string) => `${name}: ${busybox ? "can't" : "cannot"} remove '${shown}': ${why}`;
  const stat = lstatOrNull(context, path);
  if (stat?.kind !== "directory") {
    const gone = attempt(context, () => fs.unlink(path, who), words);
    if (gone && verbose) context.stdout(`removed '${shown}'\n`);
    return gone;
  }
  let all = true;
  const listed = attempt(
    context,
    () => {
      for (const entry of sortedNames(context, path)) {
        if (!removeTree(context, name, child(path, entry), child(shown, entry), verbose)) all = false;
      }
    },
    words,
  );
  if (!listed || !all) return false;
  const gone = attempt(context, () => fs.rmdir(path, who), words);
  if (gone && verbose) context.stdout(`removed directory '${shown}'\n`);
  return gone;
}

export const rm: Program = {
  names: ["rm"],
  async run(argv, context) {
    const long = { recursive: "r", force: "f", verbose: "v", interactive: "i", "no-preserve-root": "N", dir: "d" };
    const options = parseOptions(argv.slice(1), { short: "rRfvid", long });
    if (typeof options === "string") return usageError(context, "rm", options);
    if (options.operands.length === 0 && !options.has("f")) return usageError(context, "rm", "missing operand");
    const recursive = options.has("r") || options.has("R");
    let code = 0;
    for (const operand of options.operands) {
      const path = absolute(context, operand);
      if (path === "/" && recursive && !options.has("N")) {
        context.stderr(
          "rm: it is dangerous to operate recursively on '/'\nrm: use --no-preserve-root to override this failsafe\n",
        );
        code = 1;
        continue;
      }
      const stat = lstatOrNull(context, path);
      if (stat === null && options.has("f")) continue;
      const words = (why: string) => `rm: ${context.busybox ? "can't" : "cannot"} remove '${operand}': ${why}`;
      if (stat?.kind === "directory" && !recursive) {
        if (options.has("d") && attempt(context, () => context.fs.rmdir(path, context.who), words)) continue;
        context.stderr(`${context.busybox ? `rm: '${operand}' is a directory` : words("Is a directory")}\n`);
        code = 1;
      } else if (!removeTree(context, "rm", path, operand, options.has("v"))) code = 1;
    }
    return code;
  },
};

export const rmdir: Program = {
  names: ["rmdir"],
  async run(argv, context) {
    const options = parseOptions(argv.slice(1), {
      short: "pv",
      long: { parents: "p", verbose: "v", "ignore-fail-on-non-empty": "i" },
    });
    if (typeof options === "string") return usageError(context, "rmdir", options);
    if (options.operands.length === 0) return usageError(context, "rmdir", "missing operand");
    let code = 0;
    for (const operand of options.operands) {
      let path = operand.replace(/\/+$/, "") || "/";
      for (;;) {
        const words = (why: string) =>
          context.busybox ? `rmdir: '${path}': ${why}` : `rmdir: failed to remove '${path}': ${why}`;
        if (!attempt(context, () => context.fs.rmdir(absolute(context, path), context.who), words)) {
          code = 1;
          break;
        }
        path = dirname(path);
        if (!options.has("p") || path === "." || path === "/") break;
      }
    }
    return code;
  },
};

export const mkdir: Program = {
  names: ["mkdir"],
  async run(argv, context) {
    const options = parseOptions(argv.slice(1), { short: "pvm:", long: { parents: "p", verbose: "v", "mode=": "m" } });
    if (typeof options === "string") return usageError(context, "mkdir", options);
    if (options.operands.length === 0) return usageError(context, "mkdir", "missing operand");
    const { fs, who } = context;
    const wanted = options.value("m");
    let code = 0;
    const words = (path: string) => (why: string) =>
      `mkdir: ${context.busybox ? "can't" : "cannot"} create directory '${path}': ${why}`;
    for (const operand of options.operands) {
      const made: string[] = [];
      const parts = options.has("p") ? ancestors(operand) : [operand];
      for (const part of parts) {
        const path = absolute(context, part);
        if (options.has("p") && statOrNull(context, path)?.kind === "directory") continue;
        if (!attempt(context, () => fs.mkdir(path.replace(/(.)\/$/, "$1"), 0o777, who), words(part))) {
          code = 1;
          break;
        }
        made.push(part);
        if (options.has("v")) context.stdout(`mkdir: created directory '${part}'\n`);
      }
      const last = made.at(-1);
      if (wanted === undefined || last !== operand) continue;
      const mode = changeMode(wanted, 0o777, true, who.umask);
      if (mode === null) return usageError(context, "mkdir", `invalid mode '${wanted}'`);
      attempt(context, () => fs.chmod(absolute(context, operand), mode, who), words(operand));
    }
    return code;
  },
};

function ancestors(path: string): string[] {
  const names = path.split("/").filter(Boolean);
  const start = path.startsWith("/") ? "/" : "";
  return names.map((_, index) => start + names.slice(0, index + 1).join("/"));
}

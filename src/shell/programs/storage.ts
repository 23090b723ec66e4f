import type { Mount } from "../../core/filesystem/mount.ts";
import { human } from "./columns.ts";
import { making } from "./making.ts";
import { mounts, sameDevice } from "./mounts.ts";
import { nodes } from "./nodes.ts";
import { parseOptions } from "./options.ts";
import type { Program } from "./program.ts";
import { absolute, child, lstatOrNull, reason, sortedNames, usageError } from "./walk.ts";

const du: Program = {
  names: ["du"],
  async run(argv, context) {
    const long = {
      summarize: "s",
      "human-readable": "h",
      all: "a",
      bytes: "b",
      "max-depth=": "d",
      total: "c",
      "apparent-size": "A",
      "one-file-system": "x",
    };
    const options = parseOptions(argv.slice(1), { short: "shabkmcxd:", long });
    if (typeof options === "string") return usageError(context, "du", options);
    const apparent = options.has("b") || options.has("A");
    const depth = options.has("s") ? 0 : Number(options.value("d") ?? Number.POSITIVE_INFINITY);
    const show = (bytes: number) =>
      options.has("h")
        ? human(bytes)
        : String(options.has("b") ? bytes : Math.ceil(bytes / (options.has("m") ? 2 ** 20 : 1024)));
    const seen = new Set<string>();
    let code = 0;
    let total = 0;
    const measure = (path: string, shown: string, level: number, start: Mount): number => {
      const stat = lstatOrNull(context, path);
      if (stat === null) return 0;
      const mount = context.fs.mountOf(path, context.who, { follow: false });
      if (options.has("x") && level > 0 && !sameDevice(mount, start)) return 0;
      const key = `${mount.at}:${stat.ino}`;
      if (stat.kind === "file" && stat.nlink > 1) {
        if (seen.has(key)) return 0;
        seen.add(key);
      }
      let bytes = apparent
        ? stat.size
        : stat.kind === "file"
          ? Math.ceil(stat.size / 4096) * 4096
          : stat.kind === "directory" && mount.type !== "tmpfs"
            ? 4096
            : 0;
      if (stat.kind === "directory") {
        try {
          for (const name of sortedNames(context, path))
            bytes += measure(child(path, name), child(shown, name), level + 1, start);
        } catch (error) {
          context.stderr(`du: cannot read directory '${shown}': ${reason(error)}\n`);
          code = 1;
        }
      }
      if (level <= depth && (stat.kind === "directory" || level === 0 || options.has("a")))
        context.stdout(`${show(bytes)}\t${shown}\n`);
      return bytes;
    };
    for (const operand of options.operands.length > 0 ? options.operands : ["."]) {
      const path = absolute(context, operand).replace(/(.)\/$/, "$1");
      if (lstatOrNull(context, path) === null) {
        context.stderr(
          context.busybox
            ? `du: ${operand}: No such file or directory\n`
            : `du: cannot access '${operand}': No such file or directory\n`,
        );
        code = 1;
      } else total += measure(path, operand, 0, context.fs.mountOf(path, context.who, { follow: false }));
    }
    if (options.has("c")) context.stdout(`${show(total)}\ttotal\n`);
    return code;
  },
};

export const storage: readonly Program[] = [du, ...mounts, ...making, ...nodes];

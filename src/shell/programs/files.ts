import { sameContent } from "../../core/filesystem/content.ts";
import { cp } from "./copy.ts";
import { mv } from "./move.ts";
import { parseOptions } from "./options.ts";
import type { Program } from "./program.ts";
import { mkdir, rm, rmdir } from "./remove.ts";
import { absolute, reason, statOrNull, usageError } from "./walk.ts";

const cmp: Program = {
  names: ["cmp"],
  async run(argv, context) {
    const options = parseOptions(argv.slice(1), { short: "sl", long: { silent: "s", quiet: "s" } });
    if (typeof options === "string") return usageError(context, "cmp", options, 2);
    const [first = "", second = ""] = options.operands;
    try {
      const one = context.fs.read(absolute(context, first), context.who);
      const two = context.fs.read(absolute(context, second), context.who);
      if (sameContent(one, two)) return 0;
      const [a, b] = [await context.bytes(one), await context.bytes(two)];
      let line = 1;
      for (let at = 0; at < Math.min(a.length, b.length); at++) {
        if (a[at] !== b[at]) {
          if (!options.has("s"))
            context.stdout(`${first} ${second} differ: ${context.busybox ? "char" : "byte"} ${at + 1}, line ${line}\n`);
          return 1;
        }
        if (a[at] === 10) line += 1;
      }
      if (a.length === b.length) return 0;
      if (!options.has("s"))
        context.stderr(
          `cmp: EOF on ${a.length < b.length ? first : second} after byte ${Math.min(a.length, b.length)}, line ${line}\n`,
        );
      return 1;
    } catch (error) {
      context.stderr(`cmp: ${statOrNull(context, absolute(context, first)) ? second : first}: ${reason(error)}\n`);
      return 2;
    }
  },
};

export const files: readonly Program[] = [rm, rmdir, mkdir, cp, mv, cmp];

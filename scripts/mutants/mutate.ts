import { resolve } from "node:path";
import type { Plugin } from "vite";
import { mutants } from "./mutants.ts";

/** Breaks the rule number `LAMINA_MUTANT` while its file is loaded; the file itself is not touched. */
export function mutate(index: string | undefined): Plugin[] {
  if (index === undefined) return [];
  const mutant = mutants[Number(index)];
  if (!mutant) throw new RangeError(`no mutant ${index}`);
  const broken = resolve(mutant.file);
  return [
    {
      name: "mutate",
      enforce: "pre",
      transform(code, id) {
        if (id !== broken) return null;
        if (!code.includes(mutant.find)) throw new Error(`nothing to break in ${mutant.file}: ${mutant.find}`);
        return code.replace(mutant.find, () => mutant.replace);
      },
    },
  ];
}

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
      transform: (code, id) => (id === broken ? code.replace(mutant.find, () => mutant.replace) : null),
    },
  ];
}

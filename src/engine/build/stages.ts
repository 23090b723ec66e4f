import { BuildError } from "./build-error.ts";
import type { Instruction, Stage } from "./dockerfile.ts";

/** The stage of a name or number; the last one for null. Throws `BuildError`. */
export function stageOf(stages: readonly Stage[], target: string | null): Stage {
  const last = stages.at(-1);
  if (last === undefined) throw new BuildError("dockerfile contains no stages to build");
  if (target === null || target === "") return last;
  const named = stages.findLast(({ name }) => name === target.toLowerCase());
  const numbered = /^\d+$/.test(target) ? stages[Number(target)] : undefined;
  const found = named ?? numbered;
  if (found === undefined) throw new BuildError(`target stage ${JSON.stringify(target)} could not be found`);
  return found;
}

/** The stages that the target needs, itself last, in the order of the Dockerfile; the others are not built. */
export function stageOrder(stages: readonly Stage[], target: Stage): Stage[] {
  const needed = new Set<Stage>();
  const add = (stage: Stage): void => {
    if (needed.has(stage)) return;
    needed.add(stage);
    const before = stages.slice(0, stages.indexOf(stage));
    const names = [stage.base, ...stage.instructions.flatMap(copiedFrom)].map((name) => name.toLowerCase());
    for (const name of names) {
      const found =
        before.findLast((each) => each.name === name) ?? (/^\d+$/.test(name) ? before[Number(name)] : undefined);
      if (found) add(found);
    }
  };
  add(target);
  return stages.filter((stage) => needed.has(stage));
}

function copiedFrom(instruction: Instruction): string[] {
  return instruction.keyword === "COPY" && instruction.from !== null ? [instruction.from] : [];
}

/** How many of them make a layer, as BuildKit counts them. */
export function layerCount(instructions: readonly Instruction[]): number {
  return instructions.filter(
    ({ keyword, line }) => keyword !== "ARG" && (keyword !== "CONFIG" || line.keyword === "WORKDIR"),
  ).length;
}

import { rawWords } from "../words.ts";
import type { Dockerfile, Instruction, Stage } from "./dockerfile.ts";
import type { Line } from "./lines.ts";

/** What BuildKit warns of before it builds, in its words and order. (frontend/dockerfile/linter) */
export function lint({ stages, escape }: Dockerfile): string[] {
  return [...asRead(stages, escape), ...casing(stages), ...asBuilt(stages)];
}

const at = (rule: string, text: string, { from }: Line): string => `${rule}: ${text} (line ${from})`;

const written = ({ text }: Line): string => /^\S*/.exec(text)?.[0] ?? "";
const isLower = (word: string): boolean => word === word.toLowerCase();
const isUpper = (word: string): boolean => word === word.toUpperCase();

/** What shows in the lines themselves. */
function asRead(stages: readonly Stage[], escape: string): string[] {
  const found: string[] = [];
  const names = new Set<string>();
  for (const { name, line, instructions } of stages) {
    const [, as = "", alias = ""] = line.rest.split(/\s+/);
    const from = written(line);
    if (name !== null) {
      if (!isLower(alias)) found.push(at("StageNameCasing", `Stage name '${alias}' should be lowercase`, line));
      if ((isLower(from) && !isLower(as)) || (isUpper(from) && !isUpper(as))) {
        found.push(at("FromAsCasing", `'${as}' and '${from}' keywords' casing do not match`, line));
      }
      if (names.has(name)) {
        found.push(at("DuplicateStageName", `Duplicate stage name "${name}", stage names should be unique`, line));
      }
      names.add(name);
    }
    for (const instruction of instructions) found.push(...ofInstruction(instruction, escape));
  }
  return found;
}

function ofInstruction({ line }: Instruction, escape: string): string[] {
  const { keyword, rest } = line;
  if (keyword === "MAINTAINER") {
    return [at("MaintainerDeprecated", "Maintainer instruction is deprecated in favor of using label", line)];
  }
  const pairs = keyword === "ENV" || keyword === "LABEL";
  if (!pairs || rawWords(rest, escape)[0]?.includes("=")) return [];
  const better = `"${keyword} key=value" should be used instead of legacy "${keyword} key value" format`;
  return [at("LegacyKeyValueFormat", better, line)];
}

/** The keywords of a file are written alike. */
function casing(stages: readonly Stage[]): string[] {
  const lines = stages.flatMap(({ line, instructions }) => [line, ...instructions.map((each) => each.line)]);
  const lower = lines.filter((line) => isLower(written(line))).length;
  const upper = lines.filter((line) => isUpper(written(line))).length;
  const [fits, majority] = lower > upper ? [isLower, "lowercase"] : [isUpper, "uppercase"];
  return lines
    .filter((line) => !fits(written(line)))
    .map((line) => {
      const should = `should match the case of the command majority (${majority})`;
      return at("ConsistentInstructionCasing", `Command '${written(line)}' ${should}`, line);
    });
}

const ONCE = new Set(["CMD", "ENTRYPOINT", "HEALTHCHECK"]);

/** What shows when the instructions follow each other. */
function asBuilt(stages: readonly Stage[]): string[] {
  return stages.flatMap(({ instructions }) => {
    const found: string[] = [];
    const seen = new Map<string, Line>();
    let shell = false;
    let placed = false;
    for (const { line } of instructions) {
      const { keyword, rest } = line;
      const before = seen.get(keyword);
      if (ONCE.has(keyword) && before) {
        const last = "because only the last one will be used";
        const many = `Multiple ${keyword} instructions should not be used in the same stage ${last}`;
        found.push(at("MultipleInstructionsDisallowed", many, before));
      }
      seen.set(keyword, line);
      if ((keyword === "CMD" || keyword === "ENTRYPOINT") && !rest.startsWith("[") && !shell) {
        const why = "to prevent unintended behavior related to OS signals";
        found.push(at("JSONArgsRecommended", `JSON arguments recommended for ${keyword} ${why}`, line));
      }
      if (keyword === "WORKDIR") {
        const unexpected = "can have unexpected results if the base image changes";
        if (!placed && !/^[/$]/.test(rest)) {
          found.push(at("WorkdirRelativePath", `Relative workdir ${JSON.stringify(rest)} ${unexpected}`, line));
        }
        placed = true;
      }
      if (keyword === "SHELL") shell = true;
    }
    return found;
  });
}

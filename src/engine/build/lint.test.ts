import { expect, test } from "vitest";
import { parseDockerfile } from "./dockerfile.ts";
import { lint } from "./lint.ts";

/** A Dockerfile in one line, and the rules that it breaks, each with its line. */
test.each<[dockerfile: string, rules: string]>([
  ['FROM a; RUN x; CMD ["y"]', ""],
  ["FROM a AS B", "StageNameCasing 1"],
  ["FROM a as b", "FromAsCasing 1"],
  ["FROM a AS b; FROM a AS b", "DuplicateStageName 2"],
  ["FROM a; MAINTAINER me", "MaintainerDeprecated 2"],
  ["FROM a; ENV x y; LABEL z=1", "LegacyKeyValueFormat 2"],
  ["FROM a; run x; Copy a b", "ConsistentInstructionCasing 2, ConsistentInstructionCasing 3"],
  ["from a; run x; RUN y", "ConsistentInstructionCasing 3"],
  ["FROM a; CMD x; ENTRYPOINT y", "JSONArgsRecommended 2, JSONArgsRecommended 3"],
  ['FROM a; SHELL ["x"]; CMD y', ""],
  ['FROM a; CMD ["x"]; CMD ["y"]', "MultipleInstructionsDisallowed 2"],
  ["FROM a; WORKDIR x; WORKDIR y", "WorkdirRelativePath 2"],
  ["FROM a; WORKDIR /x; WORKDIR y", ""],
])("%s: %s", (dockerfile, rules) => {
  const found = lint(parseDockerfile(dockerfile.replaceAll("; ", "\n")));
  expect(found.map((text) => text.replace(/:.*\(line (\d+)\)$/, " $1")).join(", ")).toBe(rules);
});

test("in BuildKit's words and order", () => {
  expect(lint(parseDockerfile("from alpine as X\nCMD echo hi\nMAINTAINER me\n"))).toEqual([
    "StageNameCasing: Stage name 'X' should be lowercase (line 1)",
    "MaintainerDeprecated: Maintainer instruction is deprecated in favor of using label (line 3)",
    "ConsistentInstructionCasing: Command 'from' should match the case of the command majority (uppercase) (line 1)",
    "JSONArgsRecommended: JSON arguments recommended for CMD to prevent unintended behavior related to OS signals (line 2)",
  ]);
});

import { describe, expect, test } from "vitest";
import { type Instruction, parseDockerfile } from "./dockerfile.ts";

/** An instruction as it is understood: "RUN sh: ls -l", "COPY a b -> /x from build". */
function told(instruction: Instruction): string {
  const { line } = instruction;
  switch (instruction.keyword) {
    case "RUN":
      return instruction.argv ? `RUN exec: ${instruction.argv.join(" ")}` : `RUN sh: ${line.rest}`;
    case "ARG":
      return `ARG ${instruction.args.map(({ name, value }) => (value === null ? name : `${name}=${value}`)).join(" ")}`;
    case "CONFIG":
      return `${line.keyword}: ${line.rest}`;
    default: {
      const { keyword, sources, destination, from, chown, chmod } = instruction;
      const flags = [from && ` from ${from}`, chown && ` as ${chown}`, chmod && ` mode ${chmod}`]
        .filter(Boolean)
        .join("");
      const texts = line.heredocs.map(({ name, content }) => `<<${name} ${JSON.stringify(content)}`);
      return `${keyword} ${[...sources, ...texts].join(" ")} -> ${destination}${flags}`;
    }
  }
}

const read = (text: string): string[] =>
  parseDockerfile(text).stages.flatMap(({ base, name, instructions }) => [
    `FROM ${base}${name === null ? "" : ` as ${name}`}`,
    ...instructions.map(told),
  ]);

describe("a Dockerfile is read", () => {
  test.each<[string, ...string[]]>([
    ["from a\nrun ls", "FROM a", "RUN sh: ls"],
    ['FROM a AS Build\nRUN ["ls", "-l"]', "FROM a as build", "RUN exec: ls -l"],
    ["# syntax=docker/dockerfile:1\n\n# a comment\nFROM a\n  # another\nRUN x", "FROM a", "RUN sh: x"],
    ["FROM a\nRUN one \\\n  && two \\\n# between\n\n  && three", "FROM a", "RUN sh: one   && two   && three"],
    ["# escape=`\nFROM a\nRUN one `\n two\\\nCMD x", "FROM a", "RUN sh: one  two\\", "CMD: x"],
    ["FROM a\r\nRUN x\r\n", "FROM a", "RUN sh: x"],
    ['ARG V=1\nFROM a:$V\nARG V W="two words"', "FROM a:$V", 'ARG V W="two words"'],
    ["FROM a\nCOPY x y/ /z/", "FROM a", "COPY x y/ -> /z/"],
    ['FROM a\nCOPY ["a b", "/c d"]', "FROM a", "COPY a b -> /c d"],
    ["FROM a\nCOPY --from=build --chown=1:2 --chmod=755 x .", "FROM a", "COPY x -> . from build as 1:2 mode 755"],
    ["FROM a\nCOPY <<EOF /x\none\n  two\nEOF\nRUN y", "FROM a", 'COPY <<EOF "one\\n  two\\n" -> /x', "RUN sh: y"],
    ["FROM a\nRUN <<-'E'\n\tone\n\tE\nUSER b", "FROM a", "RUN sh: <<-'E'", "USER: b"],
    ["FROM a\nHEALTHCHECK --interval=5s CMD x", "FROM a", "HEALTHCHECK: CMD x"],
    ["FROM a\nONBUILD RUN x", "FROM a", "ONBUILD: RUN x"],
  ])("%j", (text, ...lines) => {
    expect(read(text)).toEqual(lines);
  });
});

describe("a Dockerfile is refused", () => {
  test.each([
    ["", "the Dockerfile cannot be empty"],
    ["# nothing\n", "file with no instructions"],
    ["RUN x", "dockerfile parse error on line 1: no build stage in current context"],
    ["FROM a\nFOO bar", "dockerfile parse error on line 2: unknown instruction: FOO (did you mean FROM?)"],
    ["FROM a\nRUM x", "dockerfile parse error on line 2: unknown instruction: RUM (did you mean RUN?)"],
    ["FROM a\nABCDEFG", "dockerfile parse error on line 2: unknown instruction: ABCDEFG"],
    ["FROM", "dockerfile parse error on line 1: FROM requires either one or three arguments"],
    ["FROM a b", "dockerfile parse error on line 1: FROM requires either one or three arguments"],
    [
      "FROM a AS 1b",
      `dockerfile parse error on line 1: invalid name for build stage: "1b", name can't start with a number or contain symbols`,
    ],
    ["FROM a\nRUN", "dockerfile parse error on line 2: RUN requires at least one argument"],
    [
      "FROM a\n\nCOPY x",
      "dockerfile parse error on line 3: COPY requires at least two arguments, but only one was provided. Destination could not be determined",
    ],
    [
      "FROM a\nCOPY a b /c",
      "dockerfile parse error on line 2: When using COPY with more than one source file, the destination must be a directory and end with a /",
    ],
    ["FROM a\nCOPY --chwn=1 a b", "dockerfile parse error on line 2: unknown flag: --chwn (did you mean chown?)"],
    ["FROM a\nADD --from=b a b", "dockerfile parse error on line 2: unknown flag: --from"],
    ["FROM a\nENV x", "dockerfile parse error on line 2: ENV must have two arguments"],
    [
      "FROM a\nENV a=1 b",
      `dockerfile parse error on line 2: Syntax error - can't find = in "b". Must be of the form: name=value`,
    ],
    ["FROM a\nEXPOSE x", "dockerfile parse error on line 2: Invalid containerPort: x"],
    [
      "FROM a\nCMD [1]",
      "dockerfile parse error on line 2: when using JSON array syntax, arrays must be comprised of strings only",
    ],
    ["FROM a\nSHELL sh", "dockerfile parse error on line 2: SHELL requires the arguments to be in JSON form"],
    ["FROM a\nONBUILD FROM b", "dockerfile parse error on line 2: FROM isn't allowed as an ONBUILD trigger"],
    ["FROM a\nRUN <<EOF\nx", "dockerfile parse error on line 2: unterminated heredoc"],
    ["# escape=x\nFROM a", "dockerfile parse error on line 1: invalid escape token 'x' does not match ` or \\"],
  ])("%j", (text, message) => {
    expect(() => parseDockerfile(text)).toThrow(expect.objectContaining({ message }));
  });
});

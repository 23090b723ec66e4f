import { expandWord, type Variables } from "../words.ts";
import { BuildError } from "./build-error.ts";
import type { ArgInstruction, Dockerfile } from "./dockerfile.ts";
import type { Line } from "./lines.ts";

/** Puts variables into what a line says; what cannot be read is that line's error. */
export function put(line: Line, word: string, variables: Variables, escape: string): string {
  try {
    return expandWord(word, variables, { escape });
  } catch (error) {
    if (error instanceof SyntaxError)
      throw new BuildError(`failed to process ${JSON.stringify(word)}: ${error.message}`, line);
    throw error;
  }
}

/** Those that every build knows. (BuildKit, dockerfile2llb/platform.go) */
const PLATFORM = { OS: "linux", ARCH: "amd64", VARIANT: "", PLATFORM: "linux/amd64" };

/** The ARGs before the first FROM, and what BuildKit knows of the platform. */
export function globalArguments(
  { args, escape }: Dockerfile,
  given: ReadonlyMap<string, string>,
): ReadonlyMap<string, string> {
  const values = new Map<string, string>();
  for (const [name, value] of Object.entries(PLATFORM)) {
    values.set(`BUILD${name}`, value);
    values.set(`TARGET${name}`, value);
  }
  for (const instruction of args) {
    for (const [name, value] of argumentValues(instruction, {
      given,
      globals: new Map(),
      escape,
      variables: (key) => values.get(key),
    })) {
      if (value !== null) values.set(name, value);
    }
  }
  return values;
}

/** What an ARG stands for: what the command line says, else its default, else the global one of its name; null: nothing. */
export function argumentValues(
  { args, line }: ArgInstruction,
  known: {
    readonly given: ReadonlyMap<string, string>;
    readonly globals: ReadonlyMap<string, string>;
    readonly variables: Variables;
    readonly escape: string;
  },
): (readonly [name: string, value: string | null])[] {
  return args.map(({ name, value }) => {
    const given = known.given.get(name);
    if (given !== undefined) return [name, given];
    if (value !== null) return [name, put(line, value, known.variables, known.escape)];
    return [name, known.globals.get(name) ?? null];
  });
}

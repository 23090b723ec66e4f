import type { CommandContext } from "./command.ts";
import type { Flags } from "./flags/parse.ts";
import type { Flag } from "./flags/table.ts";

/** One command line, read. */
export interface Invocation {
  /** As typed, without flags: "docker container ls". */
  readonly path: string;
  readonly flags: Flags;
  readonly args: readonly string[];
}

/** How many arguments a verb takes. (docker/cli, `cli/required.go`) */
export type Arity =
  | { readonly kind: "none" }
  | { readonly kind: "exactly" | "atLeast" | "atMost"; readonly count: number }
  | { readonly kind: "between"; readonly count: number; readonly most: number };

/** A docker command. */
export interface Verb {
  /** Without "docker", the canonical one first: "container ls", "ps". */
  readonly names: readonly string[];
  /** What stands after the name in the usage line. */
  readonly usage: string;
  readonly summary: string;
  /** What stands in its own help instead of the summary, where docker says more there. */
  readonly description?: string;
  /** What a plugin that docker hands the line to calls the command: its complaints are in that name, after "ERROR: ". */
  readonly plugin?: string;
  readonly accepts: Arity;
  readonly flags: readonly Flag[];
  /** True when flags end at the first argument, because what follows is a command of its own. */
  readonly flagsFirst?: boolean;
  /** Answers the exit code. Throws `EngineError` or {@link CommandError}. */
  run(call: Invocation, context: CommandContext): Promise<number> | number;
}

/** What the command line itself refuses; the message is printed as it is. */
export class CommandError extends Error {
  override readonly name = "CommandError";
  constructor(
    message: string,
    readonly exitCode = 1,
  ) {
    super(message);
  }
}

/** Something that docker has and Lamina has not; `nearest` is what comes nearest here. */
export class NotSimulatedError extends CommandError {
  constructor(what: string, nearest: string) {
    super(`docker: ${what} is not simulated in Lamina; the nearest is ${nearest}.`);
  }
}

/** docker's complaint about a number of arguments, and the word before the hint; null when it fits. */
export function arityProblem(accepts: Arity, given: number): { message: string; hint: "Run" | "See" | "SRun" } | null {
  const words = (count: number): string => `${count} argument${count === 1 ? "" : "s"}`;
  switch (accepts.kind) {
    case "none":
      return given === 0 ? null : { message: "accepts no arguments", hint: "Run" };
    case "exactly":
      return given === accepts.count ? null : { message: `requires ${words(accepts.count)}`, hint: "Run" };
    case "atLeast":
      return given >= accepts.count ? null : { message: `requires at least ${words(accepts.count)}`, hint: "See" };
    // Docker's own slip of the pen.
    case "atMost":
      return given <= accepts.count ? null : { message: `requires at most ${words(accepts.count)}`, hint: "SRun" };
    case "between":
      return given >= accepts.count && given <= accepts.most
        ? null
        : { message: `requires at least ${accepts.count} and at most ${words(accepts.most)}`, hint: "Run" };
  }
}

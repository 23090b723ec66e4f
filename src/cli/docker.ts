import { EngineError } from "../engine/error.ts";
import type { CommandContext } from "./command.ts";
import { daemonError } from "./each.ts";
import { FlagError, type Parsed, parseFlags } from "./flags/parse.ts";
import { groupHelp, rootHelp, usageLine, verbHelp } from "./help.ts";
import { unsimulatedCommand, unsimulatedFlag } from "./not-simulated.ts";
import { type Found, find, globalFlags, groups, listed, sections } from "./tree.ts";
import { arityProblem, CommandError, type Verb } from "./verb.ts";
import { VERSION_LINE } from "./commands/system/version.ts";

/** Flags that could not be read. */
const BAD_FLAG = 125;

/**
 * Runs one `docker` command line and answers its exit code. `argv` begins with the word after
 * "docker". Output, errors and codes are those of docker 28.
 */
export async function runDocker(argv: readonly string[], context: CommandContext): Promise<number> {
  const root = parsed(globalFlags, argv, "docker", "[OPTIONS] COMMAND [ARG...]", context, false);
  if (root === null) return BAD_FLAG;
  const { flags, args } = root;
  if (flags.bool("version")) {
    context.stdout(VERSION_LINE);
    return 0;
  }
  const unsimulated = flags.given.find((flag) => !flag.simulated);
  if (unsimulated) {
    context.stderr(unsimulatedFlag("docker", unsimulated));
    return 1;
  }
  // After --help, whose place is before the command, the rest of the line names what help is wanted for.
  if (root.help !== null)
    return help(
      argv.filter((word) => !word.startsWith("-")),
      context,
    );
  if (args.length === 0 || args[0] === "help") return help(args.slice(1), context);
  return dispatch(find(args), args, context);
}

async function dispatch(found: Found, args: readonly string[], context: CommandContext): Promise<number> {
  if (found.kind === "unknown") {
    context.stderr(`docker: unknown command: docker ${args[0]}\n\nRun 'docker --help' for more information\n`);
    return 1;
  }
  const path = `docker ${args.slice(0, found.words).join(" ")}`;
  const rest = args.slice(found.words);
  switch (found.kind) {
    case "not-simulated": {
      // A group stands for all below it: the verb that was wanted is named too.
      const [name = "", ...aliases] = found.command.names;
      const verb = aliases.length === 0 && !name.includes(" ") ? rest.slice(0, 1) : [];
      const shown = [path, ...verb.filter((word) => /^[a-z]/.test(word))].join(" ");
      context.stderr(unsimulatedCommand(shown, found.command));
      return 1;
    }
    case "group":
      return group(found.name, path, rest, context);
    case "verb":
      return runVerb(found.verb, path, rest, context);
  }
}

function group(name: string, path: string, rest: readonly string[], context: CommandContext): number {
  const read = parsed([], rest, path, "", context, false);
  if (read === null) return BAD_FLAG;
  const [word] = read.args;
  if (word === undefined || read.help !== null) return help([name], context);
  // Of all groups, this one alone spells it out.
  const usage = name === "volume" ? `${path} COMMAND` : path;
  context.stderr(
    `docker: unknown command: ${path} ${word}\n\nUsage:  ${usage}\n\nRun '${path} --help' for more information\n`,
  );
  return 1;
}

async function runVerb(verb: Verb, path: string, argv: readonly string[], context: CommandContext): Promise<number> {
  const read = parsed(verb.flags, argv, path, verb.usage, context, !verb.flagsFirst);
  if (read === null) return BAD_FLAG;
  const { flags, args } = read;
  if (read.help !== null) {
    context.stdout(verbHelp(verb, verb.plugin ?? path, context.terminal.columns));
    return 0;
  }
  const problem = arityProblem(verb.accepts, args.length);
  if (problem) {
    const called = verb.plugin ?? path;
    const complaint = `${verb.plugin ? "ERROR: " : ""}docker: '${called}' ${problem.message}`;
    const hint = `${problem.hint} '${called} --help' for more information`;
    context.stderr(`${complaint}\n\n${usageLine(called, verb)}\n\n${hint}\n`);
    return 1;
  }
  const unsimulated = flags.given.find((flag) => !flag.simulated);
  if (unsimulated) {
    context.stderr(unsimulatedFlag(path, unsimulated));
    return 1;
  }
  return guarded(context, () => verb.run({ path, flags, args }, context));
}

/** Runs `work`, turning what it throws into what docker prints. */
async function guarded(context: CommandContext, work: () => Promise<number> | number): Promise<number> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof CommandError) {
      context.stderr(`${error.message}\n`);
      return error.exitCode;
    }
    if (error instanceof EngineError) {
      context.stderr(`${daemonError(error)}\n`);
      return 1;
    }
    // Ctrl-C: docker itself says nothing, the shell reports the signal.
    if (context.signal.aborted) return 130;
    throw error;
  }
}

/** Null when the flags cannot be read; that has been said then. */
function parsed(
  table: Verb["flags"],
  argv: readonly string[],
  path: string,
  usage: string,
  context: CommandContext,
  interspersed: boolean,
): Parsed | null {
  try {
    const read = parseFlags(table, argv, interspersed);
    if (read.help === "-h") context.stderr("Flag shorthand -h has been deprecated, use --help\n");
    return read;
  } catch (error) {
    if (!(error instanceof FlagError)) throw error;
    const line = `Usage:  ${path} ${usage}`.trimEnd();
    context.stderr(`${error.message}\n\n${line}\n\nRun '${path} --help' for more information\n`);
    return null;
  }
}

function help(words: readonly string[], context: CommandContext): number {
  const { columns } = context.terminal;
  if (words.length === 0) {
    context.stdout(rootHelp(sections(), globalFlags, columns));
    return 0;
  }
  const found = find(words);
  switch (found.kind) {
    case "verb":
      context.stdout(
        verbHelp(found.verb, found.verb.plugin ?? `docker ${words.slice(0, found.words).join(" ")}`, columns),
      );
      return 0;
    case "group":
      context.stdout(groupHelp(found.name, groups.get(found.name) ?? "", listed(found.name)));
      return 0;
    case "not-simulated":
      context.stderr(unsimulatedCommand(`docker ${words.join(" ")}`, found.command));
      return 1;
    case "unknown":
      context.stderr(`unknown help topic: ${words.join(" ")}\n`);
      return 1;
  }
}

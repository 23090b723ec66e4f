import { type Command, parse, type Redirection, type Script, type Statement } from "unbash";
import { HOME, hostFileSystem, LEARNER, learner } from "../engine/host-files.ts";
import type { CommandContext, HostPrograms, TerminalContext } from "./command.ts";
import { type Expansions, expandText, expandWord, UnsupportedSyntax } from "./bash/expand.ts";
import { expandPattern } from "./bash/glob.ts";
import { runProgram } from "./bash/programs.ts";
import { redirected } from "./bash/redirect.ts";
import { Collector, collected, onTerminal, textOf } from "./bash/streams.ts";

/** What the host's shell remembers from one line to the next. */
export interface HostShell {
  readonly programs: HostPrograms;
  /** PWD is where it stands. */
  variables: Map<string, string>;
  exitCode: number;
}

/** The part of it that is kept over a reload. */
export interface SavedHostShell {
  readonly variables: readonly (readonly [name: string, value: string])[];
  readonly exitCode: number;
}

export function newHostShell(programs: HostPrograms, saved?: SavedHostShell): HostShell {
  const variables = new Map(
    saved?.variables ?? [
      ["HOME", HOME],
      ["USER", LEARNER],
      ["PWD", HOME],
      ["SHELL", "/bin/bash"],
      ["PATH", "/usr/bin:/bin"],
    ],
  );
  return { programs, variables, exitCode: saved?.exitCode ?? 0 };
}

export function savedHostShell({ variables, exitCode }: HostShell): SavedHostShell {
  return { variables: [...variables], exitCode };
}

/** What stands before the cursor: the working directory, the home as "~". */
export function hostPrompt({ variables }: Pick<HostShell, "variables">): string {
  const cwd = variables.get("PWD") ?? HOME;
  const shown = cwd === HOME || cwd.startsWith(`${HOME}/`) ? `~${cwd.slice(HOME.length)}` : cwd;
  return `you@host:${shown}$ `;
}

type Node = Statement["command"];

/** What the parser says of a text that only goes on. */
const UNFINISHED = /^(unterminated|expected )/;

/** Whether a here-document in it has not come to its end. */
function hasOpenHereDoc(node: unknown): boolean {
  if (typeof node !== "object" || node === null) return false;
  if ("type" in node && node.type === "HereDoc" && !("closing" in node && node.closing)) return true;
  return Object.values(node).some(hasOpenHereDoc);
}

/** False while a quote, a substitution, a block or a here-document is open: the shell then asks for more (PS2). */
export function isComplete(text: string): boolean {
  if (/(^|[^\\])(\\\\)*\\\n?$/.test(text)) return false;
  const script = parse(text);
  const unfinished = (script.errors ?? []).some(
    ({ message, pos }) =>
      UNFINISHED.test(message) && (message.startsWith("unterminated") || pos >= text.trimEnd().length),
  );
  return !unfinished && !hasOpenHereDoc(script.commands);
}

/**
 * Runs a line typed in the host's terminal, as bash would: words, quotes, `$x`, `$(...)`, `|`, `&&`,
 * `||`, `;`, `for`, `if`. Answers the exit code of the last command.
 */
export async function runHostLine(line: string, terminal: TerminalContext, shell: HostShell): Promise<number> {
  const script = parse(line);
  const [error] = script.errors ?? [];
  if (error) {
    const token = /^unexpected token (.*)$/.exec(error.message)?.[1]?.replace(/^'(.*)'$/, "`$1'") ?? "`newline'";
    const unterminated = /^unterminated (single|double) quote/.exec(error.message)?.[1];
    const reason = unterminated
      ? `unexpected EOF while looking for matching \`${unterminated === "single" ? "'" : '"'}'`
      : `syntax error near unexpected token ${token}`;
    terminal.stderr(`bash: ${reason}\n`);
    shell.exitCode = 2;
    return 2;
  }
  try {
    const place = { cwd: shell.variables.get("PWD") ?? HOME, who: learner };
    shell.exitCode = await new Evaluation(shell).script(script, onTerminal(terminal, place));
  } catch (unsupported) {
    if (!(unsupported instanceof UnsupportedSyntax)) throw unsupported;
    terminal.stderr(`bash: this is not simulated on the host: ${unsupported.message}\n`);
    shell.exitCode = 2;
  }
  return shell.exitCode;
}

class Evaluation {
  readonly #shell: HostShell;

  constructor(shell: HostShell) {
    this.#shell = shell;
  }

  async script({ commands }: { readonly commands: Script["commands"] }, context: CommandContext): Promise<number> {
    let code = 0;
    for (const { command } of commands) {
      code = await this.#node(command, context);
      this.#shell.exitCode = code;
      if (context.signal.aborted) return 130;
    }
    return code;
  }

  async #node(node: Node, context: CommandContext): Promise<number> {
    switch (node.type) {
      case "Command":
        return this.#command(node, context);
      case "Pipeline": {
        const code = await this.#pipeline(node.commands, context);
        return node.prefixes.some((prefix) => prefix.type === "Negation") ? Number(code === 0) : code;
      }
      case "AndOr": {
        let code = 0;
        for (const [index, each] of node.commands.entries()) {
          const operator = node.operators[index - 1];
          if (operator === undefined || (operator === "&&") === (code === 0)) code = await this.#node(each, context);
          this.#shell.exitCode = code;
        }
        return code;
      }
      case "Redirected":
        return this.#redirected(node.redirects, context, (inner) => this.#node(node.command, inner));
      case "Subshell": {
        const { variables } = this.#shell;
        this.#shell.variables = new Map(variables);
        try {
          return await this.script(node.body, context);
        } finally {
          this.#shell.variables = variables;
        }
      }
      case "BraceGroup":
        return this.script(node.body, context);
      case "If":
        for (const { clause, then } of [node, ...node.elif]) {
          if ((await this.script(clause, context)) === 0) return this.script(then, context);
        }
        return node.else ? this.script(node.else, context) : 0;
      case "For": {
        let code = 0;
        for (const word of node.wordlist ?? []) {
          for (const value of await expandWord(word, this.#expansions(context))) {
            this.#shell.variables.set(node.name.value, value);
            code = await this.script(node.body, context);
            if (context.signal.aborted) return 130;
          }
        }
        return code;
      }
      default:
        throw new UnsupportedSyntax(node.type.toLowerCase());
    }
  }

  /** Each command runs to its end before the next begins; only the last one's output is shown. */
  async #pipeline(commands: readonly Node[], context: CommandContext): Promise<number> {
    let current = context;
    let code = 0;
    for (const [index, command] of commands.entries()) {
      if (index === commands.length - 1) return this.#node(command, current);
      const pipe = new Collector();
      code = await this.#node(command, collected(current, pipe));
      current = { ...context, stdin: pipe.content };
    }
    return code;
  }

  async #command(command: Command, context: CommandContext): Promise<number> {
    const expansions = this.#expansions(context);
    const words: string[] = [];
    for (const word of [command.name, ...command.args]) {
      if (word === undefined) continue;
      if (word.type === "Assignment") words.push(word.text);
      else words.push(...(await expandWord(word, expansions)));
    }
    const [name, ...args] = words;
    if (name === undefined) {
      for (const prefix of command.prefix) {
        if (prefix.type !== "Assignment") continue;
        if (prefix.value.type !== "Word") throw new UnsupportedSyntax(prefix.text);
        this.#shell.variables.set(prefix.name, await expandText(prefix.value, expansions));
      }
      return this.#redirected(command.redirects, context, async () => expansions.status);
    }
    return this.#redirected(command.redirects, context, (inner) => runProgram(name, args, inner, this.#shell));
  }

  async #redirected(
    redirects: readonly Redirection[],
    context: CommandContext,
    run: (context: CommandContext) => Promise<number>,
  ): Promise<number> {
    const streams = await redirected(redirects, { ...context, cwd: this.#cwd }, this.#expansions(context));
    if (streams === null) return 1;
    try {
      return await run(streams.context);
    } finally {
      streams.close();
    }
  }

  get #cwd(): string {
    return this.#shell.variables.get("PWD") ?? HOME;
  }

  #expansions(context: CommandContext): Expansions {
    const { tx, ports, who } = context;
    const expansions: Expansions = {
      status: 0,
      variable: (name) => (name === "?" ? String(this.#shell.exitCode) : (this.#shell.variables.get(name) ?? "")),
      output: async (script) => {
        const output = new Collector();
        expansions.status = await this.script(script, collected(context, output));
        return (await textOf(output.content, context)).replace(/\n+$/, "");
      },
      files: (pattern) => expandPattern(pattern, hostFileSystem(tx.state.files, ports.clock.now), who, this.#cwd),
    };
    return expansions;
  }
}

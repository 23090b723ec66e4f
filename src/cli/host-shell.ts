import { type Command, parse, type Redirection, type Script, type Statement } from "unbash";
import type { CommandContext } from "./command.ts";
import { type Expansions, expandValue, expandWord, UnsupportedSyntax } from "./bash/expand.ts";
import { HOME, runProgram } from "./bash/programs.ts";
import { withStreams } from "./bash/streams.ts";

/** What the host's shell remembers from one line to the next. */
export interface HostShell {
  readonly variables: Map<string, string>;
  exitCode: number;
}

export function newHostShell(): HostShell {
  return {
    variables: new Map([
      ["HOME", HOME],
      ["USER", "learner"],
      ["PWD", HOME],
      ["SHELL", "/bin/bash"],
    ]),
    exitCode: 0,
  };
}

type Node = Statement["command"];

/** What the parser says of a text that only goes on. */
const UNFINISHED = /^(unterminated|expected )/;

/** False while a quote, a substitution or a block is open: the shell then asks for more (PS2). */
export function isComplete(text: string): boolean {
  if (/(^|[^\\])(\\\\)*\\\n?$/.test(text)) return false;
  const errors = parse(text).errors ?? [];
  return !errors.some(
    ({ message, pos }) =>
      UNFINISHED.test(message) && (message.startsWith("unterminated") || pos >= text.trimEnd().length),
  );
}

/**
 * Runs a line typed in the host's terminal, as bash would: words, quotes, `$x`, `$(...)`, `|`, `&&`,
 * `||`, `;`, `for`, `if`. Answers the exit code of the last command.
 */
export async function runHostLine(
  line: string,
  context: CommandContext,
  shell: HostShell = newHostShell(),
): Promise<number> {
  const script = parse(line);
  const [error] = script.errors ?? [];
  if (error) {
    const token = /^unexpected token (.*)$/.exec(error.message)?.[1]?.replace(/^'(.*)'$/, "`$1'") ?? "`newline'";
    const unterminated = /^unterminated (single|double) quote/.exec(error.message)?.[1];
    const reason = unterminated
      ? `unexpected EOF while looking for matching \`${unterminated === "single" ? "'" : '"'}'`
      : `syntax error near unexpected token ${token}`;
    context.stderr(`bash: ${reason}\n`);
    shell.exitCode = 2;
    return 2;
  }
  try {
    shell.exitCode = await new Evaluation(shell).script(script, context);
  } catch (unsupported) {
    if (!(unsupported instanceof UnsupportedSyntax)) throw unsupported;
    context.stderr(`bash: this is not simulated on the host: ${unsupported.message}\n`);
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
      code = await this.#node(command, null, context);
      this.#shell.exitCode = code;
      if (context.signal.aborted) return 130;
    }
    return code;
  }

  async #node(node: Node, stdin: string | null, context: CommandContext): Promise<number> {
    switch (node.type) {
      case "Command":
        return this.#command(node, stdin, context);
      case "Pipeline": {
        const code = await this.#pipeline(node.commands, context);
        return node.prefixes.some((prefix) => prefix.type === "Negation") ? Number(code === 0) : code;
      }
      case "AndOr": {
        let code = 0;
        for (const [index, each] of node.commands.entries()) {
          const operator = node.operators[index - 1];
          if (operator === undefined || (operator === "&&") === (code === 0))
            code = await this.#node(each, stdin, context);
          this.#shell.exitCode = code;
        }
        return code;
      }
      case "Subshell":
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
    let stdin: string | null = null;
    let code = 0;
    for (const [index, command] of commands.entries()) {
      if (index === commands.length - 1) return this.#node(command, stdin, context);
      let output = "";
      const piped = withStreams(context, { stdout: (text) => (output += text) });
      code = await this.#node(command, stdin, piped);
      stdin = output;
    }
    return code;
  }

  async #command(command: Command, stdin: string | null, outer: CommandContext): Promise<number> {
    const expansions = this.#expansions(outer);
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
        this.#shell.variables.set(prefix.name, await expandValue(prefix.value, expansions));
      }
      return expansions.status;
    }
    const context = await this.#redirected(command.redirects, outer, expansions);
    return context === null ? 1 : runProgram(name, args, { stdin, context });
  }

  /** `2>&1` and what goes to /dev/null; null when a file is named, which the host has not. */
  async #redirected(
    redirects: readonly Redirection[],
    context: CommandContext,
    expansions: Expansions,
  ): Promise<CommandContext | null> {
    let current = context;
    for (const redirect of redirects) {
      if (redirect.type !== "Redirect" || redirect.target === undefined) throw new UnsupportedSyntax("<<");
      const [target = ""] = await expandWord(redirect.target, expansions);
      const from = redirect.descriptor?.type === "FileDescriptor" ? redirect.descriptor.value : 1;
      const before = current;
      if (redirect.operator.startsWith("<") && target === "/dev/null") continue;
      if (redirect.operator === ">&" && (target === "1" || target === "2")) {
        if (from === 2 && target === "1") current = withStreams(before, { stderr: (text) => before.stdout(text) });
        if (from === 1 && target === "2") current = withStreams(before, { stdout: (text) => before.stderr(text) });
        continue;
      }
      if (target !== "/dev/null") {
        context.stderr(
          `bash: ${target}: files of the host are not simulated in Lamina; the nearest is a file in a container.\n`,
        );
        return null;
      }
      const both = redirect.operator.startsWith("&>");
      if (from === 2 || both) current = withStreams(current, { stderr: () => {} });
      if (from === 1 || both) current = withStreams(current, { stdout: () => {} });
    }
    return current;
  }

  #expansions(context: CommandContext): Expansions {
    const expansions: Expansions = {
      status: 0,
      variable: (name) => (name === "?" ? String(this.#shell.exitCode) : (this.#shell.variables.get(name) ?? "")),
      output: async (script) => {
        let output = "";
        expansions.status = await this.script(script, withStreams(context, { stdout: (text) => (output += text) }));
        return output.replace(/\n+$/, "");
      },
    };
    return expansions;
  }
}

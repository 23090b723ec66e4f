import type { ProcessContext } from "../command.ts";

/** A sentence of the playground's own, told apart from the real tool's words by its dimness; for people only, not for pipes. */
export function hint(text: string, context: ProcessContext): void {
  if (context.terminal) context.stderr(`\u001b[2m${text}\u001b[0m\n`);
}

/** The same process with another way out for its words, or none. */
export function redirected(
  context: ProcessContext,
  change: Partial<Pick<ProcessContext, "stdout" | "stderr" | "terminal">>,
): ProcessContext {
  const { fs, who, cwd, env, stdin, terminal, container, clock, random, packages, editor, signal } = context;
  return {
    fs,
    who,
    cwd,
    env,
    stdin,
    terminal,
    container,
    clock,
    random,
    packages,
    editor,
    signal,
    stdout: (text) => context.stdout(text),
    stderr: (text) => context.stderr(text),
    bytes: (content) => context.bytes(content),
    ...change,
  };
}

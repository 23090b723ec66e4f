import type { CommandContext } from "../command.ts";

/** What a command of the host's shell works with. */
export interface HostProcess {
  /** null: the terminal; in a pipe, what the command before wrote. */
  readonly stdin: string | null;
  readonly context: CommandContext;
}

/** The same context with other streams; what does not go to the terminal is no tty. */
export function withStreams(
  context: CommandContext,
  streams: { stdout?: (text: string) => void; stderr?: (text: string) => void },
): CommandContext {
  return {
    tx: context.tx,
    ports: context.ports,
    signal: context.signal,
    terminal: streams.stdout ? { ...context.terminal, tty: false } : context.terminal,
    stdout: streams.stdout ?? ((text) => context.stdout(text)),
    stderr: streams.stderr ?? ((text) => context.stderr(text)),
    attach: (request) => context.attach(request),
  };
}

import type { CommandContext } from "../../command.ts";
import { exit } from "../../../engine/operations/exit.ts";
import { begin, start } from "../../../engine/operations/start.ts";
import { settle } from "../../../engine/operations/settle.ts";
import { CommandError } from "../../verb.ts";

/** `-e NAME` takes the value from the host's environment, which has none to give here: docker then leaves it out. */
export function withValues(env: readonly string[]): readonly string[] {
  return env.filter((variable) => variable.includes("="));
}

/** A terminal is asked for where there is none (in a pipe, in `$(...)`). */
export function checkTerminal(wanted: boolean, context: CommandContext): void {
  if (wanted && !context.terminal.tty) throw new CommandError("the input device is not a TTY");
}

/**
 * Starts a container and stays with it: until its process ends, or Ctrl-C ends it. With a terminal and
 * input (`-it`) it opens a session instead. Answers the exit code.
 */
export async function runAttached(name: string, terminal: boolean, context: CommandContext): Promise<number> {
  const { tx, ports, signal } = context;
  const { columns } = context.terminal;
  if (terminal) {
    const begun = await begin(tx, ports, name, columns);
    if (begun) context.attach({ ...begun, main: true });
    return 0;
  }
  const input = context.stdin ? { input: context.stdin } : {};
  const outcome = await start(tx, ports, name, { columns, signal, output: context, ...input });
  if (outcome.kind === "exited") return outcome.code;
  const id = [...tx.state.containers.values()].find((each) => each.id === name || each.name === name)?.id;
  if (id === undefined) return 0;
  try {
    await ended(outcome.endsAt, context);
  } catch (error) {
    if (!signal.aborted) throw error;
    exit(tx, ports.clock.now(), id, 130);
    return 130;
  }
  settle(tx, ports.clock.now());
  return 0;
}

/** Waits for a process that goes on: until it ends by itself, or for Ctrl-C (then it rejects). */
async function ended(endsAt: number | null, { ports, signal }: CommandContext): Promise<void> {
  if (endsAt !== null) return ports.clock.sleep(Math.max(0, endsAt - ports.clock.now()), signal);
  return new Promise((_, reject) => {
    const stop = (): void => reject(signal.reason);
    if (signal.aborted) stop();
    else signal.addEventListener("abort", stop, { once: true });
  });
}

import { EngineError } from "../engine/error.ts";
import type { CommandContext } from "./command.ts";
import { CommandError } from "./verb.ts";

/** The engine's refusal as docker prints it. */
export function daemonError(error: EngineError): string {
  // The client itself does not send an empty name.
  if (error.is("empty-id")) return "invalid container name or ID: value is empty";
  return `Error response from daemon: ${error.message}`;
}

/**
 * Does `work` for each name; what is refused is told at the end, the others are done all the same.
 * Answers the refusals.
 */
export async function forEach(
  names: readonly string[],
  context: CommandContext,
  work: (name: string) => Promise<void> | void,
): Promise<{ readonly name: string; readonly error: EngineError | CommandError }[]> {
  const refused: { name: string; error: EngineError | CommandError }[] = [];
  for (const name of names) {
    try {
      await work(name);
    } catch (error) {
      if (!(error instanceof EngineError || error instanceof CommandError)) throw error;
      refused.push({ name, error });
    }
  }
  for (const { error } of refused) {
    context.stderr(`${error instanceof EngineError ? daemonError(error) : error.message}\n`);
  }
  return refused;
}

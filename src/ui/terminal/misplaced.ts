import type { RunResult } from "../../host/protocol.ts";

/** The docker command that was typed where docker is not; null when it was something else. */
export function misplacedIn(line: string, result: RunResult): string | null {
  return /^\s*docker\s/.test(line) && /docker: (?:command )?not found/.test(result.output) ? line.trim() : null;
}

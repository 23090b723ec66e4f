import { END_OF_INPUT } from "../shell/end-of-input.ts";
import type { LogEntry } from "./scenario.ts";

/** Ctrl-C at the beginning of a logged line: what was unfinished before it in that terminal is dropped. */
export const DROPPED = "\x03";

/** A logged line as a terminal shows it; null for one that shows nothing (Ctrl-D). */
export function shownLine(line: string): string | null {
  const typed = line.replace(DROPPED, "");
  return typed === END_OF_INPUT ? null : typed;
}

/** What the terminal showed of an entry's typing. */
export function echoOf({ line, interruptedAfter }: LogEntry, prompt: string): string {
  const typed = shownLine(line);
  const dropped = line.startsWith(DROPPED) ? `${prompt}^C\r\n` : "";
  const shown = typed === null ? "" : `${prompt}${typed}\r\n`;
  return `${dropped}${shown}${interruptedAfter === 0 ? "^C\r\n" : ""}`;
}

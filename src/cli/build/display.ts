import type { BuildProgress } from "../../engine/build/progress.ts";
import type { CommandContext } from "../command.ts";
import { PlainDisplay } from "./plain-display.ts";
import { TerminalDisplay } from "./terminal-display.ts";

/** Where a build shows how it goes. */
export interface Display {
  show(progress: BuildProgress): void;
  /** The build has ended. */
  end(): void;
  /** It has made an image: what it warned of is said again. */
  warn(): void;
}

const quiet: Display = { show: () => {}, end: () => {}, warn: () => {} };

/** As docker does it: lines that are drawn over on a terminal, plain ones elsewhere; all on standard error. */
export function displayOf(mode: "auto" | "plain" | "tty" | "quiet", context: CommandContext): Display {
  const output = (text: string): void => context.stderr(text);
  if (mode === "quiet") return quiet;
  if (mode === "plain" || (mode === "auto" && !context.terminal.tty)) return new PlainDisplay(output);
  return new TerminalDisplay(context.terminal.columns, output);
}

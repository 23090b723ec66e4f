import type { TerminalId } from "../../host/protocol.ts";

/** Who stands before the cursor, in the terminal's colour; a prompt that brings its own colours keeps them. */
export function coloredPrompt(terminal: TerminalId, text: string): string {
  if (text.includes("\x1b")) return text;
  return text.replace(/^\S+@[^:\s]+/, (who) => `\x1b[1;${terminal === "host" ? 34 : 33}m${who}\x1b[0m`);
}

import type { TerminalId } from "../../host/protocol.ts";
import type { AppStore } from "../../state/store.ts";

/** Shorter waits need no words. */
const PATIENCE = 700;

/**
 * One command runs at a time: an editor left open in another terminal holds this one's up, which is
 * said when it lasts. Call what comes back when the command has ended.
 */
export function sayWhenHeld(store: AppStore, terminal: TerminalId, write: (text: string) => void): () => void {
  if (!store.getState().busy.some((other) => other !== terminal)) return () => {};
  const timer = setTimeout(
    () => write(`\x1b[90m— ${store.getState().dictionary.terminal.waiting} —\x1b[0m\r\n`),
    PATIENCE,
  );
  return () => clearTimeout(timer);
}

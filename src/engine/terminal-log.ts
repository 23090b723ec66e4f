import type { ContainerId } from "./event.ts";
import { appendLog } from "./operations/exit.ts";
import type { Transaction } from "./transaction.ts";
import { withContainer } from "./update.ts";

/** Characters of a terminal's output that `docker logs` can still show. */
const TERMINAL_LOG = 256 * 1024;

/**
 * Adds what the terminal of a container's main process showed, typed lines included: dockerd logs all of
 * it. Only the newest {@link TERMINAL_LOG} characters stay, by whole pieces. `at`: ms since 1970.
 */
export function logTerminal(tx: Transaction, id: ContainerId, text: string, at: number): void {
  const container = tx.state.containers.get(id);
  if (container === undefined || text === "") return;
  let room = TERMINAL_LOG - text.length;
  const before = container.log.findLastIndex((chunk) => (room -= chunk.text.length) < 0);
  if (before >= 0) tx.update(withContainer(tx.state, id, { log: container.log.slice(before + 1) }));
  appendLog(tx, id, [{ stream: "stdout", text: text.slice(-TERMINAL_LOG), at }]);
}

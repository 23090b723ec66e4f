import type { Transaction } from "../transaction.ts";
import { exit } from "./exit.ts";

/** Ends the containers whose process has ended by itself by `now` (ms since 1970): `sleep 60`, a minute later. */
export function settle(tx: Transaction, now: number): void {
  const over = [...tx.state.containers.values()]
    .map(({ id, status }) => ({ id, endsAt: status.kind === "running" ? status.endsAt : null }))
    .filter(
      (ending): ending is { id: typeof ending.id; endsAt: number } => ending.endsAt !== null && ending.endsAt <= now,
    )
    .toSorted((a, b) => a.endsAt - b.endsAt);
  for (const { id, endsAt } of over) exit(tx, endsAt, id, 0);
}

import { claimedName } from "../container-name.ts";
import { findContainer } from "../lookup.ts";
import type { Transaction } from "../transaction.ts";
import { withContainer } from "../update.ts";

/** Gives a container another name. (docker rename) */
export function rename(tx: Transaction, nameOrPrefix: string, name: string): void {
  const { id } = findContainer(tx.state, nameOrPrefix);
  tx.update(withContainer(tx.state, id, { name: claimedName(tx.state, name) }));
}

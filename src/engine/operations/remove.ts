import { EngineError } from "../error.ts";
import { findContainer } from "../lookup.ts";
import type { Ports } from "../ports.ts";
import type { Transaction } from "../transaction.ts";
import { withContainer } from "../update.ts";
import { discard, exit } from "./exit.ts";

/**
 * Removes a container and its writable layer; with `force` a running one is killed first, with `volumes` its
 * anonymous volumes go too, as they do with a container of --rm. (docker rm)
 */
export function remove(
  tx: Transaction,
  ports: Ports,
  nameOrPrefix: string,
  options: { readonly force?: boolean; readonly volumes?: boolean },
): void {
  const { id, status, autoRemove } = findContainer(tx.state, nameOrPrefix);
  if (status.kind === "running") {
    if (!options.force) throw new EngineError("is-running", { name: nameOrPrefix });
    // Whether or not it was started with --rm, it is removed once.
    tx.update(withContainer(tx.state, id, { autoRemove: false }));
    exit(tx, ports.clock.now(), id, 137);
  }
  discard(tx, id, { volumes: options.volumes || autoRemove });
}

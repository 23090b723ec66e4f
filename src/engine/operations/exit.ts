import type { ContainerId } from "../event.ts";
import type { LogChunk } from "../state.ts";
import type { Transaction } from "../transaction.ts";
import { withContainer, withoutEntries, releaseLayers } from "../update.ts";
import { removeVolume, volumeUsers } from "./volumes.ts";

/** The container's own process has ended. With --rm the container goes too. `now`: ms since 1970. */
export function exit(tx: Transaction, now: number, id: ContainerId, code: number): void {
  const container = tx.state.containers.get(id);
  if (container === undefined || container.status.kind !== "running") return;
  const { startedAt } = container.status;
  tx.update(
    withContainer(tx.state, id, { ipAddress: "", status: { kind: "exited", startedAt, finishedAt: now, code } }),
    { type: "container.exit", container: id, name: container.name, code },
  );
  if (container.autoRemove) discard(tx, id, { volumes: true });
}

/**
 * Takes a container and its writable layer away, and the layers only it had kept; with `volumes`, the
 * volumes without a name that only it had mounted. (moby, daemon/mounts.go `removeMountPoints`)
 */
export function discard(tx: Transaction, id: ContainerId, options: { readonly volumes: boolean }): void {
  const container = tx.state.containers.get(id);
  if (container === undefined) return;
  const containers = withoutEntries(tx.state.containers, (known) => known === id);
  tx.update(
    { ...tx.state, containers },
    { type: "container.remove", container: id, name: container.name, size: container.upper.size },
  );
  for (const mount of options.volumes ? container.mounts : []) {
    if (mount.type !== "volume" || mount.bind !== "") continue;
    const anonymous = tx.state.volumes.get(mount.volume)?.anonymous;
    if (anonymous && volumeUsers(tx.state, mount.volume).length === 0) removeVolume(tx, mount.volume);
  }
  releaseLayers(tx);
}

/** Adds to what `docker logs` shows. */
export function appendLog(tx: Transaction, id: ContainerId, chunks: readonly LogChunk[]): void {
  const container = tx.state.containers.get(id);
  if (container === undefined || chunks.length === 0) return;
  tx.update(withContainer(tx.state, id, { log: [...container.log, ...chunks] }));
}

import type { Content } from "../../core/filesystem/content.ts";
import { mergedEntries } from "../../core/overlay/merged.ts";
import { tarContent } from "../../core/tar/write.ts";
import { findContainer } from "../lookup.ts";
import { containerLower } from "../mount.ts";
import type { EngineState } from "../state.ts";
import type { Transaction } from "../transaction.ts";

/**
 * A container's layers, merged, as one flat tar: what dockerd put there for its mounts is in it, what is mounted
 * is not. A rope: nothing of it is read. (moby, daemon/export.go)
 */
export function exportContainer(state: EngineState, name: string): Content {
  const container = findContainer(state, name);
  return tarContent(mergedEntries(containerLower(state, container), container.upper));
}

/** `file`: where it was written to on the host, "-" for standard output. */
export function tellExport(tx: Transaction, name: string, file: string, size: number): void {
  const container = findContainer(tx.state, name);
  tx.update(tx.state, { type: "container.export", container: container.id, name: container.name, file, size });
}

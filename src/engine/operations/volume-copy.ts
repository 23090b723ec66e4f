import { FileSystemError } from "../../core/filesystem/errno.ts";
import { root } from "../../core/filesystem/filesystem.ts";
import type { Stat } from "../../core/filesystem/filesystem.ts";
import { treeFromEntries } from "../../core/filesystem/tree.ts";
import type { FileTree } from "../../core/filesystem/tree.ts";
import { mergedEntries } from "../../core/overlay/merged.ts";
import { EngineError } from "../error.ts";
import { containerLower, viewOf } from "../mount.ts";
import type { Ports } from "../ports.ts";
import type { Container, ContainerMount, EngineState } from "../state.ts";
import type { Transaction } from "../transaction.ts";
import { withVolume } from "../update.ts";

/** What the container's layers have at `path`, links followed; null when nothing. */
function statAt(state: EngineState, container: Container, path: string): Stat | null {
  try {
    return viewOf(state, container).stat(path, root);
  } catch (error) {
    if (!(error instanceof FileSystemError)) throw error;
    if (error.code === "ENOENT") return null;
    throw new EngineError("bad-mount-point", { container: container.id, path, problem: "lstat" });
  }
}

/** Refuses to mount a volume where the image has something else than a directory. */
export function mustBeDirectory(state: EngineState, container: Container, path: string): void {
  const stat = statAt(state, container, path);
  if (stat !== null && stat.kind !== "directory") {
    throw new EngineError("bad-mount-point", { container: container.id, path, problem: "over-file" });
  }
}

/**
 * Copies what the container's layers have at the mount point into a volume that has nothing in it: also
 * owner and mode of the directory itself. Hard links stay, bytes are shared. A directory with something
 * in it is as old as the copy, since that was put there after its times were set.
 * (moby, `populateVolumes`, `copyExistingContents`; containerd/continuity, fs/copy.go)
 */
export function fillVolume(
  tx: Transaction,
  ports: Pick<Ports, "clock">,
  container: Container,
  { volume: name, target: path }: Extract<ContainerMount, { type: "volume" }>,
): void {
  const volume = tx.state.volumes.get(name);
  const stat = statAt(tx.state, container, path);
  if (volume === undefined || stat === null) return;
  if (stat.kind !== "directory") {
    throw new EngineError("bad-mount-point", { container: container.id, path, problem: "source" });
  }
  if (volume.tree.root.entries.size > 0) return;
  const entries = mergedEntries(containerLower(tx.state, container), container.upper, path);
  const tree = touched(treeFromEntries(entries), ports.clock.now() / 1000);
  const files = entries.filter((entry) => entry.kind !== "directory").length;
  const next = withVolume(tx.state, { ...volume, tree });
  if (entries.length === 1) return tx.update(next);
  tx.update(next, { type: "volume.copy", volume: name, container: container.id, path, files, size: tree.size });
}

function touched(tree: FileTree, mtime: number): FileTree {
  let next = tree;
  for (const [ino, node] of tree.inodes()) {
    if (node.kind === "directory" && node.entries.size > 0) next = next.change(ino, { mtime });
  }
  return next;
}

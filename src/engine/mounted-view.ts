import { FileSystemError } from "../core/filesystem/errno.ts";
import { root } from "../core/filesystem/filesystem.ts";
import type { Mount } from "../core/filesystem/mount.ts";
import { MountedFileSystem } from "../core/filesystem/mounted.ts";
import { basename, dirname, join } from "../core/filesystem/path.ts";
import { emptyTree } from "../core/filesystem/tree.ts";
import type { OverlayEvent } from "../core/overlay/event.ts";
import { emptyLower } from "../core/overlay/lower.ts";
import { OverlayFileSystem } from "../core/overlay/overlay.ts";
import type { ContainerId, EngineEvent } from "./event.ts";
import { containerLower, filesystemEvent, outsideEvent } from "./mount.ts";
import type { Container, ContainerMount, EngineState } from "./state.ts";
import type { Transaction } from "./transaction.ts";
import { withContainer, withVolume } from "./update.ts";

/** As the OCI runtime mounts them: what is deeper comes later. (moby, daemon/volumes_unix.go `sortMounts`) */
export function inMountOrder(mounts: readonly ContainerMount[]): ContainerMount[] {
  const depth = ({ target }: ContainerMount): number => target.split("/").length;
  return mounts.toSorted((a, b) => depth(a) - depth(b));
}

/** Where a mount really is: `target` without symbolic links; what is missing of it stays as it is. (runc, `SecureJoin`) */
export function mountPoint(fs: MountedFileSystem, target: string): string {
  try {
    return fs.realpath(target, root);
  } catch (error) {
    if (!(error instanceof FileSystemError) || target === "/") throw error;
    return join(mountPoint(fs, dirname(target)), basename(target));
  }
}

/** A container's layers with its volumes over them, in the course of changes. */
class View {
  readonly #steps: (EngineEvent | null)[] = [];
  readonly #volumes = new Map<string, OverlayFileSystem>();
  readonly #overlay: OverlayFileSystem;
  #mounts: readonly Mount[];
  fs: MountedFileSystem;

  constructor(
    private readonly state: EngineState,
    private readonly container: Container,
    private readonly now: number,
  ) {
    this.#overlay = new OverlayFileSystem(containerLower(state, container), container.upper, {
      now: () => now / 1000,
      onEvent: (event) => this.#steps.push(filesystemEvent(container, event)),
    });
    // That the root is read-only concerns its processes, not those who look after it.
    this.#mounts = [{ at: "/", fs: this.#overlay, source: "overlay", type: "overlay", options: "rw,relatime" }];
    this.fs = new MountedFileSystem(this.#mounts);
  }

  add(mount: ContainerMount): void {
    const at = mountPoint(this.fs, mount.target);
    const options = `${mount.readOnly ? "ro" : "rw"},relatime`;
    const fs = mount.type === "volume" ? this.#volume(mount.volume, at) : this.#open(emptyTree, () => {});
    this.#mounts = [...this.#mounts, { at, fs, source: mount.type, type: mount.type, options }];
    this.fs = new MountedFileSystem(this.#mounts);
  }

  /** Puts what was done into the state, and tells it. */
  keep(tx: Transaction): void {
    const { id, upper: before } = this.container;
    const { upper: after } = this.#overlay;
    let next = before === after ? tx.state : withContainer(tx.state, id, { upper: after });
    for (const [name, { upper }] of this.#volumes) {
      const volume = next.volumes.get(name);
      if (volume && volume.tree !== upper) next = withVolume(next, { ...volume, tree: upper });
    }
    if (this.#steps.length === 0 && next !== tx.state) tx.update(next);
    for (const step of this.#steps) tx.update(next, step ?? undefined);
  }

  /** One filesystem, wherever and however often it is mounted. */
  #volume(name: string, at: string): OverlayFileSystem {
    const known = this.#volumes.get(name);
    if (known) return known;
    const tree = this.state.volumes.get(name)?.tree ?? emptyTree;
    const fs = this.#open(tree, (event) => this.#steps.push(outsideEvent(this.container, name, at, event)));
    this.#volumes.set(name, fs);
    return fs;
  }

  #open(tree: typeof emptyTree, onEvent: (event: OverlayEvent) => void): OverlayFileSystem {
    return new OverlayFileSystem(emptyLower, tree, { now: () => this.now / 1000, onEvent });
  }
}

/**
 * What is seen in a container with its volumes, for a look: changes go nowhere. A tmpfs is empty here: what is in
 * it ends with the run, and no command of docker's sees it.
 */
export function mountedViewOf(state: EngineState, container: Container): MountedFileSystem {
  const view = new View(state, container, 0);
  for (const mount of inMountOrder(container.mounts)) view.add(mount);
  return view.fs;
}

/**
 * Lets `change` work on a container with its volumes and puts the outcome into the state, each step told.
 * `now`: ms since 1970. `mounting`: called for each mount before it is there; one that answers false is left
 * out. When either throws, what had been done stays.
 */
export function changeMounted<T>(
  tx: Transaction,
  id: ContainerId,
  now: number,
  change: (fs: MountedFileSystem) => T,
  mounting: (fs: MountedFileSystem, mount: ContainerMount) => boolean | void = () => true,
): T {
  const container = tx.state.containers.get(id);
  if (container === undefined) throw new RangeError(`no container ${id}`);
  const view = new View(tx.state, container, now);
  try {
    for (const mount of inMountOrder(container.mounts)) {
      if (mounting(view.fs, mount) !== false) view.add(mount);
    }
    return change(view.fs);
  } finally {
    view.keep(tx);
  }
}

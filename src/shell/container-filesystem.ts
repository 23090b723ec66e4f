import type { ReadStored } from "../core/filesystem/content.ts";
import { type Credentials, root } from "../core/filesystem/filesystem.ts";
import { MountedFileSystem } from "../core/filesystem/mounted.ts";
import { emptyTree, FileTree } from "../core/filesystem/tree.ts";
import type { OverlayEvent } from "../core/overlay/event.ts";
import { emptyLower } from "../core/overlay/lower.ts";
import { OverlayFileSystem } from "../core/overlay/overlay.ts";
import { boundFiles, hostnameOf } from "../engine/bound-files.ts";
import type { ContainerId, EngineEvent } from "../engine/event.ts";
import { containerLower, filesystemEvent, outsideEvent } from "../engine/mount.ts";
import type { Clock, Random } from "../engine/ports.ts";
import type { EngineState } from "../engine/state.ts";
import type { Transaction } from "../engine/transaction.ts";
import { withContainer, withVolume } from "../engine/update.ts";
import type { ContainerMemory } from "./container-memory.ts";
import { containerMounts } from "./container-mounts.ts";
import { containerDrivers, deviceTree, tmpfs } from "./filesystem/devices.ts";
import { procNodes, sysNodes } from "./filesystem/proc.ts";
import type { ProcessEntry } from "./filesystem/proc.ts";
import { SyntheticFileSystem } from "./filesystem/synthetic.ts";
import { TmpFileSystem } from "./filesystem/tmpfs.ts";
import { machine } from "./host-machine.ts";

export interface ViewDependencies {
  readonly clock: Clock;
  readonly random: Random;
  readonly readStored: ReadStored;
  readonly memory: ContainerMemory;
  /** What is written to the terminal's device. */
  terminal(bytes: Uint8Array): void;
  processes(): readonly ProcessEntry[];
  /** The process that asks. */
  self(): number;
  /** Called before something is looked up at a path. */
  looked(path: string, who: Credentials, options: { follow: boolean }): void;
}

/** What /dev and /dev/shm hold. (moby, oci/defaults.go) */
const SMALL = 64 * 2 ** 20;

function sticky(fs: OverlayFileSystem): FileTree {
  fs.chmod("/", 0o1777, root);
  return fs.upper;
}

/** Where what changes in a filesystem goes: to the state, with the steps that are told, or to the memory. */
interface Watched {
  readonly fs: OverlayFileSystem;
  known: FileTree;
  keep(state: EngineState, tree: FileTree): EngineState;
  readonly steps: OverlayEvent[];
  told(step: OverlayEvent): EngineEvent | null;
}

/**
 * All that a process in the container sees: the layers under one overlay, and what the runtime mounts
 * on it. Each change is in `tx`, or in the memory, when the call returns, told as it was done.
 */
export function containerFileSystem(tx: Transaction, id: ContainerId, deps: ViewDependencies): MountedFileSystem {
  const container = tx.state.containers.get(id);
  if (container === undefined) throw new RangeError(`no container ${id}`);
  const now = () => deps.clock.now();
  const { memory, terminal, readStored } = deps;
  const drivers = containerDrivers({ terminal, random: (bytes) => deps.random.hex(bytes), readStored });
  const seconds = () => now() / 1000;
  const fresh = () => FileTree.fresh(seconds());
  const watched: Watched[] = [];

  const watch = <F extends OverlayFileSystem>(
    make: (onEvent: (event: OverlayEvent) => void) => F,
    how: Pick<Watched, "keep" | "told">,
  ): F => {
    const steps: OverlayEvent[] = [];
    const fs = make((event) => steps.push(event));
    watched.push({ fs, known: fs.upper, steps, ...how });
    return fs;
  };
  const inMemory = (name: string, make: () => FileTree, size: number, at: string | null) =>
    watch((onEvent) => new TmpFileSystem(memory.tree(id, name, make), size, { now: seconds, drivers, onEvent }), {
      keep(state, tree) {
        memory.keep(id, name, tree);
        return state;
      },
      told: (step) => (at === null ? null : outsideEvent(container, null, at, step)),
    });

  const overlay = watch(
    (onEvent) =>
      new OverlayFileSystem(containerLower(tx.state, container), container.upper, { now: seconds, drivers, onEvent }),
    {
      keep: (state, upper) => withContainer(state, id, { upper }),
      told: (step) => filesystemEvent(container, step),
    },
  );
  const volumes = new Map<string, OverlayFileSystem>();
  const started = () => (container.status.kind === "created" ? now() : container.status.startedAt) / 1000;
  const proc = procNodes({
    hostname: hostnameOf(container),
    mounts: () => mounted.mounts.map((mount) => `${mount.source} ${mount.at} ${mount.type} ${mount.options} 0 0`),
    processes: deps.processes,
    self: deps.self,
    uptime: () => machine.uptime + seconds() - started(),
    random: (bytes) => deps.random.hex(bytes),
  });

  const changed = () => {
    for (const each of watched) {
      if (each.steps.length === 0 && each.fs.upper === each.known) continue;
      each.known = each.fs.upper;
      const next = each.keep(tx.state, each.known);
      const told = each.steps.splice(0).flatMap((step) => each.told(step) ?? []);
      if (told.length === 0 && next !== tx.state) tx.update(next);
      for (const event of told) tx.update(next, event);
    }
  };

  const mounts = containerMounts(container, {
    overlay,
    proc: new SyntheticFileSystem(proc, started),
    sys: new SyntheticFileSystem(sysNodes(), started),
    dev: inMemory("dev", () => deviceTree(now), SMALL, null),
    shm: inMemory("shm", () => sticky(tmpfs(fresh(), now)), SMALL, null),
    bound: inMemory("bound", () => boundFiles(container, now() / 1000), machine.disk, null),
    empty: () => tmpfs(fresh(), now),
    tmpfs: (target, size, make) =>
      inMemory(`tmpfs:${target}`, () => make(tmpfs(fresh(), now)), size ?? machine.memory / 2, target),
    volume(name, target) {
      const known = volumes.get(name);
      if (known) return known;
      const tree = tx.state.volumes.get(name)?.tree ?? emptyTree;
      const fs = watch((onEvent) => new OverlayFileSystem(emptyLower, tree, { now: seconds, drivers, onEvent }), {
        keep(state, next) {
          const volume = state.volumes.get(name);
          return volume ? withVolume(state, { ...volume, tree: next }) : state;
        },
        told: (step) => outsideEvent(container, name, target, step),
      });
      volumes.set(name, fs);
      return fs;
    },
  });
  changed();
  const mounted = new MountedFileSystem(mounts, changed, deps.looked);
  return mounted;
}

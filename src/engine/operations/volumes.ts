import { FileTree } from "../../core/filesystem/tree.ts";
import { EngineError } from "../error.ts";
import type { ContainerId } from "../event.ts";
import type { Ports } from "../ports.ts";
import type { Container, EngineState, Volume } from "../state.ts";
import type { Transaction } from "../transaction.ts";
import { withVolume, withoutEntries } from "../update.ts";

/** (moby, volume/local, `validateName`) */
const VALID = /^[a-zA-Z0-9][a-zA-Z0-9_.-]+$/;

/** The label by which dockerd knows a volume that it named itself. (moby, volume/service, `AnonymousLabel`) */
const ANONYMOUS_LABEL = "com.docker.volume.anonymous";

export interface VolumeRequest {
  /** Left out or "": docker makes one up, and the volume is anonymous. */
  readonly name?: string;
  readonly labels?: Readonly<Record<string, string>>;
  /** The container that it is made for. */
  readonly container?: ContainerId;
  /** Mounts it there in the same step, so that the story never shows it without what it is for. */
  readonly mount?: (state: EngineState, volume: string) => EngineState;
}

/** The volume of that name, made when there is none; an old one stays as it is, labels too. (docker volume create) */
export function createVolume(tx: Transaction, ports: Pick<Ports, "clock" | "random">, request: VolumeRequest): Volume {
  const { name = "", labels = {}, container = null, mount = (state) => state } = request;
  const known = tx.state.volumes.get(name);
  if (known) return known;
  const anonymous = name === "";
  if (!anonymous && !VALID.test(name)) throw new EngineError("invalid-volume-name", { name });
  const createdAt = ports.clock.now();
  const volume: Volume = {
    name: anonymous ? ports.random.hex(32) : name,
    anonymous,
    labels: anonymous ? { ...labels, [ANONYMOUS_LABEL]: "" } : labels,
    createdAt,
    tree: FileTree.fresh(createdAt / 1000),
  };
  const next = mount(withVolume(tx.state, volume), volume.name);
  tx.update(next, { type: "volume.create", volume: volume.name, anonymous, container });
  return volume;
}

const mounts = ({ mounts }: Container, name: string): boolean =>
  mounts.some((mount) => mount.type === "volume" && mount.volume === name);

/** Containers that mount the volume, running or not, in the order they were created. */
export function volumeUsers(state: EngineState, name: string): ContainerId[] {
  return [...state.containers.values()].filter((container) => mounts(container, name)).map(({ id }) => id);
}

/** Refuses a volume that a container mounts; one that is not there too, but for `force`. (docker volume rm) */
export function removeVolume(tx: Transaction, name: string, options: { readonly force?: boolean } = {}): void {
  const volume = tx.state.volumes.get(name);
  if (volume === undefined) {
    if (options.force) return;
    throw new EngineError("no-such-volume", { name });
  }
  const containers = volumeUsers(tx.state, name);
  if (containers.length > 0) throw new EngineError("volume-in-use", { name, containers });
  const volumes = withoutEntries(tx.state.volumes, (known) => known === name);
  tx.update({ ...tx.state, volumes }, { type: "volume.remove", volume: name, size: volume.tree.size });
}

export interface PruneVolumes {
  /** Volumes with a name of their own too. */
  readonly all?: boolean;
  /** What a filter leaves; all when left out. */
  readonly matches?: (volume: Volume) => boolean;
}

/** Removes the volumes that no container mounts. `size`: bytes that are free again. (docker volume prune) */
export function pruneVolumes(
  tx: Transaction,
  options: PruneVolumes,
): { readonly names: string[]; readonly size: number } {
  const { all = false, matches = () => true } = options;
  const gone = [...tx.state.volumes.values()].filter(
    (volume) => (all || volume.anonymous) && matches(volume) && volumeUsers(tx.state, volume.name).length === 0,
  );
  for (const { name } of gone) removeVolume(tx, name);
  return { names: gone.map(({ name }) => name), size: gone.reduce((sum, { tree }) => sum + tree.size, 0) };
}

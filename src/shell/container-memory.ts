import { deserializeTree, serializeTree } from "../core/filesystem/tree.ts";
import type { FileTree, SavedTree } from "../core/filesystem/tree.ts";
import type { ContainerId } from "../engine/event.ts";
import type { ProcessEntry } from "./filesystem/proc.ts";

/** The part of a {@link ContainerMemory} that differs from a fresh one, for one container. */
export interface SavedMemory {
  readonly container: ContainerId;
  readonly trees: readonly (readonly [name: string, tree: SavedTree])[];
  readonly services: readonly ProcessEntry[];
}

/** The trees of all containers' memories. */
export function savedTrees(memory: readonly SavedMemory[]): SavedTree[] {
  return memory.flatMap(({ trees }) => trees.map(([, tree]) => tree));
}

/** A tree as it was made, and as it became. */
interface Kept {
  readonly made: FileTree | null;
  readonly tree: FileTree;
}

/**
 * What a container has that neither a layer nor a volume holds: /dev, its tmpfs mounts, the files that
 * docker mounts over /etc/hosts, /etc/hostname and /etc/resolv.conf, and the services that commands left
 * running. Not in the engine's state: it ends with the container's run. Kept with the sessions.
 */
export class ContainerMemory {
  readonly #trees = new Map<ContainerId, Map<string, Kept>>();
  readonly #services = new Map<ContainerId, readonly ProcessEntry[]>();

  /** The tree of that name, made when the container has none yet. */
  tree(container: ContainerId, name: string, make: () => FileTree): FileTree {
    const known = this.#of(container).get(name);
    if (known) return known.tree;
    const made = make();
    this.#of(container).set(name, { made, tree: made });
    return made;
  }
  keep(container: ContainerId, name: string, tree: FileTree): void {
    const made = this.#of(container).get(name)?.made ?? null;
    this.#of(container).set(name, { made, tree });
  }
  #of(container: ContainerId): Map<string, Kept> {
    const known = this.#trees.get(container) ?? new Map<string, Kept>();
    this.#trees.set(container, known);
    return known;
  }

  /** Processes that a command left running ("nginx", "redis-server --daemonize yes"). */
  services(container: ContainerId): readonly ProcessEntry[] {
    return this.#services.get(container) ?? [];
  }
  addService(container: ContainerId, service: ProcessEntry): void {
    this.#services.set(container, [...this.services(container), service]);
  }
  stopService(container: ContainerId, pid: number): boolean {
    const known = this.services(container);
    const left = known.filter((service) => service.pid !== pid);
    this.#services.set(container, left);
    return left.length < known.length;
  }
  /** The container starts anew: no process is left, what was in memory is gone, and docker writes the files over /etc again. */
  forget(container: ContainerId): void {
    this.#services.delete(container);
    this.#trees.delete(container);
  }

  /** What there is to keep of `containers`. */
  save(containers: Iterable<ContainerId>): SavedMemory[] {
    return [...containers].flatMap((container) => {
      const trees = [...(this.#trees.get(container) ?? [])]
        .filter(([, { made, tree }]) => tree !== made)
        .map(([name, { tree }]): [string, SavedTree] => [name, serializeTree(tree)]);
      const services = this.services(container);
      return trees.length + services.length > 0 ? [{ container, trees, services }] : [];
    });
  }
  /** Takes over what another memory saved, and nothing else stays. */
  restore(saved: readonly SavedMemory[]): void {
    this.#trees.clear();
    this.#services.clear();
    for (const { container, trees, services } of saved) {
      for (const [name, tree] of trees) this.keep(container, name, deserializeTree(tree));
      this.#services.set(container, services);
    }
  }
}

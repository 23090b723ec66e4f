import type { ReadStored } from "../core/filesystem/content.ts";
import { textContent } from "../core/filesystem/content.ts";
import { root } from "../core/filesystem/filesystem.ts";
import { deserializeTree, emptyTree, serializeTree } from "../core/filesystem/tree.ts";
import type { FileTree, SavedTree } from "../core/filesystem/tree.ts";
import type { OverlayEvent } from "../core/overlay/event.ts";
import { OverlayFileSystem } from "../core/overlay/overlay.ts";
import type { ContainerId } from "../engine/event.ts";
import { containerLower, filesystemEvent } from "../engine/mount.ts";
import type { Clock, Random } from "../engine/ports.ts";
import type { Container } from "../engine/state.ts";
import type { Transaction } from "../engine/transaction.ts";
import { withContainer } from "../engine/update.ts";
import { DeviceFileSystem, deviceTree, tmpfs } from "./filesystem/devices.ts";
import { MountedFileSystem } from "../core/filesystem/mounted.ts";
import type { Mount } from "../core/filesystem/mount.ts";
import { procNodes, sysNodes } from "./filesystem/proc.ts";
import type { ProcessEntry } from "./filesystem/proc.ts";
import { SyntheticFileSystem } from "./filesystem/synthetic.ts";
import { machine } from "./host-machine.ts";

/** The trees of a container that are no layers: /dev, and the files bound over /etc. */
const NAMES = ["dev", "bound"];

/** The part of a {@link ContainerMemory} that differs from a fresh one, for one container. */
export interface SavedMemory {
  readonly container: ContainerId;
  readonly trees: readonly (readonly [name: string, tree: SavedTree])[];
  readonly services: readonly ProcessEntry[];
}

/**
 * What a container has that no layer holds: /dev, and the files that docker mounts over /etc/hosts,
 * /etc/hostname and /etc/resolv.conf, and the services that commands left running. Not in the engine's
 * state: no layer and no command of docker's ever sees it. Kept with the sessions.
 */
export class ContainerMemory {
  /** As docker makes them. */
  readonly #made = new Map<string, FileTree>();
  /** Those that were changed. */
  readonly #trees = new Map<string, FileTree>();
  readonly #services = new Map<ContainerId, readonly ProcessEntry[]>();

  tree(container: ContainerId, name: string, make: () => FileTree): FileTree {
    const key = `${container}/${name}`;
    const known = this.#trees.get(key) ?? this.#made.get(key) ?? make();
    if (!this.#trees.has(key)) this.#made.set(key, known);
    return known;
  }
  keep(container: ContainerId, name: string, tree: FileTree): void {
    this.#trees.set(`${container}/${name}`, tree);
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
  /** The container starts anew: no process is left, /dev is empty, and docker writes the files over /etc again. */
  forget(container: ContainerId): void {
    this.#services.delete(container);
    for (const name of NAMES) {
      this.#trees.delete(`${container}/${name}`);
      this.#made.delete(`${container}/${name}`);
    }
  }

  /** What there is to keep of `containers`. */
  save(containers: Iterable<ContainerId>): SavedMemory[] {
    return [...containers].flatMap((container) => {
      const trees = NAMES.flatMap((name): [string, SavedTree][] => {
        const tree = this.#trees.get(`${container}/${name}`);
        return tree ? [[name, serializeTree(tree)]] : [];
      });
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
}

export const hostnameOf = (container: Container): string => container.config.Hostname || container.id.slice(0, 12);

/** What dockerd writes into the three files. (libnetwork; docker-golden/run-ps-exec-diff-commit-save.txt) */
function boundFiles(container: Container, now: () => number): FileTree {
  const fs = tmpfs(emptyTree, now);
  const hostname = hostnameOf(container);
  const hosts = [
    "127.0.0.1\tlocalhost",
    "::1\tlocalhost ip6-localhost ip6-loopback",
    "fe00::\tip6-localnet",
    "ff00::\tip6-mcastprefix",
    "ff02::1\tip6-allnodes",
    "ff02::2\tip6-allrouters",
    ...(container.ipAddress === "" ? [] : [`${container.ipAddress}\t${hostname}`]),
  ];
  const resolv = [
    "# Generated by Docker Engine.",
    "# This file can be edited; Docker Engine will not make further changes once it",
    "# has been modified.",
    "",
    "nameserver 192.168.65.7",
  ];
  const texts = { hosts: hosts.join("\n"), hostname, "resolv.conf": resolv.join("\n") };
  for (const [name, text] of Object.entries(texts)) {
    fs.write(`/${name}`, textContent(`${text}\n`), { write: true, create: true }, 0o644, root);
  }
  return fs.upper;
}

const overlayId = (text: string): string =>
  text
    .replace(/^sha256:/, "")
    .slice(0, 26)
    .toUpperCase();

/** The line of `/` in /proc/mounts; the short names are made of chain ids. (docker-golden/run-ps-exec-diff-commit-save.txt) */
function overlayOptions(container: Container): string {
  const base = "/var/lib/docker/overlay2";
  const lowers = [`${container.id.slice(0, 25)}I`, ...container.layers.toReversed()].map(overlayId);
  const lower = lowers.map((name) => `${base}/l/${name}`).join(":");
  return `rw,relatime,lowerdir=${lower},upperdir=${base}/${container.id}/diff,workdir=${base}/${container.id}/work`;
}

/**
 * All that a process in the container sees: the layers under one overlay, and what the runtime mounts
 * on it. Each change of the overlay is in `tx` when the call returns, told as overlayfs did it.
 */
export function containerFileSystem(tx: Transaction, id: ContainerId, deps: ViewDependencies): MountedFileSystem {
  const container = tx.state.containers.get(id);
  if (container === undefined) throw new RangeError(`no container ${id}`);
  const now = () => deps.clock.now();
  const { memory } = deps;
  const steps: OverlayEvent[] = [];
  const overlay = new OverlayFileSystem(containerLower(tx.state, container), container.upper, {
    now: () => now() / 1000,
    onEvent: (event) => steps.push(event),
  });
  const dev = new DeviceFileSystem(
    memory.tree(id, "dev", () => deviceTree(now)),
    now,
    { terminal: deps.terminal, random: (bytes) => deps.random.hex(bytes), readStored: deps.readStored },
  );
  const bound = tmpfs(
    memory.tree(id, "bound", () => boundFiles(container, now)),
    now,
  );
  const started = () => (container.status.kind === "created" ? now() : container.status.startedAt) / 1000;

  const changed = () => {
    if (dev.upper !== memory.tree(id, "dev", () => emptyTree)) memory.keep(id, "dev", dev.upper);
    if (bound.upper !== memory.tree(id, "bound", () => emptyTree)) memory.keep(id, "bound", bound.upper);
    const known = tx.state.containers.get(id);
    if (known === undefined || (steps.length === 0 && known.upper === overlay.upper)) return;
    const next = withContainer(tx.state, id, { upper: overlay.upper });
    if (steps.length === 0) tx.update(next);
    for (const step of steps.splice(0)) tx.update(next, filesystemEvent(container, step));
  };

  const proc = new SyntheticFileSystem(
    procNodes({
      hostname: hostnameOf(container),
      mounts: () => mounts.map((mount) => `${mount.source} ${mount.at} ${mount.type} ${mount.options} 0 0`),
      processes: deps.processes,
      self: deps.self,
      uptime: () => machine.uptime + now() / 1000 - started(),
      random: (bytes) => deps.random.hex(bytes),
    }),
    started,
  );
  const disk = { source: "/dev/vda1", type: "ext4", options: "rw,relatime" };
  const mounts: Mount[] = [
    { at: "/", fs: overlay, source: "overlay", type: "overlay", options: overlayOptions(container) },
    { at: "/proc", fs: proc, source: "proc", type: "proc", options: "rw,nosuid,nodev,noexec,relatime" },
    { at: "/dev", fs: dev, source: "tmpfs", type: "tmpfs", options: "rw,nosuid,size=65536k,mode=755" },
    {
      at: "/sys",
      fs: new SyntheticFileSystem(sysNodes(), started),
      source: "sysfs",
      type: "sysfs",
      options: "ro,nosuid,nodev,noexec,relatime",
    },
    { at: "/etc/resolv.conf", fs: bound, root: "/resolv.conf", ...disk },
    { at: "/etc/hostname", fs: bound, root: "/hostname", ...disk },
    { at: "/etc/hosts", fs: bound, root: "/hosts", ...disk },
  ];
  return new MountedFileSystem(mounts, changed);
}

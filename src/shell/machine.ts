import type { Credentials, FileSystem } from "../core/filesystem/filesystem.ts";
import { emptyTree } from "../core/filesystem/tree.ts";
import { OverlayFileSystem } from "../core/overlay/overlay.ts";
import { hostnameOf } from "../engine/bound-files.ts";
import type { ContainerId } from "../engine/event.ts";
import { lowerOfLayers } from "../engine/mount.ts";
import type { Clock, LayerStore, Random } from "../engine/ports.ts";
import type { Container } from "../engine/state.ts";
import type { Transaction } from "../engine/transaction.ts";
import type { Editor, PackageSource } from "./command.ts";
import { containerFileSystem } from "./container-filesystem.ts";
import type { ContainerMemory } from "./container-memory.ts";
import type { MountedFileSystem } from "../core/filesystem/mounted.ts";
import type { ProcessEntry } from "./filesystem/proc.ts";
import { Lookups } from "./lookups.ts";

/** What the shell needs from outside. */
export interface ShellDependencies {
  readonly clock: Clock;
  readonly random: Random;
  readonly layers: Pick<LayerStore, "readStored">;
  readonly packages: PackageSource;
  readonly editor: Editor;
  /** One for the life of the worker. */
  readonly memory: ContainerMemory;
}

/** Where a process's output goes, in order. */
export interface Sink {
  stdout(bytes: Uint8Array): void;
  stderr(bytes: Uint8Array): void;
}

export interface Terminal {
  readonly columns: number;
  readonly rows: number;
}

export interface MachineOptions {
  readonly deps: ShellDependencies;
  readonly sink: Sink;
  readonly tty: boolean;
  readonly main: boolean;
  /** The process is left running; absent where a person waits for it. */
  readonly leave?: (endsAt: number | null) => void;
}

/**
 * What a top-level process (a session, an exec, a container's own command, a program typed on the host)
 * runs on: the mounted filesystem of the transaction under way, and the list of processes.
 */
export abstract class Machine {
  readonly deps: ShellDependencies;
  readonly tty: boolean;
  /** The container's first process; otherwise one that `docker exec` added. */
  readonly main: boolean;
  readonly leave: ((endsAt: number | null) => void) | undefined;
  #tx: Transaction;
  #fs: MountedFileSystem | null = null;
  #sink: Sink;
  /** Processes of this one, outermost first; the last is the one that runs. */
  readonly own: ProcessEntry[] = [];
  protected pid: number;
  /** ms that its programs have slept. */
  slept = 0;

  constructor(tx: Transaction, options: MachineOptions, pid: number) {
    this.#tx = tx;
    this.deps = options.deps;
    this.#sink = options.sink;
    this.tty = options.tty;
    this.main = options.main;
    this.leave = options.leave;
    this.pid = pid;
  }

  /** The next line runs in another transaction and writes elsewhere. */
  attach(tx: Transaction, sink: Sink): void {
    this.#tx = tx;
    this.#sink = sink;
    this.#fs = null;
    this.lookups?.nextLine();
  }

  protected get tx(): Transaction {
    return this.#tx;
  }
  get sink(): Sink {
    return this.#sink;
  }
  get fs(): MountedFileSystem {
    this.#fs ??= this.mounted(this.#tx);
    return this.#fs;
  }

  abstract readonly hostname: string;
  /** "" when it has none. */
  abstract readonly ipAddress: string;
  /** What it came with, before anything was changed. */
  abstract readonly image: FileSystem;
  protected abstract mounted(tx: Transaction): MountedFileSystem;
  /** null where there are no layers to look through. */
  abstract readonly lookups: Lookups | null;

  abstract readonly services: readonly ProcessEntry[];
  /** Everything that runs on it, by pid. */
  get processes(): readonly ProcessEntry[] {
    return [...this.own, ...this.services].sort((a, b) => a.pid - b.pid);
  }

  begin(argv: readonly string[], who: Credentials): ProcessEntry {
    const { pid } = this;
    this.pid = pid === 1 ? 8 : pid + 1;
    const parent = this.own.at(-1)?.pid ?? 0;
    const startedAt = this.deps.clock.now();
    const entry = { pid, ppid: parent, uid: who.uid, gid: who.gid, argv, startedAt, tty: this.tty };
    this.own.push(entry);
    return entry;
  }
  end(entry: ProcessEntry): void {
    const at = this.own.indexOf(entry);
    if (at >= 0) this.own.splice(at);
    // The shell that takes over from a process is that process.
    if (at === 0) this.pid = entry.pid;
  }
  /** Puts a process that stays into the list. */
  abstract startService(argv: readonly string[], who: Credentials): void;
  abstract endService(pid: number): void;
}

/** One container as one of its processes sees it. */
export class ContainerMachine extends Machine {
  readonly #id: ContainerId;
  readonly lookups: Lookups;

  constructor(tx: Transaction, id: ContainerId, options: MachineOptions) {
    super(tx, options, options.main ? 1 : 6 + options.deps.memory.services(id).length * 6);
    this.#id = id;
    this.lookups = new Lookups(id, () => ({ tx: this.tx, fs: this.fs }));
  }

  get #container(): Container {
    const container = this.tx.state.containers.get(this.#id);
    if (container === undefined) throw new RangeError(`no container ${this.#id}`);
    return container;
  }
  get hostname(): string {
    return hostnameOf(this.#container);
  }
  get ipAddress(): string {
    return this.#container.ipAddress;
  }
  get image(): FileSystem {
    const { state } = this.tx;
    return new OverlayFileSystem(lowerOfLayers(state, this.#container.layers), emptyTree, { now: () => 0 });
  }
  protected mounted(tx: Transaction): MountedFileSystem {
    return containerFileSystem(tx, this.#id, {
      clock: this.deps.clock,
      random: this.deps.random,
      readStored: this.deps.layers.readStored,
      memory: this.deps.memory,
      terminal: (bytes) => this.sink.stdout(bytes),
      processes: () => this.processes,
      self: () => this.own.at(-1)?.pid ?? 1,
      looked: (path, who, options) => this.lookups.looked(path, who, options),
    });
  }

  get services(): readonly ProcessEntry[] {
    return this.deps.memory.services(this.#id);
  }
  override get processes(): readonly ProcessEntry[] {
    const { argv, status, tty } = this.#container;
    if (this.main || status.kind !== "running") return super.processes;
    const first = { pid: 1, ppid: 0, uid: 0, gid: 0, argv, startedAt: status.startedAt, tty };
    return [first, ...super.processes];
  }
  startService(argv: readonly string[], who: Credentials): void {
    const pid = (this.own.at(-1)?.pid ?? 1) + 1;
    this.pid = Math.max(this.pid, pid + 1);
    const startedAt = this.deps.clock.now();
    this.deps.memory.addService(this.#id, { pid, ppid: 1, uid: who.uid, gid: who.gid, argv, startedAt, tty: false });
  }
  endService(pid: number): void {
    this.deps.memory.stopService(this.#id, pid);
  }
}

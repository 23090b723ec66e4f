import type { Credentials } from "../core/filesystem/filesystem.ts";
import type { ContainerId } from "../engine/event.ts";
import type { Clock, LayerStore, Random } from "../engine/ports.ts";
import type { Container, EngineState } from "../engine/state.ts";
import type { Transaction } from "../engine/transaction.ts";
import type { Editor, PackageSource } from "./command.ts";
import { ContainerMemory, containerFileSystem, hostnameOf } from "./container-filesystem.ts";
import type { MountedFileSystem } from "./filesystem/mounted.ts";
import type { ProcessEntry } from "./filesystem/proc.ts";

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

interface MachineOptions {
  readonly deps: ShellDependencies;
  readonly sink: Sink;
  readonly tty: boolean;
  readonly main: boolean;
  /** The process is left running; absent where a person waits for it. */
  readonly leave?: (endsAt: number | null) => void;
}

/**
 * One container as one top-level process (a session, an exec, the container's own command) sees it:
 * the mounted filesystem of the transaction under way, and the list of processes.
 */
export class Machine {
  readonly id: ContainerId;
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
  #pid: number;
  /** ms that its programs have slept. */
  slept = 0;

  constructor(tx: Transaction, id: ContainerId, options: MachineOptions) {
    this.#tx = tx;
    this.id = id;
    this.deps = options.deps;
    this.#sink = options.sink;
    this.tty = options.tty;
    this.main = options.main;
    this.leave = options.leave;
    this.#pid = options.main ? 1 : 6 + this.services.length * 6;
  }

  /** The next line runs in another transaction and writes elsewhere. */
  attach(tx: Transaction, sink: Sink): void {
    this.#tx = tx;
    this.#sink = sink;
    this.#fs = null;
  }

  get sink(): Sink {
    return this.#sink;
  }
  get container(): Container {
    const container = this.#tx.state.containers.get(this.id);
    if (container === undefined) throw new RangeError(`no container ${this.id}`);
    return container;
  }
  get state(): EngineState {
    return this.#tx.state;
  }
  get hostname(): string {
    return hostnameOf(this.container);
  }
  get fs(): MountedFileSystem {
    this.#fs ??= containerFileSystem(this.#tx, this.id, {
      clock: this.deps.clock,
      random: this.deps.random,
      readStored: this.deps.layers.readStored,
      memory: this.deps.memory,
      terminal: (bytes) => this.#sink.stdout(bytes),
      processes: () => this.processes,
      self: () => this.own.at(-1)?.pid ?? 1,
    });
    return this.#fs;
  }

  get services(): readonly ProcessEntry[] {
    return this.deps.memory.services(this.id);
  }
  /** Everything that runs in the container, by pid. */
  get processes(): readonly ProcessEntry[] {
    const { container } = this;
    const list = [...this.own, ...this.services];
    if (!this.main && container.status.kind === "running") {
      const { startedAt } = container.status;
      list.push({ pid: 1, ppid: 0, uid: 0, gid: 0, argv: container.argv, startedAt, tty: container.tty });
    }
    return list.sort((a, b) => a.pid - b.pid);
  }

  begin(argv: readonly string[], who: Credentials): ProcessEntry {
    const pid = this.#pid;
    this.#pid = pid === 1 ? 8 : pid + 1;
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
    if (at === 0) this.#pid = entry.pid;
  }
  startService(argv: readonly string[], who: Credentials): void {
    const pid = (this.own.at(-1)?.pid ?? 1) + 1;
    this.#pid = Math.max(this.#pid, pid + 1);
    const startedAt = this.deps.clock.now();
    this.deps.memory.addService(this.id, { pid, ppid: 1, uid: who.uid, gid: who.gid, argv, startedAt, tty: false });
  }
}

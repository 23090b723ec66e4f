import type { Credentials } from "../../core/filesystem/filesystem.ts";
import type { Result } from "../bash/just-bash.ts";
import type { ProcessEntry } from "../filesystem/proc.ts";
import type { MountedFileSystem } from "../../core/filesystem/mounted.ts";
import type { ProcessContext, ShellCommand } from "../command.ts";

export interface Invocation {
  readonly who?: Credentials;
  readonly cwd?: string;
  readonly env?: ReadonlyMap<string, string>;
  readonly stdin?: Uint8Array;
}

/** How a program of the shell's own is called: what any program gets, and the machine behind it. */
export interface ProgramContext extends ProcessContext {
  readonly fs: MountedFileSystem;
  /** Wholly busybox: errors and tables in its form, not in the GNU tools'. */
  readonly busybox: boolean;
  readonly processes: readonly ProcessEntry[];
  /** Runs another program of the container, found as a shell would find it; its output goes where this one's does. */
  spawn(argv: readonly string[], invocation?: Invocation): Promise<number>;
  /** Puts a process that stays into the container's list. */
  startService(argv: readonly string[], who?: Credentials): void;
  /**
   * The process will not end by itself before `endsAt` (ms; null: for good). With a terminal it waits
   * here until it is interrupted; without one the container is told so and the process is left running.
   */
  goOn(endsAt: number | null): Promise<number>;
  /**
   * Lets `ms` pass. A process that nobody waits for does so for a few seconds only: one that sleeps
   * longer, or again and again, is taken for one that goes on.
   */
  pause(ms: number): Promise<number>;
  /** Calls just-bash's own program of that name. */
  bundled(name: string, args: readonly string[]): Promise<Result>;
  endService(pid: number): void;
  setUmask(mask: number): void;
  /** Opens an interactive shell over this one, when a terminal is there. */
  openShell(argv: readonly string[], invocation: Invocation): boolean;
  /** Runs shell source, as `sh -c` does. */
  runSource(source: string, options: SourceOptions): Promise<number>;
}

export interface SourceOptions {
  /** $0, and what stands before the interpreter's own messages. */
  readonly name: string;
  readonly args: readonly string[];
  readonly flags?: readonly string[];
}

/** A {@link ShellCommand} that needs the machine too. */
export interface Program {
  readonly names: readonly string[];
  run(argv: readonly string[], context: ProgramContext): Promise<number>;
}

export const asProgram = (command: ShellCommand): Program => command;

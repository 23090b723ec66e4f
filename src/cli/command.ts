import type { Content } from "../core/filesystem/content.ts";
import type { Credentials } from "../core/filesystem/filesystem.ts";
import type { ContainerId } from "../engine/event.ts";
import type { PullProgress } from "../engine/operations/pull.ts";
import type { Ports, ProcessSpec } from "../engine/ports.ts";
import type { Transaction } from "../engine/transaction.ts";

/** A session that a command opens in a terminal of its own (`docker run -it`, `docker exec -it`, `docker start -ai`). */
export interface AttachRequest {
  readonly container: ContainerId;
  readonly process: ProcessSpec;
  /** The container's own process: when it ends, so does the container. */
  readonly main: boolean;
}

/** The host's terminal, for one line typed in it. */
export interface TerminalContext {
  /** The host before the command; operations move it on. */
  readonly tx: Transaction;
  readonly ports: Ports;
  readonly terminal: { readonly tty: boolean; readonly columns: number };
  readonly signal: AbortSignal;
  stdout(text: string): void;
  stderr(text: string): void;
  attach(request: AttachRequest): void;
  /** Told how a pull goes, beside what the terminal shows; for the page's picture. */
  pulling?(progress: PullProgress): void;
}

/** What a command of that line works with. `terminal.tty` is false where its output goes into a pipe or a file. */
export interface CommandContext extends TerminalContext {
  /** null: the keyboard. */
  readonly stdin: Content | null;
  /** Bytes to standard output as they are, for the pipe or the file behind it. */
  write(content: Content): void;
  readonly cwd: string;
  /** Whose rights it has on the host's files. */
  readonly who: Credentials;
}

/** The programs in the host's /usr/bin: the same that containers have. Handed in, for the command line knows none. */
export interface HostPrograms {
  readonly names: readonly string[];
  /** `argv[0]` is one of the names. `env`: NAME=value. Answers the exit code. */
  run(argv: readonly string[], env: readonly string[], context: CommandContext): Promise<number>;
}

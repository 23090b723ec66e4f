import type { OpenWish } from "./bash/shell.ts";
import type { ContainerId } from "../engine/event.ts";
import type { Completion, ProcessOutput, ProcessSpec } from "../engine/ports.ts";
import type { Transaction } from "../engine/transaction.ts";

export type SessionStep =
  | { readonly kind: "prompt"; readonly exitCode: number }
  /** A quote or here-document is open: PS2 is shown and the next line continues this one. */
  | { readonly kind: "continue" }
  /** A program reads what is typed: the next line goes to it, "\x04" (Ctrl-D) ends its input. There is no prompt. */
  | { readonly kind: "input" }
  | { readonly kind: "exit"; readonly exitCode: number };

/** Enough to open the session again after a reload: aliases are lost, and what was unfinished. */
export interface SavedSession {
  readonly container: ContainerId;
  readonly process: ProcessSpec;
  readonly cwd: string;
  /** Exported variables, NAME=value. */
  readonly env: readonly string[];
  /** The shell that runs, whatever has become of its file since; without it `process` is started anew. */
  readonly shell?: Pick<OpenWish, "argv" | "who" | "flavour">;
  /** Source that brings back what else the shell knows: other variables, functions, $?. */
  readonly memory?: string;
  /** Something was unfinished, and is not kept: the log has to drop it before the next line. */
  readonly unfinished?: boolean;
}

/** An interactive shell (or another program with a terminal) in a container. */
export interface ShellSession {
  readonly container: ContainerId;
  /** Exit code of a process that ended before there was a prompt (no shell), or since; null while it runs. */
  readonly ended: number | null;
  /** What stands before the cursor: PS1 as the image's shell has it, or PS2. */
  prompt(): string;
  /** Runs one typed line. Changes of files go to `tx`, one frame an atomic step. */
  run(tx: Transaction, line: string, output: ProcessOutput, signal: AbortSignal): Promise<SessionStep>;
  complete(tx: Transaction, line: string, cursor: number): Promise<Completion>;
  /** More is awaited: a quote or a here-document is open, or a program reads. */
  readonly unfinished: boolean;
  /** Drops the unfinished line, as Ctrl-C does. */
  discard(): void;
  save(): SavedSession;
  dispose(): void;
}

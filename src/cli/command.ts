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

export interface CommandContext {
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

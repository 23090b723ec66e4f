import type { Content } from "../../core/filesystem/content.ts";
import { EngineError } from "../error.ts";
import type { ContainerId } from "../event.ts";
import { findContainer } from "../lookup.ts";
import type { Ports, ProcessOutcome, ProcessOutput, ProcessSpec } from "../ports.ts";
import { processSpec } from "../process.ts";
import type { Transaction } from "../transaction.ts";

export interface ExecRequest {
  readonly command: readonly string[];
  /** "KEY=value". */
  readonly env?: readonly string[];
  readonly workdir?: string;
  readonly user?: string;
  readonly tty?: boolean;
  readonly columns: number;
  readonly input?: Content;
}

/** A process in a running container, checked but not yet run: for a terminal that will run it. */
export async function prepareExec(
  tx: Transaction,
  ports: Ports,
  nameOrPrefix: string,
  request: ExecRequest,
): Promise<{ readonly container: ContainerId; readonly process: ProcessSpec }> {
  const container = findContainer(tx.state, nameOrPrefix);
  if (container.status.kind !== "running") throw new EngineError("not-running", { container: container.id });
  const process = await processSpec(
    tx.state,
    container,
    {
      argv: request.command,
      env: request.env ?? [],
      workdir: request.workdir || container.config.WorkingDir || "",
      user: request.user || container.config.User || "",
      tty: request.tty ?? false,
      columns: request.columns,
      exec: true,
    },
    ports,
  );
  const command = request.command.join(" ");
  tx.update(tx.state, { type: "container.exec", container: container.id, name: container.name, command });
  return { container: container.id, process };
}

/** Runs a process in a running container to its end. */
export async function exec(
  tx: Transaction,
  ports: Ports,
  nameOrPrefix: string,
  request: ExecRequest,
  options: { readonly output: ProcessOutput; readonly signal: AbortSignal },
): Promise<ProcessOutcome> {
  const { container, process } = await prepareExec(tx, ports, nameOrPrefix, request);
  const { input } = request;
  return ports.runtime.start(tx, container, { ...process, ...(input && { input }) }, options.output, options.signal);
}

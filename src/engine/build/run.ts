import { FileSystemError } from "../../core/filesystem/errno.ts";
import { root } from "../../core/filesystem/filesystem.ts";
import { OverlayFileSystem } from "../../core/overlay/overlay.ts";
import { EngineError } from "../error.ts";
import type { ContainerId } from "../event.ts";
import { containerLower } from "../mount.ts";
import type { Ports, ProcessOutput } from "../ports.ts";
import { processSpec } from "../process.ts";
import type { Transaction } from "../transaction.ts";
import { withContainer } from "../update.ts";

export interface RunRequest {
  readonly argv: readonly string[];
  /** "KEY=value": the image's, and the build's arguments. */
  readonly env: readonly string[];
  readonly workdir: string;
  readonly user: string;
  readonly output: ProcessOutput;
  readonly signal: AbortSignal;
}

/** Runs a command to its end in the working container of a stage, and answers its exit code. */
export async function runStep(tx: Transaction, ports: Ports, id: ContainerId, request: RunRequest): Promise<number> {
  const { argv, env, workdir, user, signal } = request;
  const before = tx.state.containers.get(id);
  if (before === undefined) throw new RangeError(`no container ${id}`);
  const config = { ...before.config, Env: env, WorkingDir: workdir, User: user };
  tx.update(withContainer(tx.state, id, { argv, config }));
  const code = await started(tx, ports, { ...before, argv, config }, request);
  signal.throwIfAborted();
  touchEtc(tx, ports, id);
  return code;
}

async function started(
  tx: Transaction,
  ports: Ports,
  container: Parameters<typeof processSpec>[1],
  { argv, workdir, user, output, signal }: RunRequest,
): Promise<number> {
  const wish = { argv, env: [], workdir, user, tty: false, columns: 80, exec: false };
  try {
    const process = await processSpec(tx.state, container, wish, ports);
    const outcome = await ports.runtime.start(tx, container.id, process, output, signal);
    if (outcome.kind === "exited") return outcome.code;
    await ended(outcome.endsAt, ports, signal);
    return 0;
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    // What runc writes goes where the command's own output would.
    const reason = /exec: ".*|chdir to cwd.*|unable to find .*/s.exec(error.message)?.[0] ?? error.message;
    output.stderr(`runc run failed: unable to start container process: error during container init: ${reason}\n`);
    return 1;
  }
}

/** A process that goes on is waited for, as long as it takes. */
async function ended(endsAt: number | null, { clock }: Pick<Ports, "clock">, signal: AbortSignal): Promise<void> {
  if (endsAt !== null) return clock.sleep(Math.max(0, endsAt - clock.now()), signal);
  return new Promise((_, reject) => {
    const stop = (): void => reject(signal.reason);
    if (signal.aborted) stop();
    else signal.addEventListener("abort", stop, { once: true });
  });
}

/** BuildKit mounts resolv.conf and hosts into /etc and takes them away: its time moves, in the layer of every RUN. */
function touchEtc(tx: Transaction, { clock }: Pick<Ports, "clock">, id: ContainerId): void {
  const container = tx.state.containers.get(id);
  if (container === undefined) return;
  const fs = new OverlayFileSystem(containerLower(tx.state, container), container.upper, {
    now: () => clock.now() / 1000,
  });
  try {
    fs.utimes("/etc", "now", root);
    tx.update(withContainer(tx.state, id, { upper: fs.upper }));
  } catch (error) {
    if (!(error instanceof FileSystemError)) throw error;
  }
}

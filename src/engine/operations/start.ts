import type { Content } from "../../core/filesystem/content.ts";
import { FileSystemError } from "../../core/filesystem/errno.ts";
import { EngineError } from "../error.ts";
import type { ContainerId } from "../event.ts";
import { findContainer } from "../lookup.ts";
import { changeFiles, makeDirectories } from "../mount.ts";
import { type OpenPort, openPorts } from "../published.ts";
import type { Ports, ProcessOutcome, ProcessOutput, ProcessSpec } from "../ports.ts";
import { processSpec } from "../process.ts";
import type { Container, EngineState, LogChunk } from "../state.ts";
import type { Transaction } from "../transaction.ts";
import { withContainer } from "../update.ts";
import { appendLog, discard, exit } from "./exit.ts";
import { makeMountPoints } from "./mount-points.ts";

/** The first address of docker's default bridge that no running container has; .1 is the host. */
function freeAddress(state: EngineState): string {
  const taken = new Set([...state.containers.values()].map((container) => container.ipAddress));
  for (let host = 2; host < 65_534; host += 1) {
    const address = `172.17.${host >> 8}.${host & 255}`;
    if (!taken.has(address)) return address;
  }
  return "";
}

/** A missing working directory is made, in the writable layer. (moby, `SetupWorkingDirectory`) */
function makeWorkdir(tx: Transaction, container: Container, now: number): void {
  const path = container.config.WorkingDir ?? "";
  if (path === "" || path === "/") return;
  try {
    changeFiles(tx, container.id, now, (fs) => makeDirectories(fs, path));
  } catch (error) {
    if (!(error instanceof FileSystemError)) throw error;
    throw new EngineError("bad-cwd", { path, exec: false, problem: "not-a-directory" });
  }
}

/**
 * Marks the container as running and answers its main process, not yet run: for a terminal that will
 * run it (`docker run -it`), which tells `exit` when it ends. A process that cannot be run leaves the
 * container as it was, or removed with --rm, and throws. Null when it runs already.
 */
export async function begin(
  tx: Transaction,
  ports: Ports,
  nameOrPrefix: string,
  columns: number,
): Promise<{ readonly container: ContainerId; readonly process: ProcessSpec } | null> {
  const container = findContainer(tx.state, nameOrPrefix);
  const { id, config, argv, tty, published } = container;
  if (container.status.kind === "running") return null;
  const startedAt = ports.clock.now();
  let process: ProcessSpec;
  let open: readonly OpenPort[];
  try {
    makeWorkdir(tx, container, startedAt);
    makeMountPoints(tx, container, startedAt);
    const current = tx.state.containers.get(id) ?? container;
    const wish = {
      argv,
      env: [],
      workdir: config.WorkingDir ?? "",
      user: config.User ?? "",
      tty,
      columns,
      exec: false,
    };
    process = await processSpec(tx.state, current, wish, ports);
    open = openPorts(tx.state, container, ports.random);
  } catch (error) {
    if (container.autoRemove) discard(tx, id, { volumes: true });
    throw error;
  }
  const pid = 1000 + ports.random.integer(30_000);
  tx.update(
    withContainer(tx.state, id, {
      ipAddress: freeAddress(tx.state),
      ...(published ? { published: { ...published, open } } : {}),
      status: { kind: "running", startedAt, pid, endsAt: null },
    }),
    { type: "container.start", container: id, name: container.name, command: argv.join(" ") },
  );
  return { container: id, process };
}

export interface StartOptions {
  readonly columns: number;
  readonly signal: AbortSignal;
  /** Gets what the process writes as it comes; it is logged in any case. */
  readonly output?: ProcessOutput;
  /** For a container whose standard input is open (-i). */
  readonly input?: Content;
}

/**
 * Starts a container and runs its process to the end, or until it is known to go on. Starting one
 * that runs is no error. Interrupting (`signal`) kills the process: exit code 130, and rejects.
 */
export async function start(
  tx: Transaction,
  ports: Ports,
  nameOrPrefix: string,
  options: StartOptions,
): Promise<ProcessOutcome> {
  const begun = await begin(tx, ports, nameOrPrefix, options.columns);
  if (begun === null) return { kind: "running", endsAt: null };
  const log: LogChunk[] = [];
  const tell = (stream: "stdout" | "stderr") => (text: string) => {
    log.push({ stream, text, at: ports.clock.now() });
    options.output?.[stream](text);
  };
  const output: ProcessOutput = { stdout: tell("stdout"), stderr: tell("stderr") };
  let outcome: ProcessOutcome;
  try {
    const input = tx.state.containers.get(begun.container)?.interactive ? options.input : undefined;
    const process = { ...begun.process, ...(input && { input }) };
    outcome = await ports.runtime.start(tx, begun.container, process, output, options.signal);
  } catch (error) {
    appendLog(tx, begun.container, log);
    exit(tx, ports.clock.now(), begun.container, options.signal.aborted ? 130 : 1);
    throw error;
  }
  appendLog(tx, begun.container, log);
  if (outcome.kind === "exited") exit(tx, ports.clock.now(), begun.container, outcome.code);
  else {
    const { status } = tx.state.containers.get(begun.container) ?? {};
    if (status?.kind === "running") {
      tx.update(withContainer(tx.state, begun.container, { status: { ...status, endsAt: outcome.endsAt } }));
    }
  }
  return outcome;
}

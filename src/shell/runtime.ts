import { readContent } from "../core/filesystem/content.ts";
import type { ContainerId } from "../engine/event.ts";
import { findExecutable } from "../engine/process.ts";
import type { ProcessOutcome, ProcessOutput, ProcessSpec, Runtime } from "../engine/ports.ts";
import type { Transaction } from "../engine/transaction.ts";
import { processUser } from "../engine/user.ts";
import { NEXT } from "./bash/registry.ts";
import { Shell } from "./bash/shell.ts";
import type { OpenWish } from "./bash/shell.ts";
import { execute, runFile } from "./execute.ts";
import { ContainerMachine } from "./machine.ts";
import type { Machine, ShellDependencies, Terminal } from "./machine.ts";
import { textSink } from "./output.ts";
import { Running } from "./running.ts";
import { withScenarioGlobals } from "./scenario-globals.ts";

function environment(process: ProcessSpec): Map<string, string> {
  return new Map(process.env.map((entry) => [entry.slice(0, entry.indexOf("=")), entry.slice(entry.indexOf("=") + 1)]));
}

export const terminalOf = (process: ProcessSpec): Terminal | null =>
  process.tty ? { columns: process.columns, rows: 24 } : null;

/**
 * Runs `process.argv` as the first process of `machine`; `open` is called when it is, or ends in, an interactive
 * shell. `input`: its standard input, when there is one.
 */
export async function runProcess(
  machine: Machine,
  process: ProcessSpec,
  options: { signal: AbortSignal; open: (wish: OpenWish) => void; input?: Uint8Array | undefined },
): Promise<number> {
  const { readStored } = machine.deps.layers;
  const { who } = await processUser(machine.fs, process.user, readStored);
  const env = environment(process);
  const [name = ""] = process.argv;
  const found = findExecutable(machine.fs, name, { path: env.get("PATH") ?? "", cwd: process.cwd, who });
  if ("problem" in found) return found.problem === "not-found" || found.problem === "no-such-file" ? 127 : 126;
  let outcome: Promise<number> | null = null;
  const shell: Shell = new Shell({
    machine,
    who,
    cwd: process.cwd,
    env,
    name: "exec",
    flavour: "bash",
    sink: () => machine.sink,
    terminal: terminalOf(process),
    signal: () => options.signal,
    open: options.open,
    run: runFile,
    // The interpreter's own programs need what only its call has: the files, the limits.
    next: async (call) => {
      const first = { ...call, cwd: process.cwd, env, exportedEnv: Object.fromEntries(env), signal: options.signal };
      const run = { shell, call: first, sink: machine.sink, terminal: terminalOf(process), input: options.input };
      const start = () => execute(run, found.path, process.argv);
      outcome = machine.lookups?.of(process.argv, process.cwd, start) ?? start();
      await outcome.catch(() => undefined);
      return { stdout: "", stderr: "", exitCode: 0 };
    },
  });
  shell.endsInSleep = process.argv[0]?.endsWith("sleep") ?? false;
  const entry = machine.begin(process.argv, who);
  machine.lookups?.askedFor(process.argv.join(" "), { path: env.get("PATH") ?? "", cwd: process.cwd, who });
  try {
    await shell.interpreter.exec(`/usr/bin/${NEXT}`, { cwd: process.cwd, env: {}, signal: options.signal });
    return outcome === null ? 1 : await outcome;
  } finally {
    machine.end(entry);
  }
}

/** Runs what `docker run` and `docker exec` start without an interactive terminal. */
export function createRuntime(deps: ShellDependencies): Runtime {
  return {
    start: (tx, container, process, output, signal) =>
      withScenarioGlobals(deps.clock, deps.random, () => start(deps, tx, container, process, output, signal)),
  };
}

/** The container's own process: `docker exec` may run the same words, but has told that it does. */
function isMain(tx: Transaction, id: ContainerId, process: ProcessSpec): boolean {
  if (JSON.stringify(tx.state.containers.get(id)?.argv) !== JSON.stringify(process.argv)) return false;
  const last = tx.story.findLast(
    ({ event }) => (event.type === "container.start" || event.type === "container.exec") && event.container === id,
  );
  return last?.event.type !== "container.exec";
}

async function start(
  deps: ShellDependencies,
  tx: Transaction,
  id: ContainerId,
  process: ProcessSpec,
  output: ProcessOutput,
  signal: AbortSignal,
): Promise<ProcessOutcome> {
  const sink = textSink(() => output, process.tty);
  const main = isMain(tx, id, process);
  if (main) deps.memory.forget(id);
  const stop = new AbortController();
  const abort = () => stop.abort();
  signal.addEventListener("abort", abort);
  let outcome: ProcessOutcome | null = null;
  const leave = (endsAt: number | null) => {
    outcome ??= { kind: "running", endsAt };
    stop.abort();
  };
  const machine = new ContainerMachine(tx, id, { deps, sink, tty: process.tty, main, leave });
  try {
    const input = process.input && (await readContent(process.input, deps.layers.readStored));
    const code = await runProcess(machine, process, { signal: stop.signal, input, open: () => leave(null) });
    return outcome ?? { kind: "exited", code: signal.aborted ? 130 : code };
  } catch (error) {
    if (outcome !== null) return outcome;
    if (error instanceof Running) return { kind: "running", endsAt: error.endsAt };
    if (signal.aborted) return { kind: "exited", code: 130 };
    throw error;
  } finally {
    sink.flush();
    signal.removeEventListener("abort", abort);
  }
}

import type { ContainerId } from "../engine/event.ts";
import type { Completion, ProcessOutput, ProcessSpec } from "../engine/ports.ts";
import type { Transaction } from "../engine/transaction.ts";
import type { OpenWish } from "./bash/shell.ts";
import { complete } from "./complete.ts";
import { runFile } from "./execute.ts";
import { type Level, startLevel } from "./level.ts";
import { ContainerMachine } from "./machine.ts";
import type { Machine, ShellDependencies } from "./machine.ts";
import { textSink } from "./output.ts";
import { runProcess, terminalOf } from "./runtime.ts";
import { withScenarioGlobals } from "./scenario-globals.ts";
import type { SavedSession, SessionStep, ShellSession } from "./session.ts";

export interface OpenRequest {
  readonly container: ContainerId;
  readonly process: ProcessSpec;
  /** The container's own process. Default: told by its argv. */
  readonly main?: boolean;
  readonly saved?: SavedSession;
  /** For what is printed before the first prompt: by an entrypoint, a start-up file, a program that is no shell. */
  readonly output?: ProcessOutput;
  readonly signal?: AbortSignal;
}

const silent: ProcessOutput = { stdout: () => {}, stderr: () => {} };

/**
 * Starts `process` with a terminal. What it leads to is a session: of the shell it is or ends in, or,
 * when it was another program, one that has {@link ShellSession.ended} already.
 */
export async function openSession(
  tx: Transaction,
  request: OpenRequest,
  deps: ShellDependencies,
): Promise<ShellSession> {
  const argv = JSON.stringify(tx.state.containers.get(request.container)?.argv);
  const main = request.main ?? argv === JSON.stringify(request.process.argv);
  if (main && !request.saved) deps.memory.forget(request.container);
  const session = new Session(tx, request, main, deps);
  await withScenarioGlobals(deps.clock, deps.random, () => session.begin(request));
  return session;
}

class Session implements ShellSession {
  readonly container: ContainerId;
  readonly #machine: Machine;
  readonly #process: ProcessSpec;
  readonly #deps: ShellDependencies;
  readonly #levels: Level[] = [];
  readonly #wishes: OpenWish[] = [];
  #output: ProcessOutput;
  #signal: AbortSignal = new AbortController().signal;
  ended: number | null = null;

  constructor(tx: Transaction, request: OpenRequest, main: boolean, deps: ShellDependencies) {
    this.container = request.container;
    this.#process = request.process;
    this.#deps = deps;
    this.#output = request.output ?? silent;
    const sink = textSink(() => this.#output, true);
    this.#machine = new ContainerMachine(tx, request.container, { deps, sink, tty: true, main });
  }

  async begin({ process, saved, signal }: OpenRequest): Promise<void> {
    this.#signal = signal ?? this.#signal;
    const open = (wish: OpenWish) => this.#wishes.push(wish);
    const code = saved?.shell ? 0 : await runProcess(this.#machine, process, { signal: this.#signal, open });
    const wish = saved?.shell ?? this.#wishes[0];
    if (wish && saved) {
      const env = new Map(
        saved.env.map((entry) => [entry.slice(0, entry.indexOf("=")), entry.slice(entry.indexOf("=") + 1)]),
      );
      this.#wishes[0] = { ...wish, cwd: saved.cwd, env, memory: saved.memory ?? "" };
    }
    await this.#grant();
    if (this.#levels.length === 0) this.ended = code;
  }

  async #grant(): Promise<void> {
    for (const wish of this.#wishes.splice(0)) {
      const machine = this.#machine;
      const entry = machine.begin(wish.argv, wish.who);
      const level = await startLevel(wish, entry, {
        machine,
        sink: () => machine.sink,
        terminal: terminalOf(this.#process),
        lineSignal: () => this.#signal,
        open: (next) => this.#wishes.push(next),
        run: runFile,
      });
      this.#levels.push(level);
    }
  }

  get #top(): Level | undefined {
    return this.#levels.at(-1);
  }

  prompt(): string {
    return this.#top?.prompt() ?? "";
  }

  run(tx: Transaction, line: string, output: ProcessOutput, signal: AbortSignal): Promise<SessionStep> {
    return withScenarioGlobals(this.#deps.clock, this.#deps.random, () => this.#run(tx, line, output, signal));
  }

  async #run(tx: Transaction, line: string, output: ProcessOutput, signal: AbortSignal): Promise<SessionStep> {
    const level = this.#top;
    if (level === undefined) return { kind: "exit", exitCode: this.ended ?? 0 };
    this.#output = output;
    this.#signal = signal;
    const sink = textSink(() => this.#output, true);
    this.#machine.attach(tx, sink);
    const outcome = await level.shell.run(line, signal);
    sink.flush();
    if (outcome.kind === "unfinished") return { kind: "continue" };
    if (outcome.kind === "input") return { kind: "input" };
    if (outcome.kind === "exit") {
      this.#levels.pop();
      this.#machine.end(level.entry);
      this.#top?.shell.childEnded(outcome.code);
    }
    await this.#grant();
    if (this.#levels.length > 0) return { kind: "prompt", exitCode: outcome.code };
    this.ended = outcome.code;
    return { kind: "exit", exitCode: outcome.code };
  }

  async complete(tx: Transaction, line: string, cursor: number): Promise<Completion> {
    const level = this.#top;
    if (level === undefined) return { from: cursor, candidates: [] };
    this.#machine.attach(tx, this.#machine.sink);
    return complete(level.shell, line, cursor);
  }

  get unfinished(): boolean {
    return this.#top?.shell.unfinished ?? false;
  }

  discard(): void {
    this.#top?.shell.discard();
  }

  save(): SavedSession {
    const { container } = this;
    const process = this.#process;
    const level = this.#levels[0];
    if (!level) return { container, process, cwd: process.cwd, env: process.env };
    const { shell, opened } = level;
    const { cwd, exported } = shell.variables;
    const env = [...exported].map(([name, value]) => `${name}=${value}`);
    const unfinished = this.unfinished ? { unfinished: true } : {};
    return { container, process, shell: opened, cwd, env, memory: shell.memory, ...unfinished };
  }

  dispose(): void {
    for (const level of this.#levels) level.shell.dispose();
  }
}

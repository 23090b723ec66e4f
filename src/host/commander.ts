import type { AttachRequest, TerminalContext } from "../cli/command.ts";
import {
  type HostShell,
  hostPrompt,
  newHostShell,
  runHostLine,
  type SavedHostShell,
  savedHostShell,
} from "../cli/host-shell.ts";
import type { PullProgress } from "../engine/operations/pull.ts";
import { exit } from "../engine/operations/exit.ts";
import { settle } from "../engine/operations/settle.ts";
import type { Clock, LayerStore, Ports, ProcessOutput, Random, Registry } from "../engine/ports.ts";
import type { EngineState } from "../engine/state.ts";
import { logTerminal } from "../engine/terminal-log.ts";
import { Transaction } from "../engine/transaction.ts";
import type { Editor, PackageSource } from "../shell/command.ts";
import { openSession } from "../shell/open.ts";
import { ContainerMemory, type SavedMemory } from "../shell/container-memory.ts";
import type { ShellDependencies } from "../shell/machine.ts";
import { createRuntime } from "../shell/runtime.ts";
import type { SavedSession, ShellSession } from "../shell/session.ts";
import { commandClock } from "./clock.ts";
import { replayedEditor } from "./editing.ts";
import { hostPrograms } from "./host-programs.ts";
import { DROPPED, shownLine } from "./typed-line.ts";
import { seededRandom } from "./random.ts";
import type { KeptHost } from "./keeper.ts";
import type { LogEntry } from "./scenario.ts";
import type { TerminalId } from "./protocol.ts";
import type { Session, Sessions } from "./sessions.ts";

/** What commands work with, beside the state: as the worker, or a test, hands it in. */
export interface World {
  /** References that the catalogue has, for Tab. */
  readonly pullable: readonly string[];
  readonly registry: Registry;
  readonly layers: LayerStore;
  readonly packages: PackageSource;
}

/** One command under way: its time, its chance and who edits. */
interface Execution {
  readonly clock: Clock;
  readonly random: Random;
  readonly editor: Editor;
}

export interface CommandInput {
  readonly entry: LogEntry;
  /** Its place in the log: its random numbers depend on it. */
  readonly index: number;
  /** A person waits: sleeping takes time. */
  readonly real: boolean;
  readonly columns: number;
  readonly editor: Editor;
  readonly output: (text: string) => void;
  readonly pulling: (progress: PullProgress) => void;
  readonly controller: AbortController;
}

export interface Outcome {
  readonly tx: Transaction;
  readonly exitCode: number;
  /** The line opened this session. */
  readonly opened: Session | null;
  /** The line is not finished: more is awaited. */
  readonly incomplete: boolean;
  readonly now: number;
  /** Ctrl-C came after so many updates; undefined when it did not. */
  readonly interruptedAfter?: number;
}

type Kept = Pick<KeptHost, "state" | "sessions" | "memory" | "hostShell">;
type Done = Pick<Outcome, "exitCode" | "opened" | "incomplete">;

/**
 * Runs one line of the log on a state. The same for a person's typing and for a replay: only who
 * waits and who edits differ.
 */
export class Commander {
  readonly #seed: string;
  readonly #sessions: Sessions;
  readonly #ports: Ports;
  readonly #shell: ShellDependencies;
  #hostShell: HostShell;
  /** Sessions where something unfinished was dropped; the log is told with their next line. */
  readonly dropped = new Set<TerminalId>();
  /** Between two commands (prompts, completion) the last one's time goes on. */
  #current: Execution;

  /** `now`: ms since 1970, for what is asked before the first command. */
  constructor(world: World, seed: string, sessions: Sessions, now: number) {
    this.#seed = seed;
    this.#sessions = sessions;
    this.#current = { clock: commandClock(now, false), random: seededRandom(seed, 0), editor: replayedEditor([]) };
    const current = (): Execution => this.#current;
    const clock: Clock = {
      now: () => current().clock.now(),
      sleep: (ms, signal) => current().clock.sleep(ms, signal),
    };
    const random: Random = {
      hex: (bytes) => current().random.hex(bytes),
      integer: (below) => current().random.integer(below),
    };
    const editor: Editor = { edit: (request, signal) => current().editor.edit(request, signal) };
    const { layers, packages } = world;
    this.#shell = { clock, random, editor, layers, packages, memory: new ContainerMemory() };
    this.#hostShell = newHostShell(hostPrograms(this.#shell));
    const runtime = createRuntime(this.#shell);
    this.#ports = { clock, random, registry: world.registry, layers: world.layers, runtime };
  }

  /** What the containers hold beside their layers, to be kept. */
  memoryOf(state: EngineState): SavedMemory[] {
    return this.#shell.memory.save(state.containers.keys());
  }

  /** What the host's own terminal stands at and knows, to be kept. */
  get hostShell(): SavedHostShell {
    return savedHostShell(this.#hostShell);
  }
  get hostPrompt(): string {
    return hostPrompt(this.#hostShell);
  }
  /** What Tab needs to know in the host's terminal. */
  get hostPlace(): { readonly programs: readonly string[]; readonly cwd: string } {
    return { programs: this.#hostShell.programs.names, cwd: this.#hostShell.variables.get("PWD") ?? "/" };
  }

  /** Makes the terminals what was kept: after a reload, and when another tab has typed in them. What was unfinished is lost. */
  async restore({ state, sessions: kept, memory = [], hostShell }: Kept): Promise<void> {
    this.#shell.memory.restore(memory);
    if (hostShell) this.#hostShell = newHostShell(this.#hostShell.programs, hostShell);
    for (const terminal of this.#sessions.terminals) {
      if (!kept.some((saved) => saved.terminal === terminal)) this.#sessions.close(terminal);
    }
    for (const saved of kept) {
      const { terminal, main, container, process } = saved;
      const open = this.#sessions.get(terminal)?.shell;
      if (open && sameShell(open.save(), saved)) continue;
      if (state.containers.get(container)?.status.kind !== "running") continue;
      open?.dispose();
      const shell = await openSession(new Transaction(state), { container, process, saved }, this.#shell);
      this.#sessions.restore({ terminal, main, shell });
      if (saved.unfinished) this.dropped.add(terminal);
    }
  }

  async run(before: EngineState, input: CommandInput): Promise<Outcome> {
    const { entry, controller } = input;
    const clock = commandClock(entry.at, input.real);
    const { interruptedAfter } = entry;
    const tx = new Transaction(before, ({ updates }) => {
      if (interruptedAfter !== undefined && updates >= interruptedAfter) controller.abort();
    });
    const stopped: { interruptedAfter?: number } = {};
    controller.signal.addEventListener("abort", () => {
      stopped.interruptedAfter = tx.updates;
    });
    this.#current = { clock, random: seededRandom(this.#seed, input.index), editor: input.editor };
    try {
      settle(tx, clock.now());
      const done =
        entry.terminal === "host"
          ? await this.#runOnHost(tx, input, clock)
          : await this.#runInSession(tx, input, clock);
      this.#sessions.closeStopped(tx.state);
      return { tx, now: clock.now(), ...done, ...stopped };
    } finally {
      this.#current = { ...this.#current, editor: replayedEditor([]) };
    }
  }

  async #runOnHost(tx: Transaction, input: CommandInput, clock: Clock): Promise<Done> {
    let request: AttachRequest | null = null;
    const context: TerminalContext = {
      tx,
      ports: this.#ports,
      terminal: { tty: true, columns: input.columns },
      signal: input.controller.signal,
      stdout: input.output,
      stderr: input.output,
      pulling: input.pulling,
      attach: (wanted) => {
        request = wanted;
      },
    };
    const exitCode = await runHostLine(input.entry.line, context, this.#hostShell);
    return request === null ? { exitCode, opened: null, incomplete: false } : this.#open(tx, request, input, clock);
  }

  /** A program that is no shell has run to its end by the time it is open. */
  async #open(tx: Transaction, request: AttachRequest, input: CommandInput, clock: Clock): Promise<Done> {
    const { output, shown } = recorded(input.output);
    const shell = await openSession(tx, { ...request, output, signal: input.controller.signal }, this.#shell);
    if (request.main) logTerminal(tx, request.container, shown() + shell.prompt(), clock.now());
    if (shell.ended === null) return { exitCode: 0, opened: this.#sessions.add(request, shell), incomplete: false };
    if (request.main) this.#end(tx, shell, shell.ended, clock);
    shell.dispose();
    return { exitCode: shell.ended, opened: null, incomplete: false };
  }

  #end(tx: Transaction, shell: ShellSession, code: number, clock: Clock): void {
    if (tx.state.containers.get(shell.container)?.status.kind === "running") {
      exit(tx, clock.now(), shell.container, code);
    }
  }

  async #runInSession(tx: Transaction, input: CommandInput, clock: Clock): Promise<Done> {
    const session = this.#sessions.get(input.entry.terminal);
    if (!session) throw new RangeError(`terminal ${input.entry.terminal} is not open`);
    const { output, shown } = recorded(input.output);
    const { line } = input.entry;
    let echo = "";
    if (line.startsWith(DROPPED)) {
      session.shell.discard();
      echo = `^C\n${session.shell.prompt()}`;
    }
    const typed = shownLine(line);
    if (typed !== null) echo += `${typed}\n`;
    const step = await session.shell.run(tx, line.replace(DROPPED, ""), output, input.controller.signal);
    if (session.main) {
      const prompt = step.kind === "exit" ? "" : session.shell.prompt();
      logTerminal(tx, session.shell.container, echo + shown() + prompt, clock.now());
    }
    if (step.kind === "continue" || step.kind === "input") return { exitCode: 0, opened: null, incomplete: true };
    if (step.kind === "exit") {
      this.#sessions.close(session.terminal);
      if (session.main) this.#end(tx, session.shell, step.exitCode, clock);
    }
    return { exitCode: step.exitCode, opened: null, incomplete: false };
  }
}

/** Output that goes on to `to` and is remembered. */
function recorded(to: (text: string) => void): { readonly output: ProcessOutput; readonly shown: () => string } {
  let all = "";
  const write = (text: string): void => {
    all += text;
    to(text);
  };
  return { output: { stdout: write, stderr: write }, shown: () => all };
}

function sameShell(a: SavedSession, b: SavedSession): boolean {
  if (a.unfinished !== b.unfinished) return false;
  return a.cwd === b.cwd && a.memory === b.memory && a.env.join("\0") === b.env.join("\0");
}

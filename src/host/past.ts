import { hostState } from "../engine/host-state.ts";
import { settle } from "../engine/operations/settle.ts";
import { tell } from "../engine/story.ts";
import { type Frame, Transaction } from "../engine/transaction.ts";
import type { EngineState } from "../engine/state.ts";
import { Commander, type Outcome, type World } from "./commander.ts";
import { replayedEditor } from "./editing.ts";
import { emptyMoment, type Moment } from "./keeper.ts";
import { BEGINNING, type Log, lineTo } from "./log-tree.ts";
import type { PageFrame, TerminalId } from "./protocol.ts";
import { recover } from "./recover.ts";
import type { LogEntry } from "./scenario.ts";
import { Sessions } from "./sessions.ts";
import { blobsOf } from "./stored-host.ts";

/** What a command told, and when it had ended. */
export interface Told {
  readonly frames: readonly Frame[];
  /** The step that was reached before. */
  readonly before: number;
  /** ms since 1970. */
  readonly now: number;
}

/** A moment that cannot be brought back. `line`: the command at which it fails. */
export class LostMoment extends Error {
  override readonly name = "LostMoment";
  constructor(
    /** "bytes": what was handed in there is not here any more. "differs": the command does not do again what it did. */
    readonly reason: "bytes" | "differs",
    readonly entry: LogEntry,
    cause?: unknown,
  ) {
    super(`cannot go back to before ${JSON.stringify(entry.line)}: ${reason}`, { cause });
  }
}

/** For `catch`: a lost moment is an answer, anything else an error. */
export function lost(error: unknown): LostMoment {
  if (error instanceof LostMoment) return error;
  throw error;
}

export function toldBy({ tx, now }: Outcome, before: number): Told {
  return { frames: tell(tx.story, tx.before), before, now };
}

export function pageFrames({ frames, before, now }: Told): PageFrame[] {
  return frames.map(({ event, state }, index) => ({
    step: before + index + 1,
    event,
    state: hostState(state, now, { changes: false }),
  }));
}

/** The terminal whose turn it is after `entry`: what it opened, else its own, else the youngest that is open. */
export function turnAfter(entry: LogEntry, outcome: Outcome, sessions: Sessions): TerminalId {
  return outcome.opened?.terminal ?? sessions.turn(entry.terminal);
}

/** The host between two commands, as the outcome left it. */
export function momentAfter(
  entry: LogEntry,
  outcome: Outcome,
  step: number,
  by: Commander,
  sessions: Sessions,
): Moment {
  const { state } = outcome.tx;
  return {
    state,
    step,
    sessions: sessions.kept(),
    memory: by.memoryOf(state),
    hostShell: by.hostShell,
    lastSession: sessions.last,
    turn: turnAfter(entry, outcome, sessions),
  };
}

/** Runs a logged line again. Nobody waits and nobody edits: what did then is in the log. */
export async function rerun(
  commander: Commander,
  before: EngineState,
  entry: LogEntry,
  place: { readonly index: number; readonly columns: number; readonly output: (text: string) => void },
): Promise<Outcome> {
  if (entry.interruptedAfter === 0) return untouched(before, entry);
  return commander.run(before, {
    ...place,
    entry,
    real: false,
    editor: replayedEditor(entry.edits ?? []),
    controller: new AbortController(),
    pulling: () => {},
  });
}

/** Of a line that did nothing: stopped before it could, or skipped. */
export function untouched(before: EngineState, entry: LogEntry): Outcome {
  return { tx: new Transaction(before), exitCode: 130, opened: null, incomplete: false, now: entry.at };
}

const COLUMNS = 80;

/**
 * The moments of a log that this page can look at and go back to: those it lived through, and those it
 * brought back by running the line again on the side.
 */
export class Past {
  readonly #world: World;
  readonly #moments = new Map<number, Moment>([[BEGINNING, emptyMoment]]);
  readonly #told = new Map<number, Told>();
  readonly #blobs = new Set<string>();
  /** What ran a line on the side last, and where it stopped: the next entry goes on from there. */
  #side: Side | null = null;

  constructor(world: World) {
    this.#world = world;
  }

  /** Keys of the blobs that its moments need. */
  get blobs(): ReadonlySet<string> {
    return this.#blobs;
  }

  /** Of all moments that are known. */
  get states(): EngineState[] {
    return [...this.#moments.values()].map(({ state }) => state);
  }

  moment(index: number): Moment | undefined {
    return this.#moments.get(index);
  }

  told(index: number): Told | undefined {
    return this.#told.get(index);
  }

  remember(index: number, moment: Moment, told?: Told): void {
    this.#moments.set(index, moment);
    if (told) this.#told.set(index, told);
    for (const key of blobsOf(moment)) this.#blobs.add(key);
  }

  /** Another tab has changed the host: what these moments need may be gone. */
  forget(): void {
    this.#moments.clear();
    this.#told.clear();
    this.#blobs.clear();
    this.#letGo();
    this.#moments.set(BEGINNING, emptyMoment);
  }

  /** The moment after an entry. Throws {@link LostMoment}. */
  async momentAt(log: Log, seed: string, index: number): Promise<Moment> {
    if (!this.#moments.has(index)) await this.#bringBack(log, seed, index);
    return this.#moments.get(index) ?? emptyMoment;
  }

  /** What an entry told; nothing when it cannot be brought back. */
  async recall(log: Log, seed: string, index: number): Promise<PageFrame[]> {
    if (!this.#told.has(index)) await this.#bringBack(log, seed, index).catch(lost);
    const told = this.#told.get(index);
    return told ? pageFrames(told) : [];
  }

  /**
   * Brings back the first command of the line to `head` that is not known, so that looking back takes no
   * time later. Answers whether there may be more.
   */
  async prepare(log: Log, seed: string, head: number): Promise<boolean> {
    const next = lineTo(log, head).find((index) => !this.#told.has(index));
    if (next === undefined) return false;
    return (await this.#bringBack(log, seed, next).catch(lost)) === undefined;
  }

  /** Runs the line again from the nearest moment before `index` that is known whole. */
  async #bringBack(log: Log, seed: string, index: number): Promise<void> {
    const line = lineTo(log, index);
    const before = (place: number): number => line[place - 1] ?? BEGINNING;
    let from = line.length - 1;
    while (from > 0 && this.#side?.at !== before(from) && !isWhole(this.#moments.get(before(from)))) from -= 1;
    const side = this.#side?.at === before(from) ? this.#side : await this.#aside(seed, before(from));
    const { commander, sessions } = side;
    let { moment } = side;
    if (side !== this.#side) this.#letGo();
    // Whatever goes wrong on the way, nothing goes on from half of it.
    this.#side = null;
    for (const [place, at] of line.entries()) {
      const entry = log[at];
      if (place < from || !entry) continue;
      const { state } = moment;
      const running = entry.imported
        ? this.#recovered(state, entry)
        : rerun(commander, state, entry, { index: place, columns: COLUMNS, output: () => {} });
      const outcome = await running.catch((error: unknown) => {
        throw error instanceof LostMoment ? error : new LostMoment("differs", entry, error);
      });
      const told = toldBy(outcome, moment.step);
      if (entry.steps !== undefined && entry.steps !== told.frames.length) throw new LostMoment("differs", entry);
      moment = momentAfter(entry, outcome, moment.step + told.frames.length, commander, sessions);
      this.remember(at, this.#moments.get(at) ?? moment, told);
    }
    this.#side = { commander, sessions, at: index, moment };
  }

  #letGo(): void {
    for (const terminal of this.#side?.sessions.terminals ?? []) this.#side?.sessions.close(terminal);
    this.#side = null;
  }

  /** Terminals of its own, as they stood after an entry. */
  async #aside(seed: string, at: number): Promise<Side> {
    const moment = this.#moments.get(at) ?? emptyMoment;
    const sessions = new Sessions(moment.lastSession);
    const commander = new Commander(this.#world, seed, sessions, 0);
    await commander.restore(moment);
    return { commander, sessions, at, moment };
  }

  async #recovered(before: EngineState, entry: LogEntry): Promise<Outcome> {
    const outcome = untouched(before, entry);
    settle(outcome.tx, entry.at);
    const { readStored } = this.#world.layers;
    if (!(await recover(outcome.tx, entry, { states: this.states, readStored }))) throw new LostMoment("bytes", entry);
    return outcome;
  }

  /** The state after a step of a line; undefined when this page does not know it. */
  stateAt(line: readonly number[], step: number): EngineState | undefined {
    if (step === 0) return emptyMoment.state;
    for (const index of line.toReversed()) {
      const told = this.#told.get(index);
      const frame = told?.frames[step - told.before - 1];
      if (frame) return frame.state;
      const moment = this.#moments.get(index);
      if (moment?.step === step) return moment.state;
    }
    return undefined;
  }
}

interface Side {
  readonly commander: Commander;
  readonly sessions: Sessions;
  /** The entry that ran last, and the moment after it. */
  readonly at: number;
  readonly moment: Moment;
}

/** What a shell had left unfinished is not kept with a moment: nothing can go on from there as it went. */
function isWhole(moment: Moment | undefined): boolean {
  return moment !== undefined && !moment.sessions.some(({ unfinished }) => unfinished);
}

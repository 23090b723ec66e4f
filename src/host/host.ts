import { completeHost } from "../cli/complete.ts";
import { isComplete } from "../cli/host-shell.ts";
import { type ArchiveFormat, exportArchive } from "../engine/archive/export.ts";
import { type HostState, hostState } from "../engine/host-state.ts";
import type { Completion } from "../engine/ports.ts";
import { settle } from "../engine/operations/settle.ts";
import { type StackTarget, type StackView, stackView } from "../engine/stack-view.ts";
import type { EngineState } from "../engine/state.ts";
import { Transaction } from "../engine/transaction.ts";
import { roundTime } from "./clock.ts";
import { Commander, type Outcome, type World } from "./commander.ts";
import { PageEditor } from "./editing.ts";
import { takeFile } from "./file-transfer.ts";
import { type Brought, type Bytes, lineOf, takeIn } from "./handed-in.ts";
import { insightInto, type Question } from "./insight.ts";
import { historyOf, nameOf } from "./history.ts";
import type { HostKeeper, KeptHost } from "./keeper.ts";
import { linkOf } from "./link.ts";
import { lineTo, tipThrough } from "./log-tree.ts";
import { lost, LostMoment, momentAfter, Past, rerun, toldBy, turnAfter, untouched } from "./past.ts";
import type { History, LinkResult, MoveResult, PageFrame, RunResult, TerminalId, ToPage } from "./protocol.ts";
import type { SavedEdit } from "./edit.ts";
import type { LogEntry, Scenario } from "./scenario.ts";
import { type SceneFile, sceneFile } from "./scene-file.ts";
import { Sessions } from "./sessions.ts";
import { tellEnd, tellEntry, toldProgress } from "./telling.ts";
import { DROPPED, echoOf } from "./typed-line.ts";

const CONTINUED = "> ";

/** How a host talks to the page, and what time it is. Handed in, so that it runs in a test as in the worker. */
export interface Surroundings {
  readonly post: (message: ToPage) => void;
  /** ms since 1970, of the real clock. */
  readonly now: () => number;
}

/**
 * A host as one page has it: the engine's state, the log that made it, the terminals, and what is kept.
 * One command at a time; the outcome is kept before anybody is told of it.
 */
export class Host {
  readonly #world: World;
  readonly #keeper: HostKeeper;
  readonly #around: Surroundings;
  readonly #editor: PageEditor;
  readonly #running = new Map<TerminalId, AbortController>();
  readonly #past: Past;
  #kept: KeptHost;
  #sessions: Sessions;
  #commander: Commander;
  #edits: SavedEdit[] = [];
  #pending = "";
  #queue: Promise<unknown> = Promise.resolve();
  /** Lines run that the page is told of when all have. */
  #replaying = false;

  private constructor(world: World, keeper: HostKeeper, around: Surroundings, kept: KeptHost) {
    this.#world = world;
    this.#keeper = keeper;
    this.#around = around;
    this.#kept = kept;
    this.#past = new Past(world);
    this.#past.remember(kept.head, kept);
    this.#editor = new PageEditor(around.post, (edit) => this.#edits.push(edit));
    this.#sessions = new Sessions(kept.lastSession);
    this.#commander = new Commander(world, kept.scenario.seed, this.#sessions, around.now());
  }

  /** Opens what `keeper` keeps, or an empty host. */
  static async open(world: World, keeper: HostKeeper, around: Surroundings): Promise<Host> {
    const host = new Host(world, keeper, around, await keeper.load());
    await host.#stand(host.#kept);
    return host;
  }

  get scenario(): Scenario {
    return this.#kept.scenario;
  }

  get step(): number {
    return this.#kept.step;
  }

  get history(): History {
    return historyOf(this.#kept);
  }

  get terminals(): ReturnType<Sessions["info"]> {
    return this.#sessions.info(this.#kept.state);
  }

  prompt(terminal: TerminalId): string {
    if (terminal === "host") return this.#pending === "" ? this.#commander.hostPrompt : CONTINUED;
    return this.#sessions.get(terminal)?.shell.prompt() ?? this.#commander.hostPrompt;
  }

  /** Runs a line as a person typed it. Commands of all terminals and tabs take their turns. */
  run(terminal: TerminalId, line: string, columns: number): Promise<RunResult> {
    return this.#alone(() => this.#runNow(terminal, line, columns));
  }

  async #runNow(terminal: TerminalId, line: string, columns: number): Promise<RunResult> {
    let whole = line;
    if (terminal === "host") {
      whole = this.#pending === "" ? line : `${this.#pending}\n${line}`;
      this.#pending = isComplete(whole) ? "" : whole;
      if (this.#pending !== "") return { output: "", exitCode: 0, prompt: CONTINUED, terminal, incomplete: true };
    } else if (this.#commander.dropped.delete(terminal)) whole = `${DROPPED}${line}`;
    const entry: LogEntry = { terminal, line: whole, at: this.#nextTime() };
    let output = "";
    const controller = new AbortController();
    this.#running.set(terminal, controller);
    this.#edits = [];
    this.#editor.terminal = terminal;
    try {
      const outcome = await this.#commander.run(this.#kept.state, {
        entry,
        index: this.scenario.entries.length,
        real: true,
        columns,
        editor: this.#editor,
        controller,
        pulling: (progress) => this.#around.post({ type: "pulling", progress }),
        output: (text) => {
          output += text;
          this.#around.post({ type: "output", terminal, text });
        },
      });
      const { interruptedAfter, exitCode, incomplete } = outcome;
      const interrupted = interruptedAfter === undefined ? {} : { interruptedAfter };
      const edits = this.#edits.length > 0 ? { edits: this.#edits } : {};
      await this.#conclude({ ...entry, ...edits, ...interrupted }, outcome);
      const next = turnAfter(entry, outcome, this.#sessions);
      return { output, exitCode, prompt: this.prompt(next), terminal: next, incomplete };
    } finally {
      this.#running.delete(terminal);
    }
  }

  /** Loads the images of an archive, in turn with the commands. Answers their names, an id for one without. */
  importImage(archive: Blob): Promise<readonly string[]> {
    return this.#alone(() => this.#takeIn({ kind: "images", archive }, this.#nextTime()));
  }

  async #takeIn(brought: Brought, at: number): Promise<readonly string[]> {
    const tx = new Transaction(this.#kept.state);
    settle(tx, at);
    const handedIn = await takeIn(tx, this.#world.layers, brought, at);
    const entry: LogEntry = { terminal: "host", line: lineOf(brought), at, ...handedIn };
    await this.#conclude(entry, { ...untouched(tx.state, entry), tx });
    return handedIn.imported;
  }

  /** A file of the host's own, by its absolute path. */
  takeFile(path: string): Promise<Blob> {
    return this.#inTurn(() => takeFile(this.#kept.state, this.#world.layers, path));
  }

  /** Puts a file into the home directory; answers its path. A replay has not its bytes, and skips it. */
  async putFile(name: string, bytes: Blob): Promise<string> {
    const [path = ""] = await this.#alone(() => this.#takeIn({ kind: "file", name, bytes }, this.#nextTime()));
    return path;
  }

  exportImage(reference: string, format: ArchiveFormat): Promise<Blob> {
    return this.#inTurn(() => exportArchive(this.#kept.state, this.#world.layers, [reference], format));
  }

  /** Keeps the outcome, then tells the page. */
  async #conclude(entry: LogEntry, outcome: Outcome): Promise<void> {
    const { log, head, tip, step } = this.#kept;
    const told = toldBy(outcome, step);
    const steps = told.frames.length;
    const moment = momentAfter(entry, outcome, step + steps, this.#commander, this.#sessions);
    const quiet = steps === 0 && outcome.tx.state.files === outcome.tx.before.files;
    // Who looks around after an undo still wants to redo: a line begins with what changes something.
    if (head !== tip && entry.terminal === "host" && outcome.tx.state === outcome.tx.before && !outcome.opened) {
      if (JSON.stringify(moment.hostShell) === JSON.stringify(this.#kept.hostShell)) return this.announce();
    }
    const index = log.length;
    const after = head === index - 1 ? {} : { after: head };
    this.#kept = await this.#keeper.keep(this.#kept, {
      ...moment,
      entry: { ...entry, ...after, steps, ...(quiet && { quiet }) },
      head: index,
      tip: index,
      blobs: this.#past.blobs,
    });
    this.#past.remember(index, this.#kept, told);
    if (this.#replaying) return;
    tellEntry(this.#around.post, this.#kept.log, index, told);
    this.announce();
  }

  /**
   * Moves the host behind an entry of its log, -1 to the beginning. Nothing is lost: the log stays as it is.
   * Other tabs are told as of a command.
   */
  move(to: number): Promise<MoveResult> {
    return this.#alone(async () => {
      const { log, tip } = this.#kept;
      if (!Number.isInteger(to) || to < -1 || to >= log.length) throw new RangeError(`no entry ${to} in the log`);
      const moment = await this.#past.momentAt(log, this.scenario.seed, to).catch(lost);
      if (moment instanceof LostMoment) {
        const line = nameOf(log, log.indexOf(moment.entry));
        return { terminal: this.#sessions.youngest, lost: { reason: moment.reason, line } };
      }
      const place = { head: to, tip: tipThrough(log, to, tip), blobs: this.#past.blobs };
      await this.#stand(await this.#keeper.keep(this.#kept, { ...moment, ...place }));
      this.announce();
      return { terminal: this.#sessions.turn(this.#kept.turn ?? "host"), lost: null };
    });
  }

  /** What an entry of the line told; none when it cannot be brought back. */
  recall(entry: number): Promise<PageFrame[]> {
    return this.#inTurn(() => this.#past.recall(this.#kept.log, this.scenario.seed, entry));
  }

  /** Brings back one command that is not known since a reload; answers whether there may be more. */
  prepare(): Promise<boolean> {
    return this.#inTurn(() => this.#past.prepare(this.#kept.log, this.scenario.seed, this.#kept.head));
  }

  /** Everything as it was kept then, the terminals too: what was unfinished in them is lost. */
  async #stand(kept: KeptHost): Promise<void> {
    for (const terminal of this.#sessions.terminals) this.#sessions.close(terminal);
    this.#pending = "";
    this.#sessions = new Sessions(kept.lastSession);
    this.#commander = new Commander(this.#world, kept.scenario.seed, this.#sessions, this.#around.now());
    await this.#commander.restore(kept);
    this.#kept = { ...kept, hostShell: this.#commander.hostShell };
  }

  /**
   * Runs a whole log again, on an empty host; the terminals show what they showed then. `brought`: bytes of what
   * was handed in, by the entry's index; without them it is skipped. Answers how many lines could not be run: they
   * are skipped too, as a link that was changed on its way may have some. The page is told of them
   * all at the end: to tell it the log after each line would take time that grows with the square of its length.
   */
  async replay(entries: readonly LogEntry[], columns: number, brought: Bytes = new Map()): Promise<number> {
    let failed = 0;
    this.#replaying = true;
    for (const [index, entry] of toldProgress(this.#around.post, entries)) {
      const bytes = brought.get(index);
      const running = bytes ? this.#takeIn(bytes, entry.at) : this.#replayLine(entry, columns);
      await running.catch(async () => {
        failed++;
        await this.#conclude(entry, untouched(this.#kept.state, entry));
      });
    }
    this.#replaying = false;
    tellEnd(this.#around.post, this.#kept.log, this.#kept.head, this.#past);
    this.announce();
    return failed;
  }

  async #replayLine(entry: LogEntry, columns: number): Promise<void> {
    const { terminal, imported } = entry;
    const output = (text: string): void => this.#around.post({ type: "output", terminal, text });
    output(echoOf(entry, this.prompt(terminal)));
    const { state, scenario } = this.#kept;
    const place = { index: scenario.entries.length, columns, output };
    await this.#conclude(entry, imported ? untouched(state, entry) : await rerun(this.#commander, state, entry, place));
  }

  /** Ctrl-C: stops what runs in that terminal; where nothing runs, drops an unfinished line. */
  interrupt(terminal: TerminalId): void {
    const running = this.#running.get(terminal);
    if (running) return running.abort();
    const session = this.#sessions.get(terminal);
    if (terminal === "host") this.#pending = "";
    else if (session?.shell.unfinished) {
      session.shell.discard();
      this.#commander.dropped.add(terminal);
    } else return;
    this.announce();
  }

  async complete(terminal: TerminalId, line: string, cursor: number): Promise<Completion> {
    const { state } = this.#kept;
    const { pullable } = this.#world;
    if (terminal === "host") return completeHost(line, cursor, state, { pullable, ...this.#commander.hostPlace });
    const session = this.#sessions.get(terminal);
    return session ? session.shell.complete(new Transaction(state), line, cursor) : { from: cursor, candidates: [] };
  }

  /** Null when that step is not known any more, or had no such container or image. */
  view(target: StackTarget, path: string, step: number | null, columns: number): StackView | null {
    const state = this.#at(step);
    const there = target.kind === "container" ? state?.containers.has(target.id) : state?.images.has(target.id);
    return state && there ? stackView(state, target, path, columns) : null;
  }

  /** What is in the layers, now or at a step. */
  insight(question: Question): ReturnType<typeof insightInto> {
    return insightInto(question, (step) => this.#at(step), this.#world.layers.readStored);
  }

  state(step: number | null): HostState {
    return hostState(this.#at(step) ?? this.#kept.state, this.#around.now(), { changes: true });
  }

  #at(step: number | null): EngineState | undefined {
    const { state, log, head, step: now } = this.#kept;
    return step === null || step === now ? state : this.#past.stateAt(lineTo(log, head), step);
  }

  save(terminal: TerminalId, text: string): void {
    this.#editor.save(terminal, text);
  }

  closeEditor(terminal: TerminalId): void {
    this.#editor.close(terminal);
  }

  link(): LinkResult {
    return linkOf(this.scenario);
  }

  /** The scene as a file, with the bytes of what was handed in. */
  sceneFile(told = this.scenario): Promise<SceneFile> {
    return this.#inTurn(() => sceneFile(told, [this.#kept.state, ...this.#past.states], this.#world.layers));
  }

  /** Everything that is kept, for another keeper to keep. */
  get whole(): KeptHost {
    return this.#kept;
  }

  /** Another tab may have changed the host: takes over what it kept. */
  noticeChange(): Promise<void> {
    return this.#inTurn(() => this.#refresh());
  }

  async #refresh(): Promise<void> {
    const newer = await this.#keeper.newer(this.#kept);
    if (!newer) return;
    const { head, log, scenario } = this.#kept;
    this.#past.forget();
    this.#past.remember(newer.head, newer);
    const goesOn = scenario.seed === newer.scenario.seed && lineTo(newer.log, newer.head).includes(head);
    if (!goesOn && log.length > 0) {
      await this.#stand(newer);
      return this.announce();
    }
    this.#kept = newer;
    this.#sessions.takeNumber(newer.lastSession);
    this.#sessions.closeStopped(newer.state);
    await this.#commander.restore(newer);
    this.announce();
  }

  announce(): void {
    const state = hostState(this.#kept.state, this.#around.now(), { changes: false });
    const { terminals: sessions, history, step } = this;
    this.#around.post({ type: "host", state, step, sessions, prompt: this.prompt("host"), history });
  }

  /** When the command that starts now is logged: never before the one before it. */
  #nextTime(): number {
    return Math.max(this.scenario.entries.at(-1)?.at ?? 0, roundTime(this.#around.now()));
  }

  /** In turn with what else this page does, and with the other tabs. */
  #alone<T>(work: () => Promise<T>): Promise<T> {
    return this.#inTurn(() => this.#keeper.exclusively(() => this.#refresh().then(work)));
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#queue.then(work);
    this.#queue = turn.catch(() => undefined);
    return turn;
  }
}

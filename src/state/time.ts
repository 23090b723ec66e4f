import type { StoreApi } from "zustand/vanilla";
import type { TerminalId } from "../host/protocol.ts";
import type { HostClient } from "./host-client.ts";
import type { Playback } from "./playback.ts";
import type { AppState } from "./store.ts";
import { type Segment, firstStep } from "./story-line.ts";
import type { Transcript } from "./transcript.ts";

/** Moves along the story: what is shown by looking, the host itself by undo, redo and going. */
export interface Time {
  /** Takes back the last command that did something. Rejects when there is none. */
  undo(): Promise<void>;
  /** Does again what was undone. Rejects when nothing was. */
  redo(): Promise<void>;
  /** The host stands where it stood after an entry of its log, -1: at the beginning. */
  move(to: number): Promise<void>;
  /** The host goes on from the command that is looked at. */
  goOnFromHere(): Promise<void>;
  /** Looks at the end of the command before, or after, the step that is shown. */
  previousCommand(): Promise<void>;
  nextCommand(): Promise<void>;
  toFirst(): Promise<void>;
  toNow(): Promise<void>;
}

/** A past moment that is looked at while the host stands elsewhere. */
export interface PastMoment {
  readonly step: number;
  readonly of: number;
  /** The command that told the step; null before the first. */
  readonly segment: Segment | null;
}

/** Null while the story plays, or the present is shown. */
export function pastMoment(state: AppState): PastMoment | null {
  const { playing, shown, segments } = state;
  const of = lastStep(state);
  if (playing || shown.step >= of) return null;
  return { step: shown.step, of, segment: segmentAt(segments, shown.step) };
}

/** The newest step there is. Frames may be ahead of the host's own announcement. */
export function lastStep({ step, frames }: Pick<AppState, "step" | "frames">): number {
  return Math.max(step, frames.at(-1)?.step ?? 0);
}

/** The command that told a step. */
export function segmentAt(segments: readonly Segment[], step: number): Segment | null {
  return segments.find(({ from, to }) => from <= step && step <= to) ?? null;
}

const BEGINNING = -1;

export function createTime(
  store: StoreApi<AppState>,
  client: HostClient,
  playback: Playback,
  output: (terminal: TerminalId) => Transcript,
): Time {
  const { getState: get, setState: set } = store;

  /** Ends of commands, and the step before the first. */
  const stops = (): number[] => [firstStep(get(), lastStep(get())), ...get().segments.map(({ to }) => to)];

  async function go(to: number, said: string): Promise<void> {
    const open = (): TerminalId[] => get().sessions.flatMap((session) => (session.open ? session.terminal : []));
    const before = open();
    // What is done again is told again.
    set({ lost: null, playing: true });
    const { terminal, lost } = await client.move(to);
    if (lost) return set({ lost });
    set({ activeTerminal: terminal });
    for (const one of new Set<TerminalId>(["host", ...before, ...open()]))
      output(one).append(`\x1b[90m— ${said} —\x1b[0m\r\n`);
  }

  const time: Time = {
    async undo() {
      const { history, dictionary } = get();
      if (!history.undo) throw new Error("there is nothing to undo");
      await go(history.undo.to, dictionary.time.undone(history.undo.line));
    },
    async redo() {
      const { history, dictionary } = get();
      if (!history.redo) throw new Error("there is nothing to redo");
      await go(history.redo.to, dictionary.time.redone(history.redo.line));
    },
    async move(to) {
      const { history, dictionary } = get();
      const line =
        history.entries.find(({ index }) => index === to)?.line ??
        history.lines.find(({ tip }) => tip === to)?.last ??
        null;
      await go(to, dictionary.time.moved(line));
    },
    async goOnFromHere() {
      const past = pastMoment(get());
      if (past) await time.move(past.segment?.entry ?? BEGINNING);
    },
    async previousCommand() {
      const here = playback.place();
      await playback.goto(stops().findLast((stop) => stop < here) ?? here);
    },
    async nextCommand() {
      const here = playback.place();
      await playback.goto(stops().find((stop) => stop > here) ?? here);
    },
    toFirst: () => playback.goto(0),
    toNow: () => playback.goto(lastStep(get())),
  };
  return time;
}

import type { History, HistoryEntry, PageFrame, ToPage } from "../host/protocol.ts";
import type { TerminalId } from "../host/protocol.ts";

/** The steps one command made: a segment of the timeline. Both ends included. */
export interface Segment {
  /** Index in the stored log. */
  readonly entry: number;
  readonly command: string;
  readonly terminal: TerminalId;
  readonly from: number;
  readonly to: number;
}

/** What the page knows of the story: the line the host is on, and what the commands on it told. */
export interface StoryLine {
  readonly history: History;
  /** What entries told, by index in the stored log; also of those that were undone, and of other lines. */
  readonly told: ReadonlyMap<number, readonly PageFrame[]>;
  /** The frames of the line up to where the host stands, as far as they are known. */
  readonly frames: readonly PageFrame[];
  /** The commands of the line up to where the host stands that told something. */
  readonly segments: readonly Segment[];
}

export const emptyLine: StoryLine = {
  history: { head: -1, entries: [], undo: null, redo: null, lines: [] },
  told: new Map(),
  frames: [],
  segments: [],
};

/** Frames kept for scrubbing; each holds a host state. What is let go can be asked for again. */
const KEPT_FRAMES = 600;

/** The line as the host has it now. */
export function withHistory({ told }: Pick<StoryLine, "told">, history: History): StoryLine {
  const segments = segmentsOf(history.entries.slice(0, placeOf(history)));
  return { history, told, segments, frames: segments.flatMap(({ entry }) => told.get(entry) ?? []) };
}

/** A command has told `frames`: the history that has it comes with the host's next word. */
export function withTold(line: StoryLine, notice: Extract<ToPage, { type: "frames" }>): StoryLine {
  const { entry, command, terminal, frames: more } = notice;
  const [first, last] = [more[0], more.at(-1)];
  if (!first || !last) return line;
  const segment = { entry, command, terminal, from: first.step, to: last.step };
  const told = kept(line.told, entry, more);
  const segments = [...line.segments.filter(({ to }) => to < first.step), segment];
  return { ...line, told, segments, frames: segments.flatMap(({ entry: index }) => told.get(index) ?? []) };
}

/** Whether the story merely goes on from one line to the other: no move, and no other line. */
export function goesOn(before: StoryLine, after: StoryLine): boolean {
  const last = before.segments.at(-1);
  return last === undefined || after.segments.some(({ entry }) => entry === last.entry);
}

/** What an entry told is known again. */
export function withRecalled(line: StoryLine, entry: number, frames: readonly PageFrame[]): StoryLine {
  const told = kept(line.told, entry, frames);
  return { ...line, told, frames: line.segments.flatMap((segment) => told.get(segment.entry) ?? []) };
}

/** The undone part of the line: what redo brings back. */
export function aheadOf(history: History): Segment[] {
  return segmentsOf(history.entries.slice(placeOf(history)));
}

/** The step before the first that can be shown: 0, unless the line is older than the counting of steps. */
export function firstStep({ history, segments }: StoryLine, newest: number): number {
  const first = history.entries[0]?.from ?? segments[0]?.from ?? newest + 1;
  return Math.min(first === 1 ? 0 : first, newest);
}

/** How many entries of the line are behind the host. */
function placeOf({ head, entries }: History): number {
  return entries.findIndex(({ index }) => index === head) + 1;
}

function segmentsOf(entries: readonly HistoryEntry[]): Segment[] {
  return entries.flatMap(({ index, line, terminal, from, to }) =>
    to < from ? [] : [{ entry: index, command: line, terminal, from, to }],
  );
}

/** The newest are kept, whatever else there is. */
function kept(told: StoryLine["told"], entry: number, frames: readonly PageFrame[]): StoryLine["told"] {
  const all = new Map(told);
  all.delete(entry);
  all.set(entry, frames);
  let count = 0;
  for (const one of all.values()) count += one.length;
  for (const [index, one] of all) {
    if (count <= KEPT_FRAMES || index === entry) break;
    all.delete(index);
    count -= one.length;
  }
  return all;
}

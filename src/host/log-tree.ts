import type { LogEntry } from "./scenario.ts";

/**
 * The stored log only grows; what was undone stays in it. An entry names the one it follows, so the log is a
 * tree. A line is the way from the beginning to an entry; where a line ends is its tip.
 */
export type Log = readonly LogEntry[];

/** The place before the first entry. */
export const BEGINNING = -1;

/** The entry that this one follows. */
export function parentOf(log: Log, index: number): number {
  return log[index]?.after ?? index - 1;
}

/** Indices of the entries from the first up to `end`. */
export function lineTo(log: Log, end: number): number[] {
  const line: number[] = [];
  for (let at = end; at > BEGINNING; at = parentOf(log, at)) line.push(at);
  return line.toReversed();
}

/** The ends of all lines, oldest first. */
export function tipsOf(log: Log): number[] {
  const followed = new Set(log.map((_, index) => parentOf(log, index)));
  return [...log.keys()].filter((index) => !followed.has(index));
}

/** The line one is on at `index`: `tip`'s when that passes there, else the youngest that does. */
export function tipThrough(log: Log, index: number, tip: number): number {
  const passes = (end: number): boolean => index === BEGINNING || lineTo(log, end).includes(index);
  return passes(tip) ? tip : (tipsOf(log).findLast(passes) ?? index);
}

/** Where undo goes from `head`: before the last entry that did something. Null at the beginning. */
export function undoFrom(log: Log, head: number): { readonly to: number; readonly undone: number } | null {
  const undone = lineTo(log, head).findLast((index) => !log[index]?.quiet);
  return undone === undefined ? null : { to: parentOf(log, undone), undone };
}

/** Where redo goes from `head` towards `tip`: behind the next entry that did something, and behind what only looked after it. */
export function redoFrom(log: Log, head: number, tip: number): { readonly to: number; readonly redone: number } | null {
  const line = lineTo(log, tip);
  const ahead = line.slice(line.indexOf(head) + 1);
  const next = ahead.findIndex((index) => !log[index]?.quiet);
  const redone = ahead[next];
  if (redone === undefined) return null;
  const end = ahead.findIndex((index, place) => place > next && !log[index]?.quiet);
  return { to: ahead.at(end === -1 ? -1 : end - 1) ?? redone, redone };
}

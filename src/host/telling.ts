import { type Log, lineTo } from "./log-tree.ts";
import { pageFrames, type Past, type Told } from "./past.ts";
import type { ToPage } from "./protocol.ts";
import { shownLine } from "./typed-line.ts";

type Post = (message: ToPage) => void;

/** Steps of a replayed log that the page is told at once: about as many as it keeps. */
const MOST_TOLD = 600;

/** Tells the page what an entry told, if that is anything. */
export function tellEntry(post: Post, log: Log, index: number, told: Told | undefined): void {
  const entry = log[index];
  if (!entry || !told || told.frames.length === 0) return;
  const { terminal } = entry;
  post({ type: "frames", entry: index, command: shownLine(entry.line) ?? "^D", terminal, frames: pageFrames(told) });
}

/** Tells the end of the story up to an entry; what came before it can be recalled. */
export function tellEnd(post: Post, log: Log, head: number, past: Past): void {
  const entries: number[] = [];
  let steps = 0;
  for (const index of lineTo(log, head).toReversed()) {
    steps += past.told(index)?.frames.length ?? 0;
    if (steps > MOST_TOLD) break;
    entries.unshift(index);
  }
  for (const index of entries) tellEntry(post, log, index, past.told(index));
}

/** Goes through the lines of a replay and tells how far it is, a hundred times at most: there may be thousands. */
export function* toldProgress<T>(post: Post, lines: readonly T[]): Generator<[index: number, line: T]> {
  let told = -1;
  for (const [done, line] of lines.entries()) {
    const percent = Math.floor((done * 100) / lines.length);
    if (percent > told) post({ type: "replaying", done, of: lines.length });
    told = percent;
    yield [done, line];
  }
}

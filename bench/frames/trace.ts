import { digits } from "../timing.ts";

/** Of a trace of Chromium's, what is looked at. Times in µs; `tdur` is the thread's own time, not the clock's. */
interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  readonly ts: number;
  readonly dur?: number;
  readonly tdur?: number;
  readonly args?: { readonly name?: string };
}

export const CATEGORIES = [
  "toplevel",
  "disabled-by-default-toplevel",
  "devtools.timeline",
  "disabled-by-default-devtools.timeline",
  "devtools.timeline.frame",
  "disabled-by-default-devtools.timeline.frame",
];

const FRAME = "BeginMainThreadFrame";
const KINDS: Readonly<Record<string, "style" | "layout" | "paint">> = {
  UpdateLayoutTree: "style",
  Layout: "layout",
  PrePaint: "paint",
  Paint: "paint",
  Layerize: "paint",
  Commit: "paint",
};

export interface Distribution {
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  readonly max: number;
}

export function distribution(values: readonly number[]): Distribution {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (part: number): number =>
    digits(sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))] ?? 0);
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99), max: at(1) };
}

/** Work of the page's main thread, ms of that thread's CPU time. */
export interface MainThread {
  /** By frame, of frames in which anything was styled, laid out or painted, or that took a task longer than 1 ms. */
  readonly frame: Distribution;
  readonly frames: number;
  /** A mean frame's part of each; the rest is script. */
  readonly style: number;
  readonly layout: number;
  readonly paint: number;
  readonly script: number;
  /** The longest task: by its own time, and by the clock. */
  readonly longest: number;
  readonly longestByClock: number;
  /** On other threads, a frame. */
  readonly raster: number;
}

/** Reads a trace of one scene: its page's main thread is the one that draws most frames. */
export function mainThreadOf(trace: Buffer): MainThread {
  const { traceEvents } = JSON.parse(trace.toString()) as { traceEvents: TraceEvent[] };
  const begun = new Map<string, number>();
  const threadOf = ({ pid, tid }: TraceEvent): string => `${pid}:${tid}`;
  for (const event of traceEvents)
    if (event.name === FRAME) begun.set(threadOf(event), (begun.get(threadOf(event)) ?? 0) + 1);
  const main = [...begun].toSorted((a, b) => b[1] - a[1])[0]?.[0];
  const own = traceEvents.filter((event) => threadOf(event) === main).toSorted((a, b) => a.ts - b.ts);
  const starts = own.filter(({ name }) => name === FRAME).map(({ ts }) => ts);
  const frames = starts.map(() => ({ all: 0, style: 0, layout: 0, paint: 0 }));
  const longest = { own: 0, clock: 0 };
  let at = -1;
  for (const event of own) {
    while (at + 1 < starts.length && (starts[at + 1] as number) <= event.ts) at++;
    const ms = (event.tdur ?? 0) / 1000;
    const kind = KINDS[event.name];
    const task = event.name.endsWith("RunTask");
    if (task) {
      longest.own = Math.max(longest.own, ms);
      longest.clock = Math.max(longest.clock, (event.dur ?? 0) / 1000);
    }
    // The frame that a task begins is its own.
    const end = event.ts + (event.dur ?? 0);
    const frame = frames[task && at + 1 < starts.length && (starts[at + 1] as number) < end ? at + 1 : at];
    if (!frame) continue;
    if (task) frame.all += ms;
    else if (kind) frame[kind] += ms;
  }
  const busy = frames.filter(({ all, style, layout, paint }) => all > 1 || style + layout + paint > 0.05);
  const mean = (of: (frame: (typeof frames)[number]) => number): number =>
    digits(busy.reduce((sum, frame) => sum + of(frame), 0) / Math.max(1, busy.length));
  const rastered = traceEvents
    .filter(({ name }) => name === "RasterTask")
    .reduce((sum, { tdur }) => sum + (tdur ?? 0), 0);
  return {
    frame: distribution(busy.map(({ all }) => all)),
    frames: busy.length,
    style: mean(({ style }) => style),
    layout: mean(({ layout }) => layout),
    paint: mean(({ paint }) => paint),
    script: mean(({ all, style, layout, paint }) => all - style - layout - paint),
    longest: digits(longest.own),
    longestByClock: digits(longest.clock),
    raster: digits(rastered / 1000 / Math.max(1, busy.length)),
  };
}

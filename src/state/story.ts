import type { EngineEvent } from "../engine/event.ts";
import type { HostState } from "../engine/host-state.ts";
import type { StackView } from "../engine/stack-view.ts";
import type { PageFrame, TerminalId } from "../host/protocol.ts";
import type { Focus } from "./focus.ts";

/** The steps one command made: a segment of the timeline. Both ends included. */
export interface Segment {
  readonly command: string;
  readonly terminal: TerminalId;
  readonly from: number;
  readonly to: number;
}

/** What the stage draws. One value, so that picture, sentence and lists never disagree. */
export interface Shown {
  readonly step: number;
  /** What led here; null before the first step. */
  readonly event: EngineEvent | null;
  readonly host: HostState;
  readonly focus: Focus | null;
  readonly view: StackView | null;
  /** "told": the step is to be animated. "still": shown as it is (a seek, a refresh, an opened directory). */
  readonly manner: "told" | "still";
}

export const emptyHost: HostState = {
  images: [],
  layers: [],
  containers: [],
  disk: { images: 0, stored: 0, saved: 0, writable: 0, reclaimable: 0 },
};

/** Frames kept for scrubbing; each holds a host state. */
export const KEPT_FRAMES = 600;

/** How long a step stays before the next, in ms at speed 1: long enough to see it, then to read on. */
export function dwell(event: EngineEvent, behind: number): number {
  const base = event.type.startsWith("fs.") || event.type === "container.commit" ? 1100 : 750;
  return base / Math.min(8, Math.max(1, behind / 4));
}

export function appendFrames(
  frames: readonly PageFrame[],
  segments: readonly Segment[],
  more: readonly PageFrame[],
  command: string,
  terminal: TerminalId,
): { frames: readonly PageFrame[]; segments: readonly Segment[] } {
  const first = more[0];
  const last = more.at(-1);
  if (!first || !last) return { frames, segments };
  const previous = segments.at(-1);
  const joined = previous?.command === command && previous.terminal === terminal && previous.to + 1 === first.step;
  const kept = [...frames.filter((frame) => frame.step < first.step), ...more].slice(-KEPT_FRAMES);
  const oldest = kept[0]?.step ?? 1;
  const told = joined
    ? [...segments.slice(0, -1), { ...previous, to: last.step }]
    : [...segments, { command, terminal, from: first.step, to: last.step }];
  return {
    frames: kept,
    segments: told
      .filter((segment) => segment.to >= oldest)
      .map((segment) => (segment.from < oldest ? { ...segment, from: oldest } : segment)),
  };
}

export interface PulledLayer {
  readonly layer: string;
  readonly digest: string;
  readonly size: number;
  readonly state: "exists" | "downloaded" | "extracted";
}

/** A pull under way at a step: what the registry strip shows. */
export interface PullProgress {
  readonly reference: string;
  /** Layers of the image; those not yet in `layers` still wait. */
  readonly total: number;
  /** Bottom first, as the story names them. */
  readonly layers: readonly PulledLayer[];
  readonly done: boolean;
}

/** The pull that `step` is part of, as far as it has been told by then. */
export function pullAt(frames: readonly PageFrame[], step: number): PullProgress | null {
  let pull: PullProgress | null = null;
  for (const { step: at, event } of frames) {
    if (at > step) break;
    pull = pullAfter(pull, event);
  }
  return pull;
}

function pullAfter(pull: PullProgress | null, event: EngineEvent): PullProgress | null {
  if (event.type === "pull.start") return { reference: event.reference, total: event.layers, layers: [], done: false };
  if (!pull) return null;
  const others = (layer: string) => pull.layers.filter((one) => one.layer !== layer);
  switch (event.type) {
    case "layer.exists":
    case "layer.download": {
      const state = event.type === "layer.exists" ? ("exists" as const) : ("downloaded" as const);
      const layer = { layer: event.layer, digest: event.digest, size: event.size, state };
      return { ...pull, layers: [...others(event.layer), layer] };
    }
    case "layer.extract": {
      const digest = pull.layers.find((one) => one.layer === event.layer)?.digest ?? event.diffId;
      const extracted = { layer: event.layer, digest, size: event.size, state: "extracted" as const };
      const known = pull.layers.some((one) => one.layer === event.layer);
      const layers = known
        ? pull.layers.map((one) => (one.layer === event.layer ? extracted : one))
        : [...pull.layers, extracted];
      return { ...pull, layers };
    }
    case "image.pulled":
      return { ...pull, done: true };
    case "image.tag":
      return pull;
    default:
      return null;
  }
}

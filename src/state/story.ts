import type { EngineEvent, EventType } from "../engine/event.ts";
import type { PullProgress } from "../engine/operations/pull.ts";
import type { HostState } from "../engine/host-state.ts";
import type { StackView } from "../engine/stack-view.ts";
import type { PageFrame } from "../host/protocol.ts";
import type { Focus } from "./focus.ts";

/** A line that was run in this visit, and what it printed. */
export interface Run {
  readonly line: string;
  /** The end of it, with escape sequences: at most {@link KEPT_OUTPUT} characters. */
  readonly output: string;
  readonly exitCode: number;
}

const KEPT_OUTPUT = 500;
const KEPT_RUNS = 200;

export function runAdded(runs: readonly Run[], line: string, result: Omit<Run, "line">): readonly Run[] {
  const run = { line, output: result.output.slice(-KEPT_OUTPUT), exitCode: result.exitCode };
  return [...runs, run].slice(-KEPT_RUNS);
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
  /** Not there yet: on the way from another moment. "still" rests at the position, "told" goes on from it. */
  readonly way: Way | null;
}

/** How far it is from one moment to the next. */
export interface Way {
  readonly before: Shown;
  /** From 0, the moment before, to 1. */
  readonly position: number;
}

/** Whether the picture rests between two moments. */
export function onTheWay({ way, manner }: Shown): boolean {
  return way !== null && manner === "still";
}

/** Where on the line one looks, in steps: 4.25 is a quarter of the way from the fourth to the fifth. */
export function placeShown(shown: Shown): number {
  return shown.way && onTheWay(shown) ? shown.step - 1 + shown.way.position : shown.step;
}

export const emptyHost: HostState = {
  images: [],
  layers: [],
  containers: [],
  volumes: [],
  disk: { images: 0, stored: 0, saved: 0, writable: 0, volumes: 0, reclaimable: 0 },
  memory: { files: [], cached: 0, mapped: 0 },
};

export const nothingShown: Shown = {
  step: 0,
  event: null,
  host: emptyHost,
  focus: null,
  view: null,
  manner: "still",
  way: null,
};

/** What is typed meanwhile is seen at latest so long after it, in ms, whatever there is to tell. */
const MOST_LAG = 1000;

/** More waiting steps than this are not told one by one: the newest is shown, the others are there to go back to. */
export const MOST_QUEUED = 20;

/** What takes longer to see than others. */
const PACE: { readonly [T in EventType]?: number } = { "container.commit": 1900, "fs.copy-up": 1250 };

/**
 * How long a step stays before the next, in ms at speed 1: long enough to see it, then to read on.
 * `behind`: steps still to tell; `hurried`: more than one command waits to be told.
 */
export function dwell(event: EngineEvent, behind: number, hurried: boolean): number {
  const base = PACE[event.type] ?? (event.type.startsWith("fs.") ? 1100 : 900);
  const unhurried = base / Math.min(8, Math.max(1, behind / 4));
  return hurried ? Math.min(unhurried, MOST_LAG / (behind + 1)) : unhurried;
}

export interface PulledLayer {
  /** Chain ID; while the pull runs, what docker prints of the digest. */
  readonly layer: string;
  readonly digest: string;
  readonly size: number;
  readonly state: "waiting" | "exists" | "downloaded" | "extracted";
  /** How much of it is here, 0 to 1. */
  readonly part: number;
}

/** A pull under way at a step: what the registry strip shows. */
export interface PullPicture {
  readonly reference: string;
  /** Layers of the image; those not yet in `layers` still wait. */
  readonly total: number;
  /** Bottom first, as the story names them. */
  readonly layers: readonly PulledLayer[];
  /** Nothing of it is to come. One that was seen live stays in the picture until its story goes on. */
  readonly done: boolean;
}

/** The pull that `step` is part of, as far as it has been told by then. */
export function pullAt(frames: readonly PageFrame[], step: number): PullPicture | null {
  let pull: PullPicture | null = null;
  for (const { step: at, event } of frames) {
    if (at > step) break;
    pull = pullAfter(pull, event);
  }
  return pull;
}

function pullAfter(pull: PullPicture | null, event: EngineEvent): PullPicture | null {
  if (event.type === "pull.start") return { reference: event.reference, total: event.layers, layers: [], done: false };
  if (!pull) return null;
  const others = (layer: string) => pull.layers.filter((one) => one.layer !== layer);
  switch (event.type) {
    case "layer.exists":
    case "layer.download": {
      const state = event.type === "layer.exists" ? ("exists" as const) : ("downloaded" as const);
      const layer = { layer: event.layer, digest: event.digest, size: event.size, state, part: 1 };
      return { ...pull, layers: [...others(event.layer), layer] };
    }
    case "layer.extract": {
      const digest = pull.layers.find((one) => one.layer === event.layer)?.digest ?? event.diffId;
      const extracted = { layer: event.layer, digest, size: event.size, state: "extracted" as const, part: 1 };
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

/** A pull as the worker reports it while it runs. Small steps of the bar leave the picture as it is. */
export function pullGoesOn(pull: PullPicture | null, progress: PullProgress): PullPicture {
  if (progress.kind === "start" || !pull) {
    const reference = progress.kind === "start" ? `${progress.repository.replace("library/", "")}:${progress.tag}` : "";
    return { reference, total: 0, layers: [], done: false };
  }
  const { id, status, current, total } = progress;
  const state =
    status === "Already exists"
      ? "exists"
      : status === "Pull complete"
        ? "extracted"
        : status === "Download complete" || status === "Extracting"
          ? "downloaded"
          : "waiting";
  const part = state === "waiting" ? (total > 0 ? current / total : 0) : 1;
  const old = pull.layers.find((one) => one.layer === id);
  if (old && old.state === state && Math.abs(old.part - part) < 0.04) return pull;
  const layer: PulledLayer = { layer: id, digest: `sha256:${id}`, size: Math.max(total, old?.size ?? 0), state, part };
  const layers = old ? pull.layers.map((one) => (one === old ? layer : one)) : [...pull.layers, layer];
  return { ...pull, layers, total: layers.length };
}

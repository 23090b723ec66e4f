import type { EngineEvent, EventType } from "../../../engine/event.ts";
import type { ImageId } from "../../../core/oci/digest.ts";
import type { HostState } from "../../../engine/host-state.ts";
import type { HostGeometry } from "../host-layout.ts";
import type { StackGeometry } from "../layout.ts";

/** One moment of the stage, as geometry: all that a motion may know. */
export interface Scene {
  readonly host: HostState;
  readonly stack: StackGeometry | null;
  readonly plates: HostGeometry | null;
}

/** A moment and the next, and what happened between them. */
export interface Change<T extends EventType = EventType> {
  readonly event: Extract<EngineEvent, { type: T }>;
  readonly before: Scene;
  readonly after: Scene;
}

/**
 * How one part of the picture moves. Parts carry `data-part`. "leave" is played on the picture before,
 * "enter" on the one after; only transform and opacity move, and nothing stays behind when it is over.
 */
export interface Motion {
  readonly part: string;
  readonly phase: "leave" | "enter";
  readonly keyframes: readonly { readonly transform?: string; readonly opacity?: number; readonly offset?: number }[];
  /** ms at speed 1. */
  readonly duration: number;
  readonly delay?: number;
  readonly easing?: string;
}

export type Animation<T extends EventType> = (change: Change<T>) => readonly Motion[];

export const OUT = "cubic-bezier(.2,.8,.2,1)";
/** Slow at both ends: for what goes a long way and is to be followed. */
export const SETTLE = "cubic-bezier(.4,0,.2,1)";
const IN = "cubic-bezier(.5,0,.8,.4)";

/** Parts that may move at once: more would drop frames on a machine without a GPU. */
export const MOST_PARTS = 10;

export const tilePart = (row: string, name: string): string => `tile:${row}/${name}`;
export const rowPart = (row: string): string => `row:${row}`;
export const platePart = (layer: string): string => `plate:${layer}`;
export const containerPart = (container: string): string => `container:${container}`;
export const lidPart = (name: string): string => `opaque:${name}`;
/** The name of a layer, at the left of its row. */
export const titlePart = (row: string): string => `title:${row}`;
/** The name of a column, above it. */
export const headPart = (name: string): string => `head:${name}`;
export const linePart = (name: string): string => `line:${name}`;
/** A tile of the merged view as it was. */
export const wasPart = (name: string): string => `was:${name}`;
/** The name that a layer had as a writable one. */
export const wasTitlePart = (row: string): string => `was-title:${row}`;
/** The row of an image on which a container would begin to write. */
export const NEXT = "next";
export const imagePart = (image: string): string => `image:${image}`;
export const volumePart = (volume: string): string => `volume:${volume}`;
export const bridgePart = (key: string): string => `bridge:${key}`;
export const travelPart = (key: string): string => `travel:${key}`;
export const pullPart = (layer: string): string => `pull:${layer}`;
/** What falls through the plates while a path is looked up, and what a plate answers. */
export const RAY = "ray";
export const rayPart = (row: string): string => `ray:${row}`;
/** All that ties the tiles of the columns together. */
export const LINES = "lines";
/** The amber over a row that is just now written to, or just now frozen. */
export const warmthPart = (row: string): string => `warmth:${row}`;

export const nameOf = (path: string): string => path.slice(path.lastIndexOf("/") + 1);

export const pop = (part: string, delay = 0): Motion => ({
  part,
  phase: "enter",
  keyframes: [
    { transform: "scale(.6)", opacity: 0 },
    { transform: "none", opacity: 1 },
  ],
  duration: 320,
  delay,
  easing: OUT,
});

export const pulse = (part: string): Motion => ({
  part,
  phase: "enter",
  keyframes: [{ transform: "none" }, { transform: "scale(1.06)", offset: 0.35 }, { transform: "none" }],
  duration: 420,
  easing: "ease-in-out",
});

/** It was here before: it shows itself, and stays. */
export const flash = (part: string): Motion => ({
  part,
  phase: "enter",
  keyframes: [
    { transform: "none", opacity: 1 },
    { transform: "scale(1.03)", opacity: 0.35, offset: 0.3 },
    { transform: "none", opacity: 1, offset: 0.6 },
    { transform: "none", opacity: 0.6, offset: 0.8 },
    { transform: "none", opacity: 1 },
  ],
  duration: 700,
  easing: "ease-in-out",
});

/** Comes down over what is below it, from its upper edge. */
export const fall = (part: string, delay = 0): Motion => ({
  part,
  phase: "enter",
  keyframes: [{ transform: "scaleY(0)" }, { transform: "none" }],
  duration: 520,
  delay,
  easing: SETTLE,
});

/** Comes down onto the stack, as a sheet that is laid there. */
export const land = (part: string, from = -72): Motion => ({
  part,
  phase: "enter",
  keyframes: [
    { transform: `translateY(${from}px)`, opacity: 0 },
    { transform: "none", opacity: 1 },
  ],
  duration: 520,
  easing: OUT,
});

export const slideIn = (part: string): Motion => ({
  part,
  phase: "enter",
  keyframes: [
    { transform: "translateX(64px)", opacity: 0 },
    { transform: "none", opacity: 1 },
  ],
  duration: 480,
  easing: OUT,
});

export const appear = (part: string, delay = 0): Motion => ({
  part,
  phase: "enter",
  keyframes: [{ opacity: 0 }, { opacity: 1 }],
  duration: 360,
  delay,
  easing: "ease-out",
});

/** What one saw before goes when something else stands for it. */
export const giveWay = (part: string, at: number, duration = 300): Motion => ({
  part,
  phase: "enter",
  keyframes: [{ opacity: 1 }, { opacity: 1, offset: at / (at + duration) }, { opacity: 0 }],
  duration: at + duration,
  easing: "linear",
});

export const fade = (part: string): Motion => ({
  part,
  phase: "leave",
  keyframes: [{ opacity: 1 }, { opacity: 0 }],
  duration: 300,
  easing: "ease-in",
});

export const vanish = (part: string): Motion => ({
  part,
  phase: "leave",
  keyframes: [
    { transform: "none", opacity: 1 },
    { transform: "translateY(-18px)", opacity: 0 },
  ],
  duration: 320,
  easing: IN,
});

export const shrink = (part: string): Motion => ({
  part,
  phase: "leave",
  keyframes: [
    { transform: "none", opacity: 1 },
    { transform: "scale(.7)", opacity: 0 },
  ],
  duration: 260,
  easing: IN,
});

/** Amber lights up and fades: something is written here. */
export const glow = (row: string): Motion => ({
  part: warmthPart(row),
  phase: "enter",
  keyframes: [{ opacity: 0 }, { opacity: 0.9, offset: 0.3 }, { opacity: 0 }],
  duration: 700,
  easing: "ease-out",
});

/** The row of an image's top layer. */
export function topOf(image: ImageId, { host }: Scene): string {
  return host.images.find(({ id }) => id === image)?.chain.at(-1) ?? "";
}

/** Whether the directory of that name in the writable layer hides what lies below it. */
export function isOpaque({ stack }: Scene, name: string): boolean {
  const column = stack?.columns.find((one) => one.name === name)?.column;
  const row = stack?.rows.find(({ key }) => key === "writable")?.index;
  return column?.cells.some((cell) => cell.row === row && cell.opaque) ?? false;
}

/** The sheets of `after` that `before` does not have. */
export function newTiles(change: Pick<Change, "before" | "after">, row: string): string[] {
  const has = (scene: Scene): Set<string> => {
    const index = scene.stack?.rows.find((one) => one.key === row)?.index;
    const columns = scene.stack?.columns ?? [];
    return new Set(
      columns.filter(({ column }) => column.cells.some((cell) => cell.row === index)).map(({ name }) => name),
    );
  };
  const old = has(change.before);
  return [...has(change.after)].filter((name) => !old.has(name)).slice(0, MOST_PARTS);
}

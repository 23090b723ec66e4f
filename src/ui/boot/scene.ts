import type { HostContainer, HostImage, HostLayer } from "../../engine/host-state.ts";
import type { Box } from "../stage/box.ts";
import type { Figure } from "./figures.ts";
import type { Distribution, RootEntry } from "./subject.ts";

/** What a part stands for; the words come from the dictionary, the colour from what it is. */
export type What =
  /** Words at the left of a row, or over a group. */
  | { readonly kind: "words"; readonly words: "bootfs" | "memory" | "root" | "writable" | "readOnly" | "merged" }
  | { readonly kind: "group"; readonly group: "machine" | "containers" }
  | { readonly kind: "bootfs"; readonly mounted: boolean }
  | { readonly kind: "loader"; readonly figure: Figure }
  | { readonly kind: "kernel-file"; readonly figure: Figure }
  | { readonly kind: "memory" }
  /** From the kernel's file into memory. */
  | { readonly kind: "flow" }
  | {
      readonly kind: "kernel";
      readonly release: string;
      readonly figure: Figure | null;
      readonly of: "host" | "machine";
    }
  /** Where the root file system will be. */
  | { readonly kind: "place" }
  | { readonly kind: "rootfs"; readonly image: HostImage | null }
  | { readonly kind: "remount" }
  | { readonly kind: "entry"; readonly entry: RootEntry }
  | { readonly kind: "more"; readonly count: number }
  | {
      readonly kind: "sheet";
      readonly layers: readonly HostLayer[];
      readonly size: number;
      readonly form: "plate" | "column" | "bar";
    }
  | { readonly kind: "writable"; readonly container: HostContainer | null }
  | { readonly kind: "merged" }
  /** No image is here: what to do about it. */
  | { readonly kind: "pull" }
  | { readonly kind: "disk"; readonly part: "base" | "system" | "kernel" | "boot"; readonly figure: Figure }
  | { readonly kind: "disk-key"; readonly part: "base" | "system" | "kernel" | "boot"; readonly figure: Figure }
  | { readonly kind: "bar-name"; readonly image: HostImage | null }
  | { readonly kind: "bar-size"; readonly size: number; readonly image: HostImage | null }
  | { readonly kind: "tick"; readonly size: number }
  | { readonly kind: "others"; readonly count: number }
  | { readonly kind: "machine-root"; readonly figure: Figure }
  | { readonly kind: "hypervisor" }
  | { readonly kind: "absent"; readonly distribution: Distribution }
  | { readonly kind: "ask"; readonly distribution: Distribution }
  | { readonly kind: "machine-answer"; readonly release: string }
  | { readonly kind: "line"; readonly image: HostImage | null };

export interface Part extends Box {
  readonly id: string;
  readonly what: What;
  /** 0 to 1; below 1 for what is let go but still shown. */
  readonly opacity: number;
  /** Where it comes from when it was not there before, and where it goes when it will not be there any more. */
  readonly from: Box;
}

export interface Scene {
  readonly width: number;
  readonly height: number;
  readonly parts: readonly Part[];
}

const box = ({ x, y, width, height }: Box): Box => ({ x, y, width, height });

/** A part that appears where it is. `more` says from where it comes instead, or how clear it is. */
export function part(
  id: string,
  at: Box,
  what: What,
  more: { readonly from?: Box; readonly opacity?: number } = {},
): Part {
  return { id, what, ...box(at), opacity: more.opacity ?? 1, from: box(more.from ?? at) };
}

/**
 * How clear a part is that is there only at the end of the way. What comes from somewhere is seen on its way; what
 * appears where it stands waits until what was there has gone.
 */
function clearness({ from, ...to }: Part, t: number): number {
  const travels = from.x !== to.x || from.y !== to.y || from.width !== to.width || from.height !== to.height;
  return to.opacity * Math.min(1, Math.max(0, travels ? 3 * t : 2 * t - 1));
}

const mix = (a: number, b: number, t: number): number => a + (b - a) * t;
const mixBox = (a: Box, b: Box, t: number): Box => ({
  x: mix(a.x, b.x, t),
  y: mix(a.y, b.y, t),
  width: mix(a.width, b.width, t),
  height: mix(a.height, b.height, t),
});

/**
 * The picture between two stages, `t` from 0 (before) to 1 (after). It depends on nothing else: the way back is
 * the same picture with the stages exchanged and 1 - t.
 */
export function between(before: Scene, after: Scene, t: number): Scene {
  if (t <= 0) return before;
  if (t >= 1) return after;
  const old = new Map(before.parts.map((one) => [one.id, one]));
  const kept = new Set(after.parts.map((one) => one.id));
  const going = before.parts
    .filter(({ id }) => !kept.has(id))
    .map((one) => ({ ...one, ...mixBox(one, one.from, t), opacity: clearness(one, 1 - t) }));
  const staying = after.parts.map((one) => {
    const was = old.get(one.id);
    if (!was) return { ...one, ...mixBox(one.from, one, t), opacity: clearness(one, t) };
    return {
      ...one,
      what: t < 0.5 ? was.what : one.what,
      ...mixBox(was, one, t),
      opacity: mix(was.opacity, one.opacity, t),
    };
  });
  return {
    width: mix(before.width, after.width, t),
    height: mix(before.height, after.height, t),
    parts: [...going, ...staying],
  };
}

/** The things of the story; what only names or counts them is not marked. */
const MARKED: ReadonlySet<What["kind"]> = new Set(["bootfs", "kernel", "rootfs", "sheet", "writable", "merged"]);

/** What a still picture marks: things that are new, or no longer what they were. That some moved aside says nothing. */
export function changedParts(before: Scene, after: Scene): ReadonlySet<string> {
  const old = new Map(before.parts.map((one) => [one.id, one]));
  const changed = ({ id, what }: Part): boolean => {
    if (!MARKED.has(what.kind)) return false;
    const was = old.get(id)?.what;
    return !was || (was.kind === "bootfs" && what.kind === "bootfs" && was.mounted !== what.mounted);
  };
  return new Set(after.parts.filter(changed).map(({ id }) => id));
}

import { easingOf } from "./easing.ts";
import type { Motion } from "./motion.ts";

/** What a motion does to a part, beside what the part is at rest. */
export interface Style {
  readonly transform?: string;
  readonly opacity?: number;
}

/** A place in the motions between two moments: the picture that is drawn, and how long its phase has been going on. */
export interface Place {
  readonly phase: Motion["phase"];
  /** ms at speed 1, since the phase began. */
  readonly time: number;
}

/** The motions between two moments, held at a position. */
export interface Held extends Place {
  /** Parts that are not at rest. */
  readonly styles: ReadonlyMap<string, Style>;
}

const endOf = ({ delay = 0, duration }: Motion): number => delay + duration;

/** How long a phase takes, in ms at speed 1. */
function lengthOf(motions: readonly Motion[], phase: Motion["phase"]): number {
  return Math.max(0, ...motions.filter((motion) => motion.phase === phase).map(endOf));
}

/** `position` from 0, the moment before, to 1, the moment after. Leaving comes first, then entering. */
export function placeAt(motions: readonly Motion[], position: number): Place {
  const [leave, enter] = [lengthOf(motions, "leave"), lengthOf(motions, "enter")];
  const time = Math.min(1, Math.max(0, position)) * (leave + enter);
  if (position <= 0 || time < leave) return { phase: "leave", time };
  // Where nothing moves, the moment after follows at once.
  return { phase: "enter", time: time - leave };
}

/** The other way round: where a phase has got to. */
export function positionAt(motions: readonly Motion[], { phase, time }: Place): number {
  const [leave, enter] = [lengthOf(motions, "leave"), lengthOf(motions, "enter")];
  if (leave + enter === 0) return 1;
  return Math.min(1, (phase === "leave" ? Math.min(time, leave) : leave + time) / (leave + enter));
}

/**
 * What is drawn at a position: a function of the motions and the position alone, as the browser would
 * show them while they play. At 0 and at 1 nothing is moved.
 */
export function motionAt(motions: readonly Motion[], position: number): Held {
  const place = placeAt(motions, position);
  const styles = new Map<string, Style>();
  if (position > 0 && position < 1)
    for (const motion of motions) {
      if (motion.phase !== place.phase) continue;
      const style = styleAt(motion, place.time);
      if (style) styles.set(motion.part, { ...styles.get(motion.part), ...style });
    }
  return { ...place, styles };
}

/** Null while the part is at rest: what enters is hidden before its turn, and stays as it is drawn after it. */
function styleAt(motion: Motion, time: number): Style | null {
  const { phase, delay = 0, duration, keyframes, easing = "ease" } = motion;
  if (phase === "leave" ? time < delay : time >= delay + duration) return null;
  const done = Math.min(1, Math.max(0, (time - delay) / duration));
  const progress = easingOf(easing)(done);
  const last = keyframes.length - 1;
  const offsets = keyframes.map(({ offset }, index) => offset ?? (last === 0 ? 1 : index / last));
  const next = offsets.findIndex((offset, index) => index > 0 && progress <= offset);
  const to = next === -1 ? last : next;
  const [start, end] = [offsets[to - 1] ?? 0, offsets[to] ?? 1];
  const part = end === start ? 1 : (progress - start) / (end - start);
  const [a, b] = [keyframes[to - 1] ?? {}, keyframes[to] ?? {}];
  return {
    ...(a.transform !== undefined && b.transform !== undefined
      ? { transform: transformBetween(a.transform, b.transform, part) }
      : {}),
    ...(a.opacity !== undefined && b.opacity !== undefined ? { opacity: between(a.opacity, b.opacity, part) } : {}),
  };
}

const between = (a: number, b: number, part: number): number => a + (b - a) * part;

/** Between two of one function, as `translate(3px, 4px)`, or one and "none": all that motions use. */
function transformBetween(a: string, b: string, part: number): string {
  const [from, to] = [parsed(a), parsed(b)];
  const name = from?.name ?? to?.name;
  if (name === undefined) return "none";
  if (from && to && from.name !== to.name) throw new RangeError(`nothing lies between ${a} and ${b}`);
  const neutral = name.startsWith("scale") ? 1 : 0;
  const count = Math.max(from?.values.length ?? 0, to?.values.length ?? 0);
  const unit = neutral === 1 ? "" : "px";
  const values = Array.from({ length: count }, (_, n) =>
    between(from?.values[n] ?? neutral, to?.values[n] ?? neutral, part),
  );
  return `${name}(${values.map((value) => `${value}${unit}`).join(", ")})`;
}

function parsed(transform: string): { name: string; values: readonly number[] } | null {
  if (transform === "none") return null;
  const [, name, values] = /^(\w+)\((.*)\)$/.exec(transform) ?? [];
  if (name === undefined || values === undefined) throw new RangeError(`no transform of one function: ${transform}`);
  return { name, values: values.split(",").map(Number.parseFloat) };
}

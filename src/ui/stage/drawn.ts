import { type Shown, onTheWay } from "../../state/story.ts";
import { motionsOf, touchedBy } from "./animations/index.ts";
import type { Motion, Scene } from "./animations/motion.ts";
import { type Held, type Place, motionAt, placeAt } from "./animations/position.ts";

export { positionAt } from "./animations/position.ts";

/** What is drawn now, and the parts that the step it shows has touched (the marks of a still frame). */
export interface Staged {
  readonly shown: Shown;
  readonly touched: ReadonlySet<string>;
  /** What the marks are about: what the step is going to take away, or what it has made. */
  readonly marks?: "before" | "after";
}

/** A picture, and what moves on it. */
export interface Drawn extends Staged {
  /** Plays from a place of the motions between two moments. */
  readonly play?: { readonly before: Shown; readonly motions: readonly Motion[]; readonly from: Place };
  /** Rests there instead. */
  readonly held?: Held;
  /** Drawn when what leaves has left, or a still frame has been seen. */
  readonly next?: Drawn;
}

const untouched: ReadonlySet<string> = new Set();

/** What is drawn for a moment: at rest, on the way to it, or going on from there. */
export function drawnOf(shown: Shown, sceneOf: (shown: Shown) => Scene, still: boolean): Drawn {
  const { event, way } = shown;
  const arrived: Drawn = { shown, touched: untouched };
  if (!event || !way) return arrived;
  const { before, position } = way;
  const change = { event, before: sceneOf(before), after: sceneOf(shown) };
  if (still) {
    const leaving = touchedBy(change, "leave");
    const after: Drawn = { shown, touched: touchedBy(change, "enter"), marks: "after" };
    if (leaving.size === 0 || position >= 0.5) return after;
    return { shown: before, touched: leaving, marks: "before", ...(!onTheWay(shown) && { next: after }) };
  }
  const motions = motionsOf(change);
  if (onTheWay(shown)) {
    const held = motionAt(motions, position);
    return { shown: held.phase === "leave" ? before : shown, touched: untouched, held };
  }
  const from = placeAt(motions, position);
  const enter: Place = from.phase === "enter" ? from : { phase: "enter", time: 0 };
  const entering: Drawn = { ...arrived, play: { before, motions, from: enter } };
  const leaves = from.phase === "leave" && motions.some(({ phase }) => phase === "leave");
  return leaves ? { shown: before, touched: untouched, play: { before, motions, from }, next: entering } : entering;
}

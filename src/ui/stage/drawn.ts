import { type Shown, onTheWay } from "../../state/story.ts";
import { motionsOf } from "./animations/index.ts";
import type { Motion, Scene } from "./animations/motion.ts";
import { type Held, type Place, motionAt, placeAt } from "./animations/position.ts";

/** What is drawn now, and the parts that the step it shows has touched (the marks of a still frame). */
export interface Staged {
  readonly shown: Shown;
  readonly touched: ReadonlySet<string>;
}

/** A picture, and what moves on it. */
export interface Drawn extends Staged {
  /** Plays from a place of the motions between two moments. */
  readonly play?: { readonly before: Shown; readonly motions: readonly Motion[]; readonly from: Place };
  /** Rests there instead. */
  readonly held?: Held;
  /** Drawn when what leaves has left. */
  readonly next?: Drawn;
}

export const untouched: ReadonlySet<string> = new Set();

/** What is drawn for a moment: at rest, on the way to it, or going on from there. */
export function drawnOf(shown: Shown, sceneOf: (shown: Shown) => Scene, still: boolean): Drawn {
  const { event, way } = shown;
  const arrived: Drawn = { shown, touched: untouched };
  if (!event || !way) return arrived;
  const { before, position } = way;
  const motions = motionsOf({ event, before: sceneOf(before), after: sceneOf(shown) });
  if (still) {
    const entering = motions.filter(({ phase }) => phase === "enter");
    return { shown, touched: new Set(entering.map(({ part }) => part)) };
  }
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

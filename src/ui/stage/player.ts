import { useEffect, useLayoutEffect, useRef, useState } from "react";
import { type Shown, type Way, onTheWay } from "../../state/story.ts";
import { useAppStore } from "../context.ts";
import type { Scene } from "./animations/motion.ts";
import type { Drawn, Staged } from "./drawn.ts";
import "./marks.css";

// The first picture stands still: what moves comes right behind it. Without it there is no motion.
let moves: typeof import("./drawn.ts") | null = null;
void import("./drawn.ts").then(
  (module) => {
    moves = module;
  },
  () => undefined,
);

const untouched: ReadonlySet<string> = new Set();

/** How long a still frame of what goes is seen before the one of what has come, in ms at speed 1. */
const STILL_FRAME = 500;

interface PlayerOptions {
  readonly root: React.RefObject<HTMLElement | null>;
  /** The geometry of a moment, at the size the stage has. */
  readonly sceneOf: (shown: Shown) => Scene;
  readonly still: boolean;
  readonly speed: number;
}

/**
 * Draws `shown`, a moment late when something has to leave the picture first. Each new moment ends
 * the motion towards the one before it, so a seek never leaves anything half-way; a picture on the
 * way between two moments depends on them and the position alone.
 */
export function useStaged(shown: Shown, options: PlayerOptions): Staged {
  const store = useAppStore();
  const { sceneOf, still } = options;
  const [staged, setStaged] = useState<Drawn>({ shown, touched: untouched });
  const latest = useRef(options);
  useLayoutEffect(() => {
    latest.current = options;
  });
  const told = useRef<Shown | null>(shown.way ? null : shown);
  const moving = useRef<() => Way | null>(() => null);
  useEffect(() => store.watchMotion(() => moving.current()), [store]);
  const resting = onTheWay(shown);
  // A picture that rests half-way is drawn anew when the stage has another size.
  const size = resting ? sceneOf : null;

  useLayoutEffect(() => {
    if (told.current === shown && !resting) return;
    told.current = shown;
    setStaged(moves ? moves.drawnOf(shown, latest.current.sceneOf, still) : { shown, touched: untouched });
  }, [shown, resting, size, still]);

  useLayoutEffect(() => {
    const { play, held, next, marks } = staged;
    const { root, speed } = latest.current;
    if (marks && root.current) root.current.dataset["marks"] = marks;
    const seen = next && !play ? setTimeout(() => setStaged(next), STILL_FRAME / speed) : undefined;
    const started: Animation[] = [];
    const animate = (name: string, keyframes: object[], timing: KeyframeAnimationOptions): Animation | null => {
      const part = root.current?.querySelector<HTMLElement>(`[data-part="${CSS.escape(name)}"]`);
      const animation = part?.animate(keyframes as Keyframe[], timing) ?? null;
      if (animation) started.push(animation);
      return animation;
    };
    for (const [part, style] of held?.styles ?? [])
      animate(part, [style, style], { duration: 1, fill: "both" })?.pause();
    if (play) {
      const { before, motions, from } = play;
      for (const motion of motions) {
        if (motion.phase !== from.phase) continue;
        const animation = animate(motion.part, [...motion.keyframes], {
          duration: motion.duration,
          delay: motion.delay ?? 0,
          easing: motion.easing ?? "ease",
          fill: motion.phase === "leave" ? "forwards" : "backwards",
        });
        if (!animation) continue;
        if (from.time > 0) animation.currentTime = from.time;
        animation.playbackRate = speed;
      }
      let over = false;
      moving.current = () => {
        if (over || !moves) return null;
        const time = Math.max(from.time, ...started.map((animation) => Number(animation.currentTime ?? 0)));
        return {
          before: { ...before, manner: "still", way: null },
          position: moves.positionAt(motions, { phase: from.phase, time }),
        };
      };
      Promise.all(started.map((animation) => animation.finished)).then(
        () => {
          if (next && !over) setStaged(next);
          over = true;
        },
        () => undefined,
      );
    }
    return () => {
      clearTimeout(seen);
      delete root.current?.dataset["marks"];
      moving.current = () => null;
      for (const animation of started) animation.cancel();
    };
  }, [staged]);

  return staged;
}

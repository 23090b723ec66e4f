import { useEffect, useLayoutEffect, useRef, useState } from "react";
import type { Shown } from "../../state/story.ts";
import { motionsOf } from "./animations/index.ts";
import type { Motion, Scene } from "./animations/motion.ts";

/** What is drawn now, and the parts that the step it shows has touched (the marks of a still frame). */
export interface Staged {
  readonly shown: Shown;
  readonly touched: ReadonlySet<string>;
}

interface PlayerOptions {
  readonly root: React.RefObject<HTMLElement | null>;
  /** The geometry of a moment, at the size the stage has. */
  readonly sceneOf: (shown: Shown) => Scene;
  readonly still: boolean;
  readonly speed: number;
}

/**
 * Draws `shown`, a moment late when something has to leave the picture first. Each new moment ends
 * the motion towards the one before it, so a seek never leaves anything half-way.
 */
export function useStaged(shown: Shown, options: PlayerOptions): Staged {
  const [staged, setStaged] = useState<Staged & { enter: readonly Motion[] }>({
    shown,
    touched: new Set(),
    enter: [],
  });
  const running = useRef<Animation[]>([]);
  const latest = useRef(options);
  useEffect(() => {
    latest.current = options;
  });
  const drawn = useRef(shown);

  const play = (motions: readonly Motion[]): Promise<unknown> => {
    const { root, speed } = latest.current;
    const started = motions.flatMap((motion) => {
      const part = root.current?.querySelector<HTMLElement>(`[data-part="${CSS.escape(motion.part)}"]`);
      if (!part) return [];
      const animation = part.animate(motion.keyframes as Keyframe[], {
        duration: motion.duration,
        delay: motion.delay ?? 0,
        easing: motion.easing ?? "ease",
        fill: motion.phase === "leave" ? "forwards" : "backwards",
      });
      animation.playbackRate = speed;
      return [animation];
    });
    running.current.push(...started);
    return Promise.all(started.map((animation) => animation.finished));
  };

  useLayoutEffect(() => {
    for (const animation of running.current) animation.cancel();
    running.current = [];
    const before = drawn.current;
    const draw = (enter: readonly Motion[], touched: readonly Motion[]): void => {
      drawn.current = shown;
      setStaged({ shown, enter, touched: new Set(touched.map((motion) => motion.part)) });
    };
    const { sceneOf, still } = latest.current;
    if (shown === before) return;
    if (!shown.event) return draw([], []);
    const sameStep = shown.step === before.step;
    const change = { event: shown.event, before: sceneOf(before), after: sceneOf(shown) };
    const motions = motionsOf(change);
    const leaving = motions.filter((motion) => motion.phase === "leave");
    const entering = motions.filter((motion) => motion.phase === "enter");
    if (shown.manner === "still" || still || sameStep) return draw([], still && !sameStep ? entering : []);
    if (leaving.length === 0) return draw(entering, []);
    let superseded = false;
    play(leaving).then(
      () => !superseded && draw(entering, []),
      () => undefined,
    );
    return () => {
      superseded = true;
      drawn.current = before;
    };
    // `play` reads only refs.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [shown]);

  useLayoutEffect(() => {
    for (const animation of running.current) animation.cancel();
    running.current = [];
    play(staged.enter).catch(() => undefined);
    // oxlint-disable-next-line react/exhaustive-deps
  }, [staged]);

  return staged;
}

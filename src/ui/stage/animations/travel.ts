import { type Travel, travelsOf } from "../travel.ts";
import { type Change, type Motion, travelPart } from "./motion.ts";

const PACE = 0.75;

/** The files of an event go their ways: as fast as it takes to follow them with the eye. */
export function travelMotions({ event, after }: Pick<Change, "event" | "after">): Motion[] {
  return travelsOf(event, after.stack).map(travelMotion);
}

function travelMotion({ key, points, delay }: Travel): Motion {
  const end = points.at(-1) ?? { x: 0, y: 0 };
  const lengths = points.map((point, index) => {
    const before = points[index - 1] ?? point;
    return Math.hypot(point.x - before.x, point.y - before.y);
  });
  const whole = Math.max(
    1,
    lengths.reduce((sum, length) => sum + length, 0),
  );
  let gone = 0;
  const keyframes = points.map((point, index) => {
    gone += lengths[index] ?? 0;
    const last = index === points.length - 1;
    return {
      transform: last ? "none" : `translate(${point.x - end.x}px, ${point.y - end.y}px)`,
      opacity: last ? 0 : 1,
      offset: last ? 1 : Math.min(0.999, gone / whole),
    };
  });
  const duration = Math.round(Math.min(1100, Math.max(420, whole / PACE)));
  return { part: travelPart(key), phase: "enter", keyframes, duration, delay, easing: "ease-in-out" };
}

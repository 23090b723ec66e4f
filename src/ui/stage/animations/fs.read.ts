import { lookupRay } from "../lookup.ts";
import { type Animation, RAY, nameOf, pop, pulse, rayPart, tilePart } from "./motion.ts";

/** px in a ms: as fast as it takes to see where it passes. */
const PACE = 0.5;
/** ms: it has ended before the next step is told (`dwell`). */
const [LEAST, MOST] = [360, 700];

/** A ray falls through the plates; each says what it has when the ray is there, and the last one stops it. */
export const fsRead: Animation<"fs.read"> = ({ event, after }) => {
  const ray = after.stack && lookupRay(event, after.stack);
  const end = event.answers.at(-1);
  if (!ray || !end) return [pulse(tilePart("merged", nameOf(event.path)))];
  const { top, bottom, marks } = ray;
  const duration = Math.round(Math.min(MOST, Math.max(LEAST, (bottom - top) / PACE)));
  const reaches = (y: number): number => Math.round((duration * (y - top)) / Math.max(1, bottom - top));
  const found = pulse(tilePart(end.layer, nameOf(event.path)));
  return [
    {
      part: RAY,
      phase: "enter",
      keyframes: [{ transform: "scaleY(0)" }, { transform: "none" }],
      duration,
      easing: "linear",
    },
    ...marks.map(({ layer, y }) => pop(rayPart(layer), reaches(y))),
    ...(end.answer === "nothing" ? [] : [{ ...found, delay: duration }]),
  ];
};

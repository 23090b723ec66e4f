import { type Animation, containerPart, land, platePart, pulse, rowPart, slideIn } from "./motion.ts";

/** The base answers, and an empty amber sheet slides in on it. */
export const buildFrom: Animation<"build.from"> = ({ event }) => [
  ...(event.layer ? [pulse(platePart(event.layer))] : []),
  slideIn(rowPart("writable")),
  land(containerPart(event.container), -40),
];

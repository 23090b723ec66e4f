import { type Animation, containerPart, land, platePart, pulse, rowPart } from "./motion.ts";

/** The layer that is here already answers, and lies down on the others: it is the same one. */
export const buildCached: Animation<"build.cached"> = ({ event }) => [
  land(rowPart(event.layer), -28),
  pulse(platePart(event.layer)),
  pulse(containerPart(event.container)),
];

import { type Animation, containerPart, nameOf, pop, pulse, rowPart, tilePart } from "./motion.ts";
import { travelMotions } from "./travel.ts";

/** A file leaves the merged view for the host, or comes down from there into it. */
export const containerCopy: Animation<"container.copy"> = ({ event, after }) => [
  ...travelMotions({ event, after }),
  event.direction === "in" ? pop(tilePart("merged", nameOf(event.path)), 360) : pulse(rowPart("merged")),
  pulse(containerPart(event.container)),
];

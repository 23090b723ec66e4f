import { type Animation, containerPart, pop, pulse, rowPart, tilePart } from "./motion.ts";
import { copiedName } from "../travel.ts";
import { travelMotions } from "./travel.ts";

/** A file leaves the merged view for the host, or comes down from there into it. */
export const containerCopy: Animation<"container.copy"> = ({ event, after }) => [
  ...travelMotions({ event, after }),
  event.direction === "in" ? pop(tilePart("merged", copiedName(event)), 360) : pulse(rowPart("merged")),
  pulse(containerPart(event.container)),
];

import { type Animation, containerPart, land, rowPart, slideIn } from "./motion.ts";

/** An empty amber sheet slides in on top. */
export const containerCreate: Animation<"container.create"> = ({ event }) => [
  slideIn(rowPart("writable")),
  land(containerPart(event.container), -40),
];

import { type Animation, appear, containerPart, land, rowPart, slideIn } from "./motion.ts";

/** An empty amber sheet slides in on top, and below it what dockerd puts there for /etc/hosts and the like. */
export const containerCreate: Animation<"container.create"> = ({ event }) => [
  slideIn(rowPart("writable")),
  appear(rowPart("init"), 240),
  land(containerPart(event.container), -40),
];

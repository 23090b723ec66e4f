import { type Animation, containerPart, glow, pulse } from "./motion.ts";

export const containerStart: Animation<"container.start"> = ({ event }) => [
  glow("writable"),
  pulse(containerPart(event.container)),
];

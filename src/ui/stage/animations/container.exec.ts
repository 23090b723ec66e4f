import { type Animation, containerPart, glow, pulse } from "./motion.ts";

export const containerExec: Animation<"container.exec"> = ({ event }) => [
  glow("writable"),
  pulse(containerPart(event.container)),
];

import { type Animation, containerPart, glow, pulse } from "./motion.ts";

/** The empty sheet lights up: this instruction writes here. */
export const buildStep: Animation<"build.step"> = ({ event }) => [
  glow("writable"),
  pulse(containerPart(event.container)),
];

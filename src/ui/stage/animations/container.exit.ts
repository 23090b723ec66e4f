import { type Animation, containerPart, rowPart } from "./motion.ts";

/** The sheet dims and stays: the container has stopped, its files are still there. */
export const containerExit: Animation<"container.exit"> = ({ event }) =>
  [rowPart("writable"), containerPart(event.container)].map((part) => ({
    part,
    phase: "enter",
    keyframes: [{ opacity: 1 }, { opacity: 0.45, offset: 0.5 }, { opacity: 1 }],
    duration: 620,
    easing: "ease-in-out",
  }));

import { type Animation, containerPart, rowPart, vanish } from "./motion.ts";

/** The writable layer goes; nothing else moves. */
export const containerRemove: Animation<"container.remove"> = ({ event }) => [
  vanish(rowPart("writable")),
  vanish(containerPart(event.container)),
];

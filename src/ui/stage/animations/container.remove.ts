import { type Animation, containerPart, fade, rowPart, vanish } from "./motion.ts";

/** The writable layer goes; the layers it stood on stay. */
export const containerRemove: Animation<"container.remove"> = ({ event }) => [
  vanish(rowPart("writable")),
  fade(rowPart("init")),
  vanish(containerPart(event.container)),
];

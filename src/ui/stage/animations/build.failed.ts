import { type Animation, containerPart, rowPart, vanish } from "./motion.ts";

/** What was written is thrown away; the layers below stay. */
export const buildFailed: Animation<"build.failed"> = ({ event }) => [
  vanish(rowPart("writable")),
  vanish(containerPart(event.container)),
];

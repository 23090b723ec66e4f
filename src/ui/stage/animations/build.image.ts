import { type Animation, containerPart, imagePart, rowPart, slideIn, vanish } from "./motion.ts";

/** The empty sheet goes; what lies below gets its name. */
export const buildImage: Animation<"build.image"> = ({ event, before }) => [
  vanish(rowPart("writable")),
  ...before.host.containers.filter(({ building }) => building !== null).map(({ id }) => vanish(containerPart(id))),
  slideIn(imagePart(event.image)),
];

import { type Animation, imagePart, vanish } from "./motion.ts";

export const imageDelete: Animation<"image.delete"> = ({ event }) => [vanish(imagePart(event.image))];

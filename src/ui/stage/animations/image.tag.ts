import { type Animation, imagePart, slideIn } from "./motion.ts";

export const imageTag: Animation<"image.tag"> = ({ event }) => [slideIn(imagePart(event.image))];

import { type Animation, imagePart, pulse } from "./motion.ts";

export const imageUntag: Animation<"image.untag"> = ({ event }) => [pulse(imagePart(event.image))];

import { type Animation, appear, imagePart, pulse, titlePart, topOf } from "./motion.ts";

/** A name goes; the layers stay as they are. */
export const imageUntag: Animation<"image.untag"> = ({ event, after }) => [
  pulse(imagePart(event.image)),
  appear(titlePart(topOf(event.image, after))),
];

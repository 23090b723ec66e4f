import { type Animation, appear, imagePart, slideIn, topOf, titlePart } from "./motion.ts";

/** A name comes to stand beside the others; where it is the layer's, it appears there. */
export const imageTag: Animation<"image.tag"> = ({ event, after }) => [
  slideIn(imagePart(event.image)),
  appear(titlePart(topOf(event.image, after))),
];

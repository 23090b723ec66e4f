import { type Animation, appear, imagePart, land, platePart, rowPart, slideIn } from "./motion.ts";

/** One sheet comes down, of whatever was in the tar; what one sees of it is all there is. */
export const imageImport: Animation<"image.import"> = ({ event }) => [
  land(rowPart(event.layer)),
  land(platePart(event.layer)),
  appear(rowPart("merged"), 420),
  slideIn(imagePart(event.image)),
];

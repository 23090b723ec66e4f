import { type Animation, imagePart, land, platePart, rowPart, slideIn } from "./motion.ts";

export const imageImport: Animation<"image.import"> = ({ event }) => [
  land(rowPart(event.layer)),
  land(platePart(event.layer)),
  slideIn(imagePart(event.image)),
];

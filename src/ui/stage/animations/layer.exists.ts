import { type Animation, flash, platePart, rowPart } from "./motion.ts";

/** The plate that is here already answers, and stays: it is the same one. */
export const layerExists: Animation<"layer.exists"> = ({ event }) => [
  flash(rowPart(event.layer)),
  flash(platePart(event.layer)),
];

import { type Animation, land, platePart, rowPart } from "./motion.ts";

/** The sheet comes down onto the stack. */
export const layerExtract: Animation<"layer.extract"> = ({ event }) => [
  land(rowPart(event.layer)),
  land(platePart(event.layer)),
];

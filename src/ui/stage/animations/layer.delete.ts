import { type Animation, platePart, rowPart, vanish } from "./motion.ts";

/** A sheet nobody stands on is lifted away. */
export const layerDelete: Animation<"layer.delete"> = ({ event }) => [
  vanish(rowPart(event.layer)),
  vanish(platePart(event.layer)),
];

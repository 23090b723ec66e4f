import { type Animation, platePart, pullPart, pulse } from "./motion.ts";

/** The plate that is here already answers: it is the same one. */
export const layerExists: Animation<"layer.exists"> = ({ event }) => [
  pulse(pullPart(event.layer)),
  pulse(platePart(event.layer)),
];

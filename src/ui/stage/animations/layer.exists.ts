import { plateWith } from "../host-layout.ts";
import { type Animation, flash, platePart, rowPart } from "./motion.ts";

/** The plate that is here already answers, and stays: it is the same one. */
export const layerExists: Animation<"layer.exists"> = ({ event, after }) => [
  flash(rowPart(event.layer)),
  flash(platePart(plateWith(after.plates, event.layer))),
];

import { type Animation, land, volumePart } from "./motion.ts";

/** It is put on the shelf: outside the layers, from where nobody has touched them. */
export const volumeCreate: Animation<"volume.create"> = ({ event }) => [land(volumePart(event.volume), -40)];

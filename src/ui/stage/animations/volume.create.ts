import { type Animation, slideIn, volumePart } from "./motion.ts";

/** A volume comes in from the side: it stands beside the stack, not in it. */
export const volumeCreate: Animation<"volume.create"> = ({ event }) => [slideIn(volumePart(event.volume))];

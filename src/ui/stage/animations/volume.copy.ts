import { type Animation, pulse, volumePart } from "./motion.ts";

export const volumeCopy: Animation<"volume.copy"> = ({ event }) => [pulse(volumePart(event.volume))];

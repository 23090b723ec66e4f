import { type Animation, vanish, volumePart } from "./motion.ts";

export const volumeRemove: Animation<"volume.remove"> = ({ event }) => [vanish(volumePart(event.volume))];

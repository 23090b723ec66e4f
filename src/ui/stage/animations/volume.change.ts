import { type Animation, pulse, volumePart } from "./motion.ts";

/** The volume moves, the writable layer does not. */
export const volumeChange: Animation<"volume.change"> = ({ event }) => [pulse(volumePart(event.volume ?? "tmpfs"))];

import { thingsOf } from "../travel.ts";
import { type Animation, pulse, volumePart } from "./motion.ts";
import { travelMotions } from "./travel.ts";

/** Files go from the layer that has them over the bridge into the volume; the layer keeps its own. */
export const volumeCopy: Animation<"volume.copy"> = ({ event, after }) => [
  ...travelMotions({ event, after }),
  ...thingsOf(event, after.stack).map(({ thing }) => ({ ...pulse(volumePart(thing.key)), delay: 700 })),
  pulse(volumePart(event.volume)),
];

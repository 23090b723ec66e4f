import { thingsOf } from "../travel.ts";
import { type Animation, nameOf, pop, pulse, shrink, tilePart, volumePart } from "./motion.ts";
import { travelMotions } from "./travel.ts";

/** What is written goes over the bridge into the volume: the writable layer stays dark. */
export const volumeChange: Animation<"volume.change"> = ({ event, after }) => {
  const tile = tilePart("merged", nameOf(event.path));
  const seen = { created: pop(tile), written: pulse(tile), attributes: pulse(tile), removed: shrink(tile) };
  const keys = thingsOf(event, after.stack).map(({ thing }) => thing.key);
  return [
    ...(event.count > 1 ? [] : [seen[event.change]]),
    ...travelMotions({ event, after }),
    ...keys.map((key) => ({ ...pulse(volumePart(key)), delay: event.change === "removed" ? 0 : 500 })),
    ...(event.volume === null ? [] : [pulse(volumePart(event.volume))]),
  ];
};

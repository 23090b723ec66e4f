import { freezing } from "./freezing.ts";
import { type Animation, appear, bridgePart, fade, imagePart } from "./motion.ts";

const MOST_BRIDGES = 4;

/** Amber cools into the colour of a new layer, a lock closes, a name appears. */
export const containerCommit: Animation<"container.commit"> = ({ event, before, after }) => {
  const { layer } = event;
  // What is mounted is let go of first: it stays where it is, and no layer gets it.
  const released = (before.stack?.outside.bridges ?? []).slice(0, MOST_BRIDGES).map(({ key }) => fade(bridgePart(key)));
  if (layer === null) return [...released, appear(imagePart(event.image))];
  return [...released, ...freezing(layer, before, after), appear(imagePart(event.image), 300)];
};

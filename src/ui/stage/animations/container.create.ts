import { type Animation, appear, bridgePart, containerPart, land, rowPart, slideIn, volumePart } from "./motion.ts";

const MOST_THINGS = 4;

/** An empty amber sheet slides in on top; what is mounted comes to stand beside the stack, and is joined to it. */
export const containerCreate: Animation<"container.create"> = ({ event, after }) => [
  slideIn(rowPart("writable")),
  land(containerPart(event.container), -40),
  ...(after.stack?.outside.boxes ?? [])
    .slice(0, MOST_THINGS)
    .flatMap(({ thing: { key } }) => [slideIn(volumePart(key)), appear(bridgePart(key), 420)]),
];

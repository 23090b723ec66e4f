import { freezing } from "./freezing.ts";
import { type Animation, containerPart, pulse, rowPart, slideIn } from "./motion.ts";

/** Amber cools into a new layer, and a fresh amber sheet slides in above it. */
export const buildLayer: Animation<"build.layer"> = ({ event, before, after }) => [
  ...freezing(event.layer, before, after),
  { ...slideIn(rowPart("writable")), delay: 420 },
  { ...pulse(containerPart(event.container)), delay: 420 },
];

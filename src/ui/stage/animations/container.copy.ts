import { type Animation, containerPart, pulse } from "./motion.ts";

export const containerCopy: Animation<"container.copy"> = ({ event }) => [pulse(containerPart(event.container))];

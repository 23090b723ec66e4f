import { type Animation, containerPart, pulse } from "./motion.ts";

/** No sheet moves: it is only written down. */
export const buildConfig: Animation<"build.config"> = ({ event }) => [pulse(containerPart(event.container))];

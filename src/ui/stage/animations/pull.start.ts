import { type Animation, appear } from "./motion.ts";

/** The registry's strip opens: what is to come is known. */
export const pullStart: Animation<"pull.start"> = () => [appear("pull")];

import { type Animation, nameOf, pop, tilePart } from "./motion.ts";

export const fsLink: Animation<"fs.link"> = ({ event }) => [pop(tilePart("writable", nameOf(event.to)))];

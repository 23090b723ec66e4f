import { type Animation, glow, newTiles, pop, tilePart } from "./motion.ts";

/** Many changes at once: the sheet lights up, and what is new in the open directory pops in one by one. */
export const fsBurst: Animation<"fs.burst"> = (change) => [
  glow("writable"),
  ...newTiles(change, "writable").map((name, index) => pop(tilePart("writable", name), 40 * index)),
];

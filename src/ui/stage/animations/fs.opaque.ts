import { type Animation, appear, nameOf, pulse, tilePart } from "./motion.ts";

/** The bar falls over the column below. */
export const fsOpaque: Animation<"fs.opaque"> = ({ event }) => {
  const name = nameOf(event.path);
  return [pulse(tilePart("writable", name)), appear(`opaque:${name}`)];
};

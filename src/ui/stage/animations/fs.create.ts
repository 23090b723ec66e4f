import { type Animation, appear, fall, isOpaque, lidPart, linePart, nameOf, pop, tilePart } from "./motion.ts";

/** What is new pops in, and is seen from above. A directory in place of a deleted one lets nothing of that through. */
export const fsCreate: Animation<"fs.create"> = ({ event, after }) => {
  const name = nameOf(event.path);
  const lid = isOpaque(after, name) ? [fall(lidPart(name), 320)] : [];
  return [pop(tilePart("writable", name)), pop(tilePart("merged", name), 120), appear(linePart(name), 300), ...lid];
};

import { type Animation, nameOf, pop, tilePart } from "./motion.ts";

export const fsCreate: Animation<"fs.create"> = ({ event }) => {
  const name = nameOf(event.path);
  return [pop(tilePart("writable", name)), pop(tilePart("merged", name), 120)];
};

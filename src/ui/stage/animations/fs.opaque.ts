import { type Animation, fall, isOpaque, lidPart, nameOf, pulse, tilePart } from "./motion.ts";

/** The lid falls over the column below; where it came with the directory, it is pointed at. */
export const fsOpaque: Animation<"fs.opaque"> = ({ event, before }) => {
  const name = nameOf(event.path);
  const lid = lidPart(name);
  return [pulse(tilePart("writable", name)), isOpaque(before, name) ? pulse(lid) : fall(lid)];
};

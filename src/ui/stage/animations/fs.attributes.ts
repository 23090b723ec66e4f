import { type Animation, nameOf, pulse, tilePart } from "./motion.ts";

export const fsAttributes: Animation<"fs.attributes"> = ({ event }) => [
  pulse(tilePart("writable", nameOf(event.path))),
];

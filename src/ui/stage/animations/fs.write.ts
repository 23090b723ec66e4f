import { type Animation, glow, nameOf, pulse, tilePart } from "./motion.ts";

export const fsWrite: Animation<"fs.write"> = ({ event }) => [
  pulse(tilePart("writable", nameOf(event.path))),
  glow("writable"),
];

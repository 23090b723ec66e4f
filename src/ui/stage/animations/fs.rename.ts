import { tileBox } from "../layout.ts";
import { type Animation, OUT, nameOf, pop, tilePart } from "./motion.ts";

/** The tile moves over to its new column, when both names are in the open directory. */
export const fsRename: Animation<"fs.rename"> = ({ event, before, after }) => {
  const to = nameOf(event.to);
  const was = before.stack && tileBox(before.stack, "writable", nameOf(event.path));
  const is = after.stack && tileBox(after.stack, "writable", to);
  const part = tilePart("writable", to);
  if (!was || !is) return [pop(part)];
  return [
    {
      part,
      phase: "enter",
      keyframes: [{ transform: `translateX(${was.x - is.x}px)` }, { transform: "none" }],
      duration: 560,
      easing: OUT,
    },
  ];
};

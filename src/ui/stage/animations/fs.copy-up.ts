import { tileBox } from "../layout.ts";
import { type Animation, OUT, glow, nameOf, tilePart } from "./motion.ts";

/** The tile rises along its column from the layer that held it to the writable one, whole. */
export const fsCopyUp: Animation<"fs.copy-up"> = ({ event, after }) => {
  const name = nameOf(event.path);
  const to = after.stack && tileBox(after.stack, "writable", name);
  const from = after.stack && tileBox(after.stack, event.layer, name);
  const distance = to && from ? from.y - to.y : 72;
  return [
    {
      part: tilePart("writable", name),
      phase: "enter",
      keyframes: [
        { transform: `translateY(${distance}px)`, opacity: 0.25 },
        { transform: "none", opacity: 1 },
      ],
      duration: 760,
      easing: OUT,
    },
    glow("writable"),
  ];
};

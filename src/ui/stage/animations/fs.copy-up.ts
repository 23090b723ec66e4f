import { tileBox } from "../layout.ts";
import { type Animation, SETTLE, appear, giveWay, glow, linePart, nameOf, tilePart, wasPart } from "./motion.ts";

/** When the column has come to the front. */
const DELAY = 260;
const RISE = 860;

/** The file rises along its column from the layer that holds it to the writable one, whole, with all its bytes. */
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
        { transform: `translateY(${distance}px)`, opacity: 0 },
        { transform: `translateY(${distance}px)`, opacity: 1, offset: 0.12 },
        { transform: "none", opacity: 1 },
      ],
      duration: RISE,
      delay: DELAY,
      easing: SETTLE,
    },
    appear(linePart(name), DELAY + RISE - 200),
    giveWay(wasPart(name), DELAY + RISE - 300),
    { ...glow("writable"), delay: DELAY + 200 },
  ];
};

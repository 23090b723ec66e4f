import { tileBox } from "../layout.ts";
import { type Animation, SETTLE, giveWay, nameOf, tilePart, wasPart } from "./motion.ts";

/** When the column has come to the front. */
const DELAY = 260;

/** A whiteout comes down from what one sees onto the name; the merged view keeps a ghost of it. */
export const fsWhiteout: Animation<"fs.whiteout"> = ({ event, after }) => {
  const name = nameOf(event.path);
  const [from, to] = ["merged", "writable"].map((row) => after.stack && tileBox(after.stack, row, name));
  const distance = from && to ? from.y - to.y : -52;
  return [
    {
      part: tilePart("writable", name),
      phase: "enter",
      keyframes: [
        { transform: `translateY(${distance}px)`, opacity: 0 },
        { transform: `translateY(${distance * 0.8}px)`, opacity: 1, offset: 0.25 },
        { transform: "none", opacity: 1 },
      ],
      duration: 680,
      delay: DELAY,
      easing: SETTLE,
    },
    giveWay(wasPart(name), DELAY + 420),
  ];
};

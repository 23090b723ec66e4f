import { type Animation, OUT, appear, nameOf, tilePart } from "./motion.ts";

/** A whiteout comes down onto the name; the merged view keeps a ghost of it. */
export const fsWhiteout: Animation<"fs.whiteout"> = ({ event }) => {
  const name = nameOf(event.path);
  return [
    {
      part: tilePart("writable", name),
      phase: "enter",
      keyframes: [
        { transform: "translateY(-52px)", opacity: 0 },
        { transform: "none", opacity: 1 },
      ],
      duration: 520,
      easing: OUT,
    },
    appear(tilePart("merged", name), 320),
  ];
};

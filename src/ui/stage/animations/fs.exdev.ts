import { type Animation, nameOf, tilePart } from "./motion.ts";

/** The directory is pushed, and does not move. */
export const fsExdev: Animation<"fs.exdev"> = ({ event }) => [
  {
    part: tilePart("merged", nameOf(event.path)),
    phase: "enter",
    keyframes: [
      { transform: "none" },
      { transform: "translateX(26px)", offset: 0.3 },
      { transform: "translateX(-7px)", offset: 0.5 },
      { transform: "translateX(4px)", offset: 0.7 },
      { transform: "none" },
    ],
    duration: 700,
    easing: "ease-out",
  },
];

import {
  type Animation,
  appear,
  bridgePart,
  fade,
  imagePart,
  land,
  platePart,
  pop,
  rowPart,
  warmthPart,
} from "./motion.ts";

const MOST_BRIDGES = 4;

/** Amber cools into the colour of a new layer, a lock closes, a name appears. */
export const containerCommit: Animation<"container.commit"> = ({ event, before, after }) => {
  const { layer } = event;
  // What is mounted is let go of first: it stays where it is, and no layer gets it.
  const released = (before.stack?.outside.bridges ?? []).slice(0, MOST_BRIDGES).map(({ key }) => fade(bridgePart(key)));
  if (layer === null) return [...released, appear(imagePart(event.image))];
  const was = before.stack?.rows.find((row) => row.key === "writable");
  const is = after.stack?.rows.find((row) => row.key === layer);
  const from = was && is ? was.y - is.y : -30;
  return [
    ...released,
    {
      part: rowPart(layer),
      phase: "enter",
      keyframes: [{ transform: `translateY(${from}px)` }, { transform: "none" }],
      duration: 620,
      easing: "cubic-bezier(.2,.8,.2,1)",
    },
    {
      part: warmthPart(layer),
      phase: "enter",
      keyframes: [{ opacity: 1 }, { opacity: 1, offset: 0.35 }, { opacity: 0 }],
      duration: 1000,
      easing: "ease-in-out",
    },
    pop(`lock:${layer}`, 560),
    land(platePart(layer), -40),
    appear(imagePart(event.image), 300),
  ];
};

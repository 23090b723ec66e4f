import { type Motion, OUT, type Scene, land, platePart, pop, rowPart, warmthPart } from "./motion.ts";

/** A writable layer becomes a read-only one: it sinks to its row, amber cools into the layer's colour, a lock closes. */
export function freezing(layer: string, before: Scene, after: Scene): Motion[] {
  const was = before.stack?.rows.find((row) => row.key === "writable");
  const is = after.stack?.rows.find((row) => row.key === layer);
  const from = was && is ? was.y - is.y : -30;
  return [
    {
      part: rowPart(layer),
      phase: "enter",
      keyframes: [{ transform: `translateY(${from}px)` }, { transform: "none" }],
      duration: 620,
      easing: OUT,
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
  ];
}

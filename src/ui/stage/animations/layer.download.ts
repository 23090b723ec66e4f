import { type Animation, pullPart } from "./motion.ts";

/** The bar fills. */
export const layerDownload: Animation<"layer.download"> = ({ event }) => [
  {
    part: `${pullPart(event.layer)}:bar`,
    phase: "enter",
    keyframes: [{ transform: "scaleX(0)" }, { transform: "scaleX(1)" }],
    duration: 480,
    easing: "ease-out",
  },
];

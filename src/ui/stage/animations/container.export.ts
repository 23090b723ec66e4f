import { type Animation, containerPart, pulse, rowPart } from "./motion.ts";

/** What one sees from above lifts off the layers, whole; the layers and what is mounted stay where they are. */
export const containerExport: Animation<"container.export"> = ({ event }) => [
  {
    part: rowPart("merged"),
    phase: "enter",
    keyframes: [{ transform: "none" }, { transform: "translateY(-22px)", offset: 0.4 }, { transform: "none" }],
    duration: 900,
    easing: "ease-in-out",
  },
  pulse(containerPart(event.container)),
];

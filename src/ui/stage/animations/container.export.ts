import { type Animation, pulse, rowPart } from "./motion.ts";

/** What one sees from above is what is written. */
export const containerExport: Animation<"container.export"> = () => [pulse(rowPart("merged"))];

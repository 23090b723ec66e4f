import { type Animation, MOST_PARTS, appear, imagePart, rowPart, tilePart } from "./motion.ts";

/** The merged view opens above the layers, and their entries show. */
export const imagePulled: Animation<"image.pulled"> = ({ event, after }) => [
  appear(imagePart(event.image)),
  appear(rowPart("merged")),
  ...(after.stack?.columns ?? [])
    .slice(0, MOST_PARTS)
    .map(({ name }, index) => appear(tilePart("merged", name), 30 * index)),
];

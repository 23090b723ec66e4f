import { type Animation, appear, imagePart, land, rowPart, tilePart } from "./motion.ts";

const MOST_ROWS = 6;
const MOST_TILES = 4;

/** The layers settle into a stack, the lowest first; the merged view opens above them, and its entries show. */
export const imagePulled: Animation<"image.pulled"> = ({ event, after }) => {
  const rows = (after.stack?.rows ?? []).toReversed().slice(0, MOST_ROWS);
  return [
    appear(imagePart(event.image)),
    ...rows.map(({ key }, index) => ({ ...land(rowPart(key), -28), delay: 70 * index })),
    appear(rowPart("merged"), 70 * rows.length),
    ...(after.stack?.columns ?? [])
      .slice(0, MOST_TILES)
      .map(({ name }, index) => appear(tilePart("merged", name), 70 * rows.length + 30 * index)),
  ];
};

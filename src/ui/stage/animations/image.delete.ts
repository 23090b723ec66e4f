import { type Animation, MOST_PARTS, imagePart, rowPart, vanish } from "./motion.ts";

/** Its name goes, and the sheets on which no other image stands are lifted off. */
export const imageDelete: Animation<"image.delete"> = ({ event, before, after }) => {
  const stay = new Set(after.stack?.rows.map(({ key }) => key));
  const gone = before.stack?.rows.filter(({ key, form }) => form !== "line" && !stay.has(key)) ?? [];
  return [vanish(imagePart(event.image)), ...gone.slice(0, MOST_PARTS).map(({ key }) => vanish(rowPart(key)))];
};

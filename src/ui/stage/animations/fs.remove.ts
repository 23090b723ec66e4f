import { type Animation, nameOf, shrink, tilePart } from "./motion.ts";

/** It was only in the writable layer: it is really gone. */
export const fsRemove: Animation<"fs.remove"> = ({ event }) => {
  const name = nameOf(event.path);
  return [shrink(tilePart("writable", name)), shrink(tilePart("merged", name))];
};

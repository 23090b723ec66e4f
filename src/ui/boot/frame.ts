import type { Box } from "../stage/box.ts";

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** Narrower than this there are no words beside the rows, and things stand below each other. */
const NARROW = 640;

/** The line about the sources of modelled figures stands under the picture. */
const FOOT = 34;

export const isNarrow = ({ width }: Size): boolean => width < NARROW;

/** What surrounds a picture: words stand at the left where there is room. */
export function frameOf(size: Size): Box {
  const left = isNarrow(size) ? 2 : 128;
  const width = Math.min(size.width - left - 4, 1180);
  const spare = Math.max(0, size.width - left - 4 - width);
  return { x: left + Math.round(spare / 2), y: 12, width, height: size.height - 26 - FOOT };
}

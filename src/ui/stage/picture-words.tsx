import { Outline } from "../outline/outline.tsx";
import { TileTip } from "./tile-tip.tsx";

/** What the picture shows, in words: all of it for who hears the page, one tile's for who points at it. */
export function PictureWords() {
  return (
    <>
      <Outline />
      <TileTip />
    </>
  );
}

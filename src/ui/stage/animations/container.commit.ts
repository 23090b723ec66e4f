import type { HostGeometry } from "../host-layout.ts";
import { wasOf } from "../was.ts";
import {
  type Animation,
  type Change,
  NEXT,
  OUT,
  SETTLE,
  appear,
  bridgePart,
  fade,
  giveWay,
  imagePart,
  platePart,
  pop,
  rowPart,
  slideIn,
  warmthPart,
  wasPart,
  wasTitlePart,
} from "./motion.ts";

const MOST_BRIDGES = 4;

/** What is frozen is seen amber first, as the writable layer it was; then it has cooled down. */
const COOLING = [{ opacity: 1 }, { opacity: 1, offset: 0.45 }, { opacity: 0 }];
const COOLED = 1300;

/**
 * Amber cools into the colour of a new layer, a lock closes, a name appears; a container of the image
 * would begin with an empty sheet. The container keeps its own.
 */
export const containerCommit: Animation<"container.commit"> = (change) => {
  const { event, before, after } = change;
  const { layer, container } = event;
  // What is mounted is let go of first: it stays where it is, and no layer gets it.
  const bridges = (before.stack?.outside.bridges ?? []).slice(0, MOST_BRIDGES).map(({ key }) => fade(bridgePart(key)));
  const released = [...bridges, fade(rowPart("init"))];
  const fresh = { ...slideIn(rowPart(NEXT)), delay: layer === null ? 0 : COOLED - 300 };
  if (layer === null) return [...released, appear(imagePart(event.image)), fresh];
  const was = before.stack?.rows.find((row) => row.key === "writable");
  const is = after.stack?.rows.find((row) => row.key === layer);
  const plates = after.plates && way(after.plates, { layer, container });
  return [
    ...released,
    {
      part: rowPart(layer),
      phase: "enter",
      keyframes: [{ transform: `translateY(${was && is ? was.y - is.y : -30}px)` }, { transform: "none" }],
      duration: 620,
      easing: SETTLE,
    },
    {
      part: platePart(layer),
      phase: "enter",
      keyframes: [{ transform: plates ?? "translate(0px, -40px)" }, { transform: "none" }],
      duration: 800,
      easing: SETTLE,
    },
    { part: warmthPart(layer), phase: "enter", keyframes: COOLING, duration: COOLED, easing: "linear" },
    giveWay(wasTitlePart(layer), COOLED * 0.3, COOLED * 0.15),
    ...wasOf(event, after.stack).map(({ name }) => giveWay(wasPart(name), COOLED * 0.45, COOLED * 0.55)),
    { ...pop(`lock:${layer}`, COOLED - 320), easing: OUT },
    appear(imagePart(event.image), COOLED - 360),
    fresh,
  ];
};

/** A copy of the container's plate becomes the layer: from there to its place. */
function way(
  { plates, containers }: HostGeometry,
  { layer, container }: Pick<Change<"container.commit">["event"], "layer" | "container">,
): string | null {
  const from = containers.find((box) => box.container.id === container);
  const to = plates.find((plate) => plate.layers.some(({ chainId }) => chainId === layer));
  return from && to ? `translate(${from.x - to.x}px, ${from.y - to.y}px)` : null;
}

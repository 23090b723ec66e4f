import type { Anchor } from "../../state/pointing.ts";

/** Parts that are plates or tiles, not lines between them. */
const PARTS = ["tile:", "row:", "plate:", "container:", "image:", "volume:"];
/** Those that one can zoom to. */
const PLATES = PARTS.slice(1);

const stageOf = (): HTMLElement | null => document.querySelector<HTMLElement>(".stage, .boot");

function partAt(x: number, y: number, kinds: readonly string[]): HTMLElement | null {
  for (const element of document.elementsFromPoint(x, y)) {
    let part = element.closest<HTMLElement>("[data-part]");
    while (part && !kinds.some((kind) => part?.dataset["part"]?.startsWith(kind)))
      part = part.parentElement?.closest<HTMLElement>("[data-part]") ?? null;
    if (part) return part;
  }
  return null;
}

/** What is at a point of the window, in CSS pixels; null outside the stage. */
export function anchorAt(x: number, y: number, plates = false): Anchor | null {
  const stage = stageOf()?.getBoundingClientRect();
  if (!stage || x < stage.left || x > stage.right || y < stage.top || y > stage.bottom) return null;
  const part = partAt(x, y, plates ? PLATES : PARTS);
  const within = (box: DOMRect): [number, number] => [(x - box.left) / box.width, (y - box.top) / box.height];
  const onStage = within(stage);
  const [px, py] = part ? within(part.getBoundingClientRect()) : onStage;
  return { part: part?.dataset["part"] ?? null, x: px, y: py, stage: onStage };
}

function elementOf({ part }: Anchor): HTMLElement | null {
  return part === null ? null : document.querySelector<HTMLElement>(`.stage [data-part="${CSS.escape(part)}"]`);
}

/** Where that is in this window, in CSS pixels. */
export function placeOf(anchor: Anchor): readonly [x: number, y: number] | null {
  const part = elementOf(anchor);
  const box = (part ?? stageOf())?.getBoundingClientRect();
  if (!box) return null;
  const [x, y] = part ? [anchor.x, anchor.y] : anchor.stage;
  return [box.left + x * box.width, box.top + y * box.height];
}

const SCALE = { least: 1.5, most: 3 };

/** How the picture stands so that a plate fills the stage: in the picture's own pixels, whatever has been zoomed before. */
export function zoomTo(anchor: Anchor): { x: number; y: number; scale: number } | null {
  const stage = stageOf();
  const picture = stage?.firstElementChild as HTMLElement | null;
  const part = elementOf(anchor);
  if (!stage || !picture || !part) return null;
  let [left, top] = [0, 0];
  for (let at: HTMLElement | null = part; at && at !== picture; at = at.offsetParent as HTMLElement | null) {
    left += at.offsetLeft;
    top += at.offsetTop;
  }
  const { clientWidth: width, clientHeight: height, scrollTop } = stage;
  const scale = Math.min(SCALE.most, Math.max(SCALE.least, (0.92 * width) / part.offsetWidth));
  const middle = (size: number, at: number, whole: number): number =>
    Math.min(0, Math.max(size - whole * scale, size / 2 - at * scale));
  return {
    x: middle(width, left + anchor.x * part.offsetWidth, picture.offsetWidth),
    y: middle(height, top + part.offsetHeight / 2, Math.max(height, picture.offsetHeight)) + scrollTop,
    scale,
  };
}

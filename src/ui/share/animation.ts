import type { AppStore } from "../../state/store.ts";
import { AnimatedPng } from "./animated-png.ts";
import { raster, stageSvg } from "./picture.ts";

/** Pictures on the way from one step to the next, and how long each stays; a step that is reached stays longer. */
const ON_THE_WAY = 8;
const PICTURE_MS = 80;
const REST_MS = 1400;

/** More would be a film of many megabytes. */
export const MOST_STEPS = 40;

/**
 * The stage from step `from` to step `to` as an animated PNG that plays for ever. The page shows each picture while
 * it is taken, and in the end what it showed before. `told`: how much is done, 0 to 1.
 */
export async function animation(
  store: AppStore,
  range: { readonly from: number; readonly to: number; readonly fragment: string },
  told: (done: number) => void,
  signal: AbortSignal,
): Promise<Blob> {
  const { from, to, fragment } = range;
  const before = store.getState().shown.step;
  const png = new AnimatedPng();
  let size: ImageData | undefined;
  const pictures = (to - from) * ON_THE_WAY + 1;
  try {
    store.pause();
    for (let taken = 0; taken < pictures; taken++) {
      signal.throwIfAborted();
      const place = from + taken / ON_THE_WAY;
      await store.goto(place);
      await drawn();
      const { canvas, context } = await raster(await stageSvg(null), 1, size);
      const pixels = context.getImageData(0, 0, canvas.width, canvas.height);
      size ??= pixels;
      await png.add({ pixels, ms: Number.isInteger(place) ? REST_MS : PICTURE_MS });
      told((taken + 1) / pictures);
    }
    return png.toBlob(fragment);
  } finally {
    await store.goto(before);
  }
}

/** The page has drawn what it was told to, and the browser what the page did. */
function drawn(): Promise<void> {
  return new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve())));
}

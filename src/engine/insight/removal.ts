import { shortOf } from "../../core/oci/short.ts";
import type { ChainId, ImageId } from "../../core/oci/digest.ts";
import { EngineError } from "../error.ts";
import { tagsOf } from "../layer-story.ts";
import { type Removed, removeImage } from "../operations/remove-image.ts";
import type { StackTarget } from "../stack-view.ts";
import type { EngineState } from "../state.ts";
import { Transaction } from "../transaction.ts";

/** What `docker rmi` would do, tried on the side. */
export interface Removal {
  /** What would be typed: the image's first name, else its short id. */
  readonly reference: string;
  readonly image: ImageId;
  /** The lines that docker would print. */
  readonly removed: readonly Removed[];
  /** The image's layers that would go, bottom first, and their bytes. */
  readonly goes: readonly ChainId[];
  readonly freed: number;
  /** Those that would stay: other images or containers stand on them. */
  readonly stays: readonly ChainId[];
  /** dockerd's reason, when it would refuse. */
  readonly refused: string | null;
}

/** Of a container its image. Null when that is not there. */
export function removal(state: EngineState, target: StackTarget): Removal | null {
  const id = target.kind === "image" ? target.id : state.containers.get(target.id)?.image;
  const image = id && state.images.get(id);
  if (!image) return null;
  const reference = tagsOf(state, image)[0] ?? shortOf(image.id);
  const tx = new Transaction(state);
  const tried = { reference, image: image.id };
  try {
    const removed = removeImage(tx, reference);
    const goes = image.layers.filter((layer) => !tx.state.layers.has(layer));
    const gone = [...state.layers.values()].filter(({ chainId }) => !tx.state.layers.has(chainId));
    const freed = gone.reduce((sum, { size }) => sum + size, 0);
    return {
      ...tried,
      removed,
      goes,
      freed,
      stays: image.layers.filter((layer) => !goes.includes(layer)),
      refused: null,
    };
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    return { ...tried, removed: [], goes: [], freed: 0, stays: image.layers, refused: error.message };
  }
}

import type { Content } from "../../core/filesystem/content.ts";
import { exportArchive } from "../archive/export.ts";
import { contentOf } from "../archive/host-blob.ts";
import { EngineError } from "../error.ts";
import { findImage } from "../lookup.ts";
import type { LayerStore } from "../ports.ts";
import type { EngineState } from "../state.ts";
import type { Transaction } from "../transaction.ts";

/** Images with all their layers as one tar. `names`: as they were typed. (moby, image/tarexport/save.go) */
export async function saveImages(state: EngineState, layers: LayerStore, names: readonly string[]): Promise<Content> {
  for (const reference of names) {
    try {
      findImage(state, reference);
    } catch (error) {
      // Here docker names what was typed, without the tag that it would add.
      if (error instanceof EngineError && error.code === "no-such-image") {
        throw new EngineError("no-such-image", { reference });
      }
      throw error;
    }
  }
  return contentOf(await exportArchive(state, layers, names, "docker-archive"), layers);
}

/** `file`: where it was written to on the host, "-" for standard output. */
export function tellSave(tx: Transaction, names: readonly string[], file: string, size: number): void {
  const images = names.map((name) => findImage(tx.state, name));
  const [image] = images;
  if (!image) return;
  const layers = new Set(images.flatMap((one) => one.layers)).size;
  tx.update(tx.state, { type: "image.save", image: image.id, images: images.length, layers, file, size });
}

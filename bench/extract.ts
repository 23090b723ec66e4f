import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import lock from "../src/content/catalogue.lock.json" with { type: "json" };
import { parseDigest } from "../src/core/oci/digest.ts";
import { mediaType } from "../src/core/oci/manifest.ts";
import { layerStore } from "../src/storage/layer-store.ts";
import { memoryStore } from "../src/storage/memory/store.ts";
import { digits, shortestOf } from "./timing.ts";

const IMAGES = ["library/ubuntu:22.04", "library/debian:12"] as const;

/** Taking in a layer of the catalogue (gunzip, two digests, tar, contents) against gunzip and one digest. */
export async function extract(): Promise<object> {
  const shell = spawnSync("sh", ["-c", "command -v gunzip && command -v sha256sum"]).status === 0;
  const layers: object[] = [];
  for (const image of IMAGES) {
    const [digest = ""] = lock.images[image].layers;
    const [repository = ""] = image.split(":");
    const path = `public/v2/${repository}/blobs/${digest}`;
    if (!existsSync(path)) {
      layers.push({ image, skipped: "the catalogue is not built: npm run catalogue" });
      continue;
    }
    const blob = new Blob([readFileSync(path)]);
    let tarSize = 0;
    const ours = await shortestOf(async () => {
      const options = { mediaType: mediaType.ociLayerGzip, digest: parseDigest(digest) };
      ({ tarSize } = await layerStore(memoryStore().blobs).extract(blob.stream(), options));
    });
    const tools = shell
      ? await shortestOf(async () => {
          const { status } = spawnSync("sh", ["-c", `gunzip -c < "$1" | sha256sum`, "sh", path]);
          if (status !== 0) throw new Error(`gunzip: ${status}`);
        })
      : null;
    layers.push({
      image,
      blobBytes: blob.size,
      tarBytes: tarSize,
      ms: digits(ours),
      gunzipSha256sumMs: tools === null ? null : digits(tools),
      toGunzipSha256sum: tools === null ? null : digits(ours / tools),
    });
  }
  return { what: "ms a layer; toGunzipSha256sum: this / `gunzip -c | sha256sum`", layers };
}

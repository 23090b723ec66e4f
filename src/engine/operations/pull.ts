import { treeFromEntries } from "../../core/filesystem/tree.ts";
import { imageId } from "../../core/oci/config.ts";
import type { ImageConfig } from "../../core/oci/config.ts";
import type { Descriptor } from "../../core/oci/descriptor.ts";
import { chainIds } from "../../core/oci/digest.ts";
import { shortOf } from "../../core/oci/short.ts";
import type { ChainId, DiffId, Digest, ImageId } from "../../core/oci/digest.ts";
import { annotation } from "../../core/oci/manifest.ts";
import { familiar, normalized, repositoryOf, withDefaultTag } from "../../core/oci/reference.ts";
import type { Reference } from "../../core/oci/reference.ts";
import { type Lower, emptyLower, stackOn } from "../../core/overlay/lower.ts";
import { MAX_LAYER_DEPTH } from "../dockerd.ts";
import { EngineError } from "../error.ts";
import { lowerOfLayers } from "../mount.ts";
import type { ExtractedLayer, Ports, ResolvedManifest } from "../ports.ts";
import { refusal } from "../registry-refusal.ts";
import type { Image, Layer } from "../state.ts";
import type { Transaction } from "../transaction.ts";
import { attempt, withEntry, withImage, withLayer, withTag } from "../update.ts";
import { Downloads } from "./downloads.ts";

/** Docker's word for where a layer is. */
export type LayerStatus =
  | "Pulling fs layer"
  | "Waiting"
  | "Downloading"
  | "Verifying Checksum"
  | "Download complete"
  | "Extracting"
  | "Pull complete"
  | "Already exists";

export type PullProgress =
  /** The manifest is known: "22.04: Pulling from library/ubuntu". `tag` is a digest when one was asked for. */
  | { readonly kind: "start"; readonly tag: string; readonly repository: string }
  /** `id`: 12 digits of the blob's digest; `current` and `total`: bytes of the blob, of downloading and extracting only. */
  | {
      readonly kind: "layer";
      readonly id: string;
      readonly status: LayerStatus;
      readonly current: number;
      readonly total: number;
    };

export interface PullOptions {
  readonly signal: AbortSignal;
  readonly progress?: (progress: PullProgress) => void;
}

export interface PullOutcome {
  readonly image: ImageId;
  /** The manifest's. */
  readonly digest: Digest;
  /** False: "Image is up to date". */
  readonly newer: boolean;
}

interface Step {
  readonly descriptor: Descriptor;
  readonly diffId: DiffId;
  readonly chainId: ChainId;
  readonly parent: ChainId | null;
}

/**
 * Fetches what of an image is not here: three downloads at a time, every blob checked against its digest
 * and its diffID, layers put on disk from the bottom up. What fails or is interrupted leaves nothing.
 * (moby, distribution/pull_v2.go)
 */
export function pull(tx: Transaction, ports: Ports, wanted: Reference, options: PullOptions): Promise<PullOutcome> {
  const reference = withDefaultTag(wanted);
  return attempt(tx, async () => {
    try {
      const resolved = await ports.registry.resolve(
        repositoryOf(reference),
        reference.digest ?? reference.tag ?? "latest",
        options.signal,
      );
      return await keep(tx, ports, reference, resolved, options);
    } catch (error) {
      options.signal.throwIfAborted();
      throw refusal(error, reference);
    }
  });
}

async function keep(
  tx: Transaction,
  ports: Ports,
  reference: Reference,
  resolved: ResolvedManifest,
  options: PullOptions,
): Promise<PullOutcome> {
  const id = imageId(resolved.configText);
  const name = normalized(reference);
  const known = tx.state.tags.get(name) ?? tx.state.repoDigests.get(name);
  const tag = reference.digest ?? reference.tag ?? "latest";
  options.progress?.({ kind: "start", tag, repository: reference.path });
  const image = tx.state.images.get(id) ?? (await fetchImage(tx, ports, reference, resolved, options));

  const byDigest = normalized({ ...reference, tag: null, digest: resolved.digest });
  let next = withImage({ ...tx.state, repoDigests: withEntry(tx.state.repoDigests, byDigest, id) }, image);
  if (reference.digest === null) next = withTag(next, name, id);
  if (known !== id) {
    const size = sizeOf(image, next.layers);
    tx.update(next, { type: "image.pulled", image: id, reference: familiar(reference), size });
  } else tx.update(next);
  return { image: id, digest: resolved.digest, newer: known !== id };
}

function sizeOf(image: Image, layers: ReadonlyMap<ChainId, Layer>): number {
  return image.layers.reduce((sum, chain) => sum + (layers.get(chain)?.size ?? 0), 0);
}

/** Puts the layers on disk that are not there, and answers the image, which is nowhere kept yet. */
export async function fetchImage(
  tx: Transaction,
  ports: Ports,
  reference: Reference,
  resolved: ResolvedManifest,
  options: PullOptions,
): Promise<Image> {
  const { manifest, configText } = resolved;
  const config = JSON.parse(configText) as ImageConfig;
  const diffIds = config.rootfs?.diff_ids ?? [];
  if (diffIds.length !== manifest.layers.length) throw new EngineError("layer-mismatch", {});
  if (diffIds.length > MAX_LAYER_DEPTH) throw new EngineError("max-depth", {});
  const chain = chainIds(diffIds);
  const steps = manifest.layers.map(
    (descriptor, at): Step => ({
      descriptor,
      diffId: diffIds[at] as DiffId,
      chainId: chain[at] as ChainId,
      parent: chain[at - 1] ?? null,
    }),
  );
  const firstMissing = steps.findIndex((step) => !tx.state.layers.has(step.chainId));
  const here = firstMissing < 0 ? steps : steps.slice(0, firstMissing);
  const missing = firstMissing < 0 ? [] : steps.slice(firstMissing);
  const tell = ({ digest, size }: Descriptor, status: LayerStatus, current = size): void =>
    options.progress?.({ kind: "layer", id: shortOf(digest), status, current, total: size });

  const image: Image = {
    id: imageId(configText),
    configText,
    config,
    layers: chain,
    parent: null,
    modelled: manifest.annotations?.[annotation.modelled] === "true",
  };
  const { length: layers } = steps;
  tx.update(tx.state, { type: "pull.start", reference: familiar(reference), layers, missing: missing.length });
  for (const { descriptor, chainId } of here) {
    tell(descriptor, "Already exists");
    const size = tx.state.layers.get(chainId)?.size ?? 0;
    tx.update(tx.state, { type: "layer.exists", layer: chainId, digest: descriptor.digest, size });
  }
  const downloads = new Downloads(ports, repositoryOf(reference), tell, options.signal);
  try {
    downloads.begin(missing.map((step) => step.descriptor));
    const layers: Layer[] = [];
    let below = firstMissing > 0 ? lowerOfLayers(tx.state, chain.slice(0, firstMissing)) : emptyLower;
    for (const step of missing) {
      const extracted = await downloads.finished(step.descriptor.digest);
      options.signal.throwIfAborted();
      if (extracted.diffId !== step.diffId) throw new EngineError("layer-mismatch", {});
      tell(step.descriptor, "Extracting", 0);
      const layer = layerOf(step, extracted, below);
      layers.push(layer);
      below = layer.lower;
      tell(step.descriptor, "Extracting");
      tell(step.descriptor, "Pull complete");
    }
    tellLayers(tx, layers, options.signal);
  } finally {
    await downloads.close();
  }
  return image;
}

function layerOf({ descriptor, diffId, chainId, parent }: Step, extracted: ExtractedLayer, below: Lower): Layer {
  const { digest, size, mediaType } = descriptor;
  const tree = treeFromEntries(extracted.entries);
  return {
    chainId,
    parent,
    diffId,
    blob: { digest, size, mediaType },
    tarSize: extracted.tarSize,
    size: tree.size,
    tree,
    lower: stackOn(below, tree),
  };
}

/**
 * Downloads run beside each other and end in any order; layers are put down one after the other. The story tells
 * first those, then these, from the bottom up: the same on every machine.
 */
function tellLayers(tx: Transaction, layers: readonly Layer[], signal: AbortSignal): void {
  for (const { chainId, blob } of layers)
    tx.update(tx.state, { type: "layer.download", layer: chainId, digest: blob.digest, size: blob.size });
  for (const layer of layers) {
    signal.throwIfAborted();
    const { chainId, diffId, parent, size } = layer;
    tx.update(withLayer(tx.state, layer), { type: "layer.extract", layer: chainId, diffId, parent, size });
  }
}

import { FileSystemError } from "../../core/filesystem/errno.ts";
import { type FileTree, treeFromEntries } from "../../core/filesystem/tree.ts";
import type { LayerEntry } from "../../core/image/layer-entry.ts";
import { chainIds } from "../../core/oci/digest.ts";
import type { ChainId, ImageId } from "../../core/oci/digest.ts";
import { mediaType } from "../../core/oci/manifest.ts";
import { familiar, normalized, parseReference, ReferenceError, withDefaultTag } from "../../core/oci/reference.ts";
import type { Reference } from "../../core/oci/reference.ts";
import { emptyLower, stackOn } from "../../core/overlay/lower.ts";
import { MAX_LAYER_DEPTH } from "../dockerd.ts";
import { EngineError } from "../error.ts";
import { LayerError } from "../ports.ts";
import type { ExtractedLayer, LayerStore } from "../ports.ts";
import type { Image, Layer } from "../state.ts";
import type { Transaction } from "../transaction.ts";
import { attempt, withImage, withLayer, withTag } from "../update.ts";
import { ArchiveFiles, refuse } from "./files.ts";
import { type ArchivedImage, type ArchivedLayer, archivedImages } from "./images.ts";
import { parsedConfig } from "./json.ts";

/** An image that was loaded, under all its names: "Loaded image: NAME", or "Loaded image ID: ID" without one. */
export interface Loaded {
  readonly image: ImageId;
  /** Familiar: "ubuntu:22.04". */
  readonly names: readonly string[];
}

/**
 * Loads the images of an archive (of `docker save`, old or new, or an OCI layout in a tar; gzip'ed or not).
 * Every layer is read to its end and checked, also one that is here already; what is here is shared.
 * All of it or nothing. Throws `EngineError`. (moby, image/tarexport/load.go)
 */
export function importArchive(
  tx: Transaction,
  layers: LayerStore,
  archive: Blob,
  signal?: AbortSignal,
): Promise<Loaded[]> {
  return attempt(tx, async () => {
    const images = await archivedImages(await ArchiveFiles.read(archive, signal));
    if (images.length === 0) refuse("the archive holds no image");
    const named = images.map((image) => ({ image, references: image.names.map(referenceOf) }));
    const reader = new LayerReader(layers, signal);
    const loaded: Loaded[] = [];
    for (const { image, references } of named) loaded.push(await load(tx, reader, image, references));
    return loaded;
  });
}

/** (moby, `load`: "invalid tag") */
function referenceOf(name: string): Reference {
  try {
    const reference = parseReference(name);
    // What has a digest instead of a tag keeps its repository's name only.
    return withDefaultTag({ ...reference, digest: null });
  } catch (error) {
    if (!(error instanceof ReferenceError)) throw error;
    return refuse(`invalid tag ${JSON.stringify(name)}`);
  }
}

async function load(
  tx: Transaction,
  reader: LayerReader,
  archived: ArchivedImage,
  references: readonly Reference[],
): Promise<Loaded> {
  const config = parsedConfig(archived.configText);
  const diffIds = config.rootfs.diff_ids;
  if (diffIds.length !== archived.layers.length) {
    refuse(`invalid manifest, layers length mismatch: expected ${diffIds.length}, got ${archived.layers.length}`);
  }
  if (diffIds.length > MAX_LAYER_DEPTH) throw new EngineError("max-depth", {});
  const chain = chainIds(diffIds);
  const layers: Layer[] = [];
  for (const [at, layer] of archived.layers.entries()) {
    const { extracted, type } = await reader.read(layer);
    const expected = diffIds[at];
    if (extracted.diffId !== expected) {
      refuse(`invalid diffID for layer ${at}: expected "${expected}", got "${extracted.diffId}"`);
    }
    const chainId = chain[at] as ChainId;
    layers.push(tx.state.layers.get(chainId) ?? layerOf(chainId, layers.at(-1), extracted, type));
  }
  const { id, configText, modelled } = archived;
  const names = references.map((reference) => familiar(reference));
  putImage(tx, { id, configText, config, layers: chain, parent: null, modelled }, layers, names);
  return { image: id, names };
}

function layerOf(chainId: ChainId, parent: Layer | undefined, extracted: ExtractedLayer, mediaType: string): Layer {
  const { diffId, blobDigest: digest, blobSize, tarSize, entries } = extracted;
  const tree = treeOf(entries);
  return {
    chainId,
    parent: parent?.chainId ?? null,
    diffId,
    blob: { digest, size: blobSize, mediaType },
    tarSize,
    size: tree.size,
    tree,
    lower: stackOn(parent?.lower ?? emptyLower, tree),
  };
}

/** Takes in an image with its layers, bottom first, under familiar names, and tells it; what is here already is shared. */
export function putImage(tx: Transaction, image: Image, layers: readonly Layer[], names: readonly string[]): void {
  for (const layer of layers) {
    const { chainId, diffId, parent, size } = layer;
    const known = tx.state.layers.get(chainId);
    if (known) {
      const { digest } = known.blob;
      tx.update(tx.state, { type: "layer.exists", layer: chainId, digest, size: known.size });
    } else tx.update(withLayer(tx.state, layer), { type: "layer.extract", layer: chainId, diffId, parent, size });
  }
  const { id } = image;
  if (!tx.state.images.has(id)) {
    const size = layers.reduce((sum, layer) => sum + layer.size, 0);
    tx.update(withImage(tx.state, image), { type: "image.pulled", image: id, reference: names[0] ?? id, size });
  }
  for (const name of names) {
    const key = normalized(parseReference(name));
    if (tx.state.tags.get(key) === id) continue;
    tx.update(withTag(tx.state, key, id), { type: "image.tag", image: id, reference: name });
  }
}

/** Some layers are tars, but no changesets: a hard link to nothing. */
function treeOf(entries: readonly LayerEntry[]): FileTree {
  try {
    return treeFromEntries(entries);
  } catch (error) {
    if (!(error instanceof FileSystemError)) throw error;
    throw new EngineError("layer-registration", { message: error.message });
  }
}

/** Reads each layer file of an archive once, whoever shares it. */
class LayerReader {
  readonly #read = new Map<Blob, Promise<{ extracted: ExtractedLayer; type: string }>>();

  constructor(
    private readonly layers: LayerStore,
    private readonly signal: AbortSignal | undefined,
  ) {}

  read(layer: ArchivedLayer): Promise<{ extracted: ExtractedLayer; type: string }> {
    const reading = this.#read.get(layer.blob) ?? this.#extract(layer);
    this.#read.set(layer.blob, reading);
    return reading;
  }

  async #extract({ blob, digest }: ArchivedLayer): Promise<{ extracted: ExtractedLayer; type: string }> {
    const [first, second] = new Uint8Array(await blob.slice(0, 2).arrayBuffer());
    // Media types in archives are often wrong, and the next export says this one.
    const type = first === 0x1f && second === 0x8b ? mediaType.ociLayerGzip : mediaType.ociLayer;
    try {
      const { signal } = this;
      return { extracted: await this.layers.extract(blob.stream(), { mediaType: type, digest, signal }), type };
    } catch (error) {
      if (!(error instanceof LayerError)) throw error;
      if (error.code === "verification" && digest) throw new EngineError("layer-verification", { digest });
      throw new EngineError("layer-registration", { message: error.message });
    }
  }
}

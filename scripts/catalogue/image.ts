import { createHash } from "node:crypto";
import { allSteps, historyEntry, type ImageSource } from "../../src/content/images/image.ts";
import type { ImageConfig } from "../../src/core/oci/config.ts";
import type { Descriptor } from "../../src/core/oci/descriptor.ts";
import type { DiffId, Digest } from "../../src/core/oci/digest.ts";
import { annotation, type Manifest, mediaType } from "../../src/core/oci/manifest.ts";
import type { LayerEntry } from "../../src/core/image/layer-entry.ts";
import { writeTar } from "../../src/core/tar/write.ts";
import { compressed } from "./compress.ts";
import { type BuiltLayer, buildLayer, emptyStack, type Stack } from "./layer.ts";
import { entriesOf } from "./changeset.ts";

export interface Blob {
  readonly digest: Digest;
  readonly bytes: Uint8Array;
}

export interface LayerBlob extends Blob {
  readonly diffId: DiffId;
  /** Sum of the sizes of its files. */
  readonly unpacked: number;
  readonly entries: readonly LayerEntry[];
}

export interface BuiltImage {
  readonly source: ImageSource;
  readonly manifest: Blob;
  readonly config: Blob;
  /** Bottom first. */
  readonly layers: readonly LayerBlob[];
}

interface Lineage {
  readonly layers: readonly LayerBlob[];
  readonly stack: Stack;
}

/** Builds images; a base is built once, whoever shares it. */
export class ImageBuilder {
  readonly #lineages = new Map<ImageSource, Promise<Lineage>>();

  async build(source: ImageSource): Promise<BuiltImage> {
    const { layers } = await this.#lineage(source);
    const steps = allSteps(source);
    const config: ImageConfig = {
      architecture: "amd64",
      config: source.config,
      created: source.created,
      ...source.extra,
      history: steps.map(historyEntry),
      os: "linux",
      rootfs: { type: "layers", diff_ids: layers.map((layer) => layer.diffId) },
    };
    const configBlob = jsonBlob(config);
    const realSizes = steps.flatMap((step) => (step.layer ? [step.layer.realSize] : []));
    const manifest: Manifest = {
      schemaVersion: 2,
      mediaType: mediaType.ociManifest,
      config: descriptor(mediaType.ociConfig, configBlob),
      layers: layers.map((layer, index) => ({
        ...descriptor(mediaType.ociLayerGzip, layer),
        annotations: { [annotation.realSize]: String(realSizes[index]) },
      })),
      annotations: { [annotation.modelled]: "true" },
    };
    return { source, config: configBlob, manifest: jsonBlob(manifest), layers };
  }

  #lineage(source: ImageSource): Promise<Lineage> {
    const known = this.#lineages.get(source);
    if (known) return known;
    const made = this.#buildLineage(source);
    this.#lineages.set(source, made);
    return made;
  }

  async #buildLineage(source: ImageSource): Promise<Lineage> {
    const base = source.from === undefined ? { layers: [], stack: emptyStack } : await this.#lineage(source.from);
    const layers = [...base.layers];
    let { stack } = base;
    for (const step of source.steps) {
      if (step.layer === undefined) continue;
      const built = atImage(source, () => buildLayer(step.layer ?? { realSize: 0 }, step, stack));
      layers.push(await layerBlob(built));
      ({ stack } = built);
    }
    return { layers, stack };
  }
}

async function layerBlob(built: BuiltLayer): Promise<LayerBlob> {
  const entries = entriesOf(built);
  const tar = (): AsyncGenerator<Uint8Array> => writeTar(entries, nothingStored);
  const hash = createHash("sha256");
  for await (const chunk of tar()) hash.update(chunk);
  const diffId = `sha256:${hash.digest("hex")}` as DiffId;
  const bytes = await compressed(diffId, tar);
  const unpacked = entries.reduce((sum, entry) => sum + (entry.kind === "file" ? entry.content.size : 0), 0);
  return { digest: digestOf(bytes), diffId, bytes, unpacked, entries };
}

function digestOf(bytes: Uint8Array): Digest {
  return `sha256:${createHash("sha256").update(bytes).digest("hex")}` as Digest;
}

/** The catalogue's contents are texts and zeros. */
async function nothingStored(): Promise<never> {
  throw new Error("stored content in a catalogue layer");
}

function jsonBlob(value: unknown): Blob {
  const bytes = Buffer.from(JSON.stringify(value));
  return { bytes, digest: digestOf(bytes) };
}

function descriptor(type: string, blob: Blob): Descriptor {
  return { mediaType: type, digest: blob.digest, size: blob.bytes.length };
}

function atImage<T>(source: ImageSource, build: () => T): T {
  try {
    return build();
  } catch (error) {
    throw new Error(`${source.repository}:${source.tags[0]}: ${error instanceof Error ? error.message : error}`);
  }
}

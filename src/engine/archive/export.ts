import type { Content, ReadStored } from "../../core/filesystem/content.ts";
import { bytesContent } from "../../core/filesystem/content.ts";
import type { LayerEntry } from "../../core/image/layer-entry.ts";
import type { Descriptor } from "../../core/oci/descriptor.ts";
import { sha256 } from "../../core/oci/digest.ts";
import type { DiffId, Digest } from "../../core/oci/digest.ts";
import { annotation, mediaType } from "../../core/oci/manifest.ts";
import type { ImageIndex, Manifest } from "../../core/oci/manifest.ts";
import { familiar, identifierOf, normalized, parseReference, withDefaultTag } from "../../core/oci/reference.ts";
import type { Reference } from "../../core/oci/reference.ts";
import { writeTar } from "../../core/tar/write.ts";
import { findImage } from "../lookup.ts";
import type { LayerStore } from "../ports.ts";
import type { EngineState, Image, Layer } from "../state.ts";
import { blobPath, nameAnnotation } from "./images.ts";

/**
 * "docker-archive" is both at once, an OCI layout with docker's manifest.json in it: what dockerd, containerd,
 * podman, skopeo and umoci all accept. "oci-archive" is the layout alone.
 */
export type ArchiveFormat = "docker-archive" | "oci-archive";

/**
 * Images as a tar that other tools load. `texts`: names or ids; a name travels with its image, an id brings
 * none. Layers and configs are the stored bytes, untouched; the answer refers to them and holds few of its own.
 * Same state, same bytes. (image-spec, image-layout.md; moby, image/tarexport/save.go)
 */
export async function exportArchive(
  state: EngineState,
  layers: Pick<LayerStore, "blob">,
  texts: readonly string[],
  format: ArchiveFormat,
): Promise<Blob> {
  const tar = new Tar();
  const manifests: Descriptor[] = [];
  const items: { Config: string; RepoTags: string[] | null; Layers: string[] }[] = [];
  for (const text of texts) {
    const image = findImage(state, text);
    const stored = image.layers.map((chain) => layerOf(state, chain));
    for (const { blob } of stored) tar.blob(blob.digest, await storedBlob(layers, blob.digest));
    const config = tar.json(mediaType.ociConfig, image.configText);
    const manifest = tar.json(mediaType.ociManifest, JSON.stringify(manifestOf(image, config, stored)));
    const reference = nameOf(state, image, text);
    manifests.push({ ...manifest, ...annotated(reference) });
    items.push({
      Config: blobPath(config.digest),
      RepoTags: reference === null ? null : [familiar(reference)],
      Layers: stored.map(({ blob }) => blobPath(blob.digest)),
    });
  }
  const index: ImageIndex = { schemaVersion: 2, mediaType: mediaType.ociIndex, manifests };
  tar.text("index.json", JSON.stringify(index));
  if (format === "docker-archive") tar.text("manifest.json", JSON.stringify(items));
  tar.text("oci-layout", JSON.stringify({ imageLayoutVersion: "1.0.0" }));
  return tar.toBlob();
}

function layerOf(state: EngineState, chain: Layer["chainId"]): Layer {
  const layer = state.layers.get(chain);
  if (layer === undefined) throw new RangeError(`layer ${chain} is missing`);
  return layer;
}

async function storedBlob(layers: Pick<LayerStore, "blob">, digest: Digest): Promise<Blob> {
  const blob = await layers.blob(digest);
  if (blob === null) throw new RangeError(`the blob ${digest} is not here`);
  return blob;
}

function manifestOf(image: Image, config: Descriptor, layers: readonly Layer[]): Manifest {
  return {
    schemaVersion: 2,
    mediaType: mediaType.ociManifest,
    config,
    layers: layers.map(({ blob: { digest, size, mediaType: type } }) => ({
      mediaType: type === mediaType.dockerLayerGzip ? mediaType.ociLayerGzip : type,
      digest,
      size,
    })),
    ...(image.modelled ? { annotations: { [annotation.modelled]: "true" } } : {}),
  };
}

/** The name that `text` is of the image; null when it is an id or a digest. */
function nameOf(state: EngineState, image: Image, text: string): Reference | null {
  if (identifierOf(text) !== null) return null;
  const reference = withDefaultTag(parseReference(text));
  return state.tags.get(normalized(reference)) === image.id ? reference : null;
}

function annotated(reference: Reference | null): Pick<Descriptor, "annotations"> {
  if (reference === null) return {};
  return {
    annotations: {
      [nameAnnotation.containerd]: normalized(reference),
      [nameAnnotation.oci]: reference.tag ?? "",
    },
  };
}

/** Stands for a blob in a tar while it is put together: contents are named by layer, and this is none. */
const BLOB = "a blob" as DiffId;

/** The members of the archive to be, each path once. */
class Tar {
  readonly #files = new Map<string, Uint8Array | Blob>();

  blob(digest: Digest, blob: Blob): void {
    this.#files.set(blobPath(digest), blob);
  }

  /** A JSON document among the blobs, by its digest. */
  json(type: string, text: string): Descriptor {
    const bytes = new TextEncoder().encode(text);
    const digest = sha256(bytes);
    this.#files.set(blobPath(digest), bytes);
    return { mediaType: type, digest, size: bytes.length };
  }

  text(path: string, text: string): void {
    this.#files.set(path, new TextEncoder().encode(text));
  }

  async toBlob(): Promise<Blob> {
    const entries: LayerEntry[] = [directory("blobs"), directory("blobs/sha256")];
    const blobs: Blob[] = [];
    for (const [path, value] of [...this.#files].toSorted(([a], [b]) => (a < b ? -1 : 1))) {
      const content = value instanceof Blob ? blobContent(blobs.push(value) - 1, value.size) : bytesContent(value);
      entries.push({ kind: "file", path, mode: 0o644, uid: 0, gid: 0, mtime: 0, content });
    }
    // The tar's writer asks for a blob's bytes: it gets an empty chunk, and the blob's slice goes in its place.
    const asked = new Map<Uint8Array, Blob>();
    const read: ReadStored = async (_, offset, size) => {
      const [at, from] = [Math.floor(offset / SPAN), offset % SPAN];
      const mark = new Uint8Array(0);
      asked.set(mark, (blobs[at] as Blob).slice(from, from + size));
      return mark;
    };
    const parts: BlobPart[] = [];
    for await (const chunk of writeTar(entries, read)) {
      parts.push(asked.get(chunk) ?? (chunk as Uint8Array<ArrayBuffer>));
    }
    return new Blob(parts, { type: "application/x-tar" });
  }
}

/** Blob n begins at n times this: more bytes than one can have, and exact for thousands of them. */
const SPAN = 2 ** 40;

function blobContent(at: number, size: number): Content {
  return { size, segments: size === 0 ? [] : [{ kind: "stored", layer: BLOB, offset: at * SPAN, size }] };
}

function directory(path: string): LayerEntry {
  return { kind: "directory", path, mode: 0o755, uid: 0, gid: 0, mtime: 0 };
}

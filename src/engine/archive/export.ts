import type { Descriptor } from "../../core/oci/descriptor.ts";
import { sha256 } from "../../core/oci/digest.ts";
import type { Digest } from "../../core/oci/digest.ts";
import { annotation, mediaType } from "../../core/oci/manifest.ts";
import type { ImageIndex, Manifest } from "../../core/oci/manifest.ts";
import { familiar, identifierOf, normalized, parseReference, withDefaultTag } from "../../core/oci/reference.ts";
import type { Reference } from "../../core/oci/reference.ts";
import { findImage } from "../lookup.ts";
import type { LayerStore } from "../ports.ts";
import type { EngineState, Image, Layer } from "../state.ts";
import { blobPath, nameAnnotation } from "./images.ts";
import { Tar } from "./tar.ts";

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
    for (const { blob } of stored) tar.file(blobPath(blob.digest), await storedBlob(layers, blob.digest));
    const config = put(tar, mediaType.ociConfig, image.configText);
    const manifest = put(tar, mediaType.ociManifest, JSON.stringify(manifestOf(image, config, stored)));
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

/** A JSON document among the blobs, by its digest. */
function put(tar: Tar, type: string, text: string): Descriptor {
  const bytes = new TextEncoder().encode(text);
  const digest = sha256(bytes);
  tar.file(blobPath(digest), bytes);
  return { mediaType: type, digest, size: bytes.length };
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

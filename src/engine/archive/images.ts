import { sha256 } from "../../core/oci/digest.ts";
import type { Digest, ImageId } from "../../core/oci/digest.ts";
import { annotation } from "../../core/oci/manifest.ts";
import type { ArchiveFiles } from "./files.ts";
import { refuse } from "./files.ts";
import * as shape from "./json.ts";

/** A layer as the archive has it. `digest`: what its bytes must be, where the archive says so. */
export interface ArchivedLayer {
  readonly path: string;
  readonly blob: Blob;
  readonly digest: Digest | undefined;
}

/** An image as the archive has it; its config's digest was verified where one is given. */
export interface ArchivedImage {
  readonly id: ImageId;
  readonly configText: string;
  /** Names as they are written there. */
  readonly names: readonly string[];
  /** Bottom first. */
  readonly layers: readonly ArchivedLayer[];
  readonly modelled: boolean;
}

/** Annotations of a descriptor in index.json. */
export const nameAnnotation = {
  /** containerd's: the whole reference. */
  containerd: "io.containerd.image.name",
  /** The OCI's own: by custom the tag alone, or the whole reference. (image-spec, annotations.md) */
  oci: "org.opencontainers.image.ref.name",
} as const;

/**
 * The images of an archive. manifest.json names them, as `docker load` has it; an OCI layout beside it, or
 * alone, gives digests and sizes to check and says whether an image is modelled.
 */
export async function archivedImages(files: ArchiveFiles): Promise<ArchivedImage[]> {
  const layout = files.get("index.json") === null ? [] : await layoutImages(files);
  if (files.get("manifest.json") === null) {
    if (layout.length > 0) return merged(layout);
    if (files.get("index.json") !== null) refuse("index.json names no image of Linux");
    if (files.get("repositories") !== null)
      refuse("archives of docker before 1.10, without manifest.json, are not supported");
    refuse("open manifest.json: no such file or directory");
  }
  const images = await dockerImages(files);
  return images.map((image) => {
    const same = layout.find(({ id }) => id === image.id);
    return same ? { ...image, layers: same.layers, modelled: same.modelled } : image;
  });
}

/** Several names of one image are several descriptors in an index. */
function merged(images: readonly ArchivedImage[]): ArchivedImage[] {
  const byId = new Map<ImageId, ArchivedImage>();
  for (const image of images) {
    const names = [...(byId.get(image.id)?.names ?? []), ...image.names];
    byId.set(image.id, { ...image, names: [...new Set(names)] });
  }
  return [...byId.values()];
}

async function dockerImages(files: ArchiveFiles): Promise<ArchivedImage[]> {
  const text = await decoded(files.need("manifest.json"), "manifest.json");
  if (text.trim() === "null") refuse("invalid manifest, manifest cannot be null (but can be [])");
  const images: ArchivedImage[] = [];
  for (const item of shape.parsed(text, "manifest.json", shape.dockerManifest)) {
    const config = await file(files, item.Config);
    const layers = (item.Layers ?? []).map((path) => ({ path, blob: files.need(path), digest: digestOf(path) }));
    images.push({
      id: config.digest as ImageId,
      configText: config.text,
      names: item.RepoTags ?? [],
      layers,
      modelled: false,
    });
  }
  return images;
}

type Descriptor = ReturnType<typeof indexOf>[number];

function indexOf(text: string, name: string) {
  return shape.parsed(text, name, shape.index).manifests ?? [];
}

async function layoutImages(files: ArchiveFiles): Promise<ArchivedImage[]> {
  const images: ArchivedImage[] = [];
  for (const entry of indexOf(await decoded(files.need("index.json"), "index.json"), "index.json")) {
    const found = await imageOf(files, entry);
    if (found === null) continue;
    const { [nameAnnotation.containerd]: whole, [nameAnnotation.oci]: name } = entry.annotations ?? {};
    // A bare tag names no repository: such an image comes without a name, as `skopeo` and `podman` have it.
    const wanted = whole ?? (name !== undefined && /[:/]/.test(name) ? name : undefined);
    images.push({ ...found, names: wanted === undefined ? [] : [wanted] });
  }
  return images;
}

/** Null for what is no image of Linux (attestations, other platforms) or not in the archive. */
async function imageOf(files: ArchiveFiles, entry: Descriptor): Promise<ArchivedImage | null> {
  const name = blobPath(entry.digest);
  if (files.get(name) === null) return null;
  const { text } = await described(files, entry);
  if (isIndex(entry.mediaType)) {
    const here = indexOf(text, name).filter(
      ({ digest, platform }) => files.get(blobPath(digest)) !== null && (platform?.os ?? "linux") === "linux",
    );
    const first = here.find(({ platform }) => platform?.architecture === "amd64") ?? here[0];
    return first ? imageOf(files, first) : null;
  }
  const { config, layers, annotations } = shape.parsed(text, name, shape.manifest);
  if (!/(?:image\.config\.v1|container\.image\.v1)\+json$/.test(config.mediaType)) return null;
  const { text: configText, digest } = await described(files, config);
  return {
    id: digest as ImageId,
    configText,
    names: [],
    layers: layers.map((layer) => {
      const path = blobPath(layer.digest);
      const blob = files.need(path);
      checkSize(blob, layer);
      return { path, blob, digest: layer.digest };
    }),
    modelled: annotations?.[annotation.modelled] === "true",
  };
}

function isIndex(mediaType: string): boolean {
  return /(?:image\.index\.v1|manifest\.list\.v2)\+json$/.test(mediaType);
}

export function blobPath(digest: Digest): string {
  return `blobs/${digest.replace(":", "/")}`;
}

/** What a path below blobs/ promises its bytes to be. */
function digestOf(path: string): Digest | undefined {
  const [, hex] = /^blobs\/sha256\/([0-9a-f]{64})$/.exec(path) ?? [];
  return hex === undefined ? undefined : (`sha256:${hex}` as Digest);
}

function checkSize(blob: Blob, { digest, size }: Descriptor): void {
  if (blob.size !== size) refuse(`blob ${digest} has ${blob.size} bytes, its descriptor says ${size}`);
}

async function described(files: ArchiveFiles, entry: Descriptor): Promise<{ text: string; digest: Digest }> {
  const path = blobPath(entry.digest);
  checkSize(files.need(path), entry);
  return file(files, path);
}

/** A JSON file and its digest, checked against its path where that is one. */
async function file(files: ArchiveFiles, path: string): Promise<{ text: string; digest: Digest }> {
  const text = await decoded(files.need(path), path);
  const digest = sha256(new TextEncoder().encode(text));
  const promised = digestOf(path);
  if (promised !== undefined && promised !== digest) refuse(`blob ${promised} is damaged: its bytes are ${digest}`);
  return { text, digest };
}

/** A JSON document longer than this is none. */
const MOST_JSON = 4 * 1024 * 1024;

/** The text whose UTF-8 is the file's bytes, exactly. */
async function decoded(blob: Blob, name: string): Promise<string> {
  if (blob.size > MOST_JSON) refuse(`invalid ${name}: larger than ${MOST_JSON} bytes`);
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(await blob.arrayBuffer());
  } catch {
    return refuse(`invalid ${name}: not UTF-8`);
  }
}

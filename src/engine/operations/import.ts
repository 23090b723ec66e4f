import { type Content, readSegments, type ReadStored } from "../../core/filesystem/content.ts";
import { FileSystemError } from "../../core/filesystem/errno.ts";
import { type FileTree, treeFromEntries } from "../../core/filesystem/tree.ts";
import type { LayerEntry } from "../../core/image/layer-entry.ts";
import { type ImageConfig, type ImageRunConfig, imageId } from "../../core/oci/config.ts";
import { chainId, type DiffId, type ImageId } from "../../core/oci/digest.ts";
import { goJson } from "../../core/oci/json.ts";
import { mediaType } from "../../core/oci/manifest.ts";
import { familiar, normalized, type Reference, withDefaultTag } from "../../core/oci/reference.ts";
import { emptyLower, stackOn } from "../../core/overlay/lower.ts";
import { isGzip } from "../archive/unpacked-content.ts";
import { appliedChanges } from "../changes.ts";
import { goTime } from "../child-config.ts";
import { DOCKER_VERSION } from "../dockerd.ts";
import { EngineError } from "../error.ts";
import { type ExtractedLayer, LayerError, type Ports } from "../ports.ts";
import { orderedConfig } from "../run-config.ts";
import type { Layer } from "../state.ts";
import type { Transaction } from "../transaction.ts";
import { withImage, withLayer, withTag } from "../update.ts";

export interface ImportRequest {
  /** A tar of a root filesystem, plain or gzip'ed. */
  readonly tar: Content;
  readonly reference: Reference | null;
  /** Dockerfile instructions. */
  readonly changes: readonly string[];
  readonly message: string;
  readonly platform: { readonly os: string; readonly architecture: string; readonly variant?: string };
  readonly signal?: AbortSignal;
}

/** Makes an image of one layer, the tar as it is, without a history. (moby, daemon/images/image_import.go) */
export async function importImage(
  tx: Transaction,
  ports: Pick<Ports, "clock" | "layers">,
  request: ImportRequest,
): Promise<ImageId> {
  const { reference, message: comment, platform } = request;
  if (reference !== null && reference.digest !== null) refuse("cannot import digest reference");
  const config = appliedChanges({}, request.changes);
  const layer = layerOf(await extracted(ports, request));
  const created = goTime(new Date(ports.clock.now()).toISOString());
  const configText = importedConfigText({ config, comment, created, platform, diffId: layer.diffId });
  const id = imageId(configText);
  const known = tx.state.layers.get(layer.chainId) ?? layer;
  const image = {
    id,
    configText,
    config: JSON.parse(configText) as ImageConfig,
    layers: [known.chainId],
    parent: null,
    modelled: false,
  };
  let next = withImage(withLayer(tx.state, known), image);
  if (reference !== null) next = withTag(next, normalized(withDefaultTag(reference)), id);
  tx.update(next, {
    type: "image.import",
    image: id,
    layer: known.chainId,
    size: known.size,
    reference: reference === null ? null : familiar(withDefaultTag(reference)),
  });
  return id;
}

export interface Imported extends Pick<ImportRequest, "platform"> {
  readonly config: ImageRunConfig;
  readonly comment: string;
  /** RFC 3339, as Go prints it. */
  readonly created: string;
  readonly diffId: DiffId;
  /** As dockerd's own, unless a recorded config of another build is to be met. */
  readonly dockerVersion?: string;
}

/** The config of an imported image, byte for byte as dockerd writes it; there was no container, but its config is there. */
export function importedConfigText({ config, comment, created, platform, diffId, dockerVersion }: Imported): string {
  return goJson({
    architecture: platform.architecture,
    ...(comment ? { comment } : {}),
    config: orderedConfig(config),
    container_config: orderedConfig({}),
    created,
    docker_version: dockerVersion ?? DOCKER_VERSION,
    history: [{ created, ...(comment ? { comment } : {}) }],
    os: platform.os,
    rootfs: { type: "layers", diff_ids: [diffId] },
    ...(platform.variant ? { variant: platform.variant } : {}),
  });
}

function refuse(message: string): never {
  throw new EngineError("copy-failed", { message });
}

async function extracted(
  { layers }: Pick<Ports, "layers">,
  { tar, signal }: ImportRequest,
): Promise<ExtractedLayer & { readonly type: string }> {
  const type = (await isGzip(tar, layers.readStored)) ? mediaType.ociLayerGzip : mediaType.ociLayer;
  try {
    const stream = streamOf(tar, layers.readStored);
    return { ...(await layers.extract(stream, { mediaType: type, ...(signal && { signal }) })), type };
  } catch (error) {
    if (!(error instanceof LayerError)) throw error;
    return refuse(error.message === "invalid tar header" ? "archive/tar: invalid tar header" : error.message);
  }
}

function streamOf(content: Content, read: ReadStored): ReadableStream<Uint8Array> {
  const chunks = readSegments(content.segments, read);
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { done, value } = await chunks.next();
      if (done) controller.close();
      else controller.enqueue(value);
    },
  });
}

function layerOf(made: ExtractedLayer & { readonly type: string }): Layer {
  const { diffId, blobDigest, blobSize, tarSize, type } = made;
  const tree = treeOf(made.entries);
  return {
    chainId: chainId(null, diffId),
    parent: null,
    diffId,
    blob: { digest: blobDigest, size: blobSize, mediaType: type },
    tarSize,
    size: tree.size,
    tree,
    lower: stackOn(emptyLower, tree),
  };
}

function treeOf(entries: readonly LayerEntry[]): FileTree {
  try {
    return treeFromEntries(entries);
  } catch (error) {
    if (!(error instanceof FileSystemError)) throw error;
    return refuse(error.message);
  }
}

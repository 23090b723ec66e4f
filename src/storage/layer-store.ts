import { Gzip } from "fflate";
import type { Content } from "../core/filesystem/content.ts";
import type { FileTree, Node, SavedTree } from "../core/filesystem/tree.ts";
import type { LayerEntry } from "../core/image/layer-entry.ts";
import { mediaType } from "../core/oci/manifest.ts";
import type { DiffId, Digest } from "../core/oci/digest.ts";
import { readTar } from "../core/tar/read.ts";
import { writeTar } from "../core/tar/write.ts";
import { LayerError } from "../engine/ports.ts";
import type { ExtractedLayer, LayerStore } from "../engine/ports.ts";
import type { EngineState } from "../engine/state.ts";
import { BlobParts } from "./blob-parts.ts";
import type { BlobStore } from "./blob-store.ts";
import { ContentSink, settled } from "./content-sink.ts";
import { IncomingBlob, StreamDigest, hashed } from "./layer-blob.ts";

/** Where the bytes of a layer's bigger files lie. A layer with none has no such blob. */
export function contentsKey(layer: DiffId): string {
  return `contents:${layer}`;
}

/**
 * Keys of all blobs that a state needs: of its layers, and of those that a file copied elsewhere (into a
 * volume, to the host, into another container) still has its bytes in, though they may be removed themselves.
 * `memory`: trees that are kept beside the state.
 */
export function blobKeys(state: EngineState, memory: readonly SavedTree[] = []): string[] {
  const layers = [...state.layers.values()];
  const trees = [
    ...layers.map(({ tree }) => tree),
    ...[...state.containers.values()].map(({ upper }) => upper),
    ...[...state.volumes.values()].map(({ tree }) => tree),
    state.files,
  ];
  const contents = new Set(layers.map(({ diffId }) => diffId));
  for (const tree of trees) for (const layer of storedIn(tree)) contents.add(layer);
  for (const { inodes } of memory) for (const [, node] of inodes) addStored(node, contents);
  return [...layers.map(({ blob }) => blob.digest), ...[...contents].map(contentsKey)];
}

const stored = new WeakMap<FileTree, ReadonlySet<DiffId>>();

/** The layers that hold bytes of a tree's files. */
function storedIn(tree: FileTree): ReadonlySet<DiffId> {
  const known = stored.get(tree);
  if (known) return known;
  const layers = new Set<DiffId>();
  for (const [, node] of tree.inodes()) addStored(node, layers);
  stored.set(tree, layers);
  return layers;
}

function addStored(node: { readonly kind: Node["kind"]; readonly content?: Content }, layers: Set<DiffId>): void {
  for (const segment of node.content?.segments ?? []) if (segment.kind === "stored") layers.add(segment.layer);
}

/** A layer store whose new blobs wait in memory until they are handed to `RecordStore.commit`. */
export interface StagingLayerStore extends LayerStore {
  /** New since the last {@link discard}, by key: for `HostChange.blobs`. */
  readonly staged: ReadonlyMap<string, Blob>;
  /** After the commit, or instead of it. */
  discard(): void;
}

export function layerStore(blobs: BlobStore): StagingLayerStore {
  return new Layers(blobs);
}

/** Bytes given to the compressor at once. */
const BATCH = 256 * 1024;

class Layers implements StagingLayerStore {
  readonly staged = new Map<string, Blob>();

  constructor(private readonly blobs: BlobStore) {}

  discard(): void {
    this.staged.clear();
  }

  async blob(key: string): Promise<Blob | null> {
    return this.staged.get(key) ?? (await this.blobs.get(key));
  }

  readonly readStored = async (layer: DiffId, offset: number, size: number): Promise<Uint8Array> => {
    const contents = await this.blob(contentsKey(layer));
    if (contents === null) throw new RangeError(`the contents of layer ${layer} are not here`);
    return new Uint8Array(await contents.slice(offset, offset + size).arrayBuffer());
  };

  async extract(
    stream: ReadableStream<Uint8Array>,
    options: { mediaType: string; digest?: Digest; signal?: AbortSignal; progress?: (bytes: number) => void },
  ): Promise<ExtractedLayer> {
    const { signal } = options;
    const blob = new IncomingBlob(stream, await StreamDigest.create(), signal, options.progress);
    const tar = await StreamDigest.create();
    const contents = new BlobParts();
    let entries: LayerEntry[] = [];
    let failure: unknown = null;
    try {
      try {
        entries = await readTar(hashed(blob.tar(), tar, signal), () => new ContentSink(contents));
      } catch (error) {
        failure = error ?? new TypeError("unknown");
      }
      // To the end even so: a blob that is not what its digest says is refused for that, not for what it holds.
      signal?.throwIfAborted();
      await blob.drain();
    } catch (error) {
      await blob.cancel(error);
      signal?.throwIfAborted();
      throw error;
    }
    const blobDigest = blob.digest.digest();
    if (options.digest !== undefined && blobDigest !== options.digest) {
      throw new LayerError("verification", `blob is ${blobDigest}, not ${options.digest}`);
    }
    if (failure !== null) throw unreadable(failure);
    const diffId = tar.digest<DiffId>();
    this.#stage(blobDigest, blob.parts.toBlob(options.mediaType), diffId, contents);
    return {
      diffId,
      blobDigest,
      blobSize: blob.digest.size,
      tarSize: tar.size,
      entries: settled(entries, diffId),
    };
  }

  async create(entries: readonly LayerEntry[], signal?: AbortSignal): Promise<ExtractedLayer> {
    const tar = await StreamDigest.create();
    const compressed = await StreamDigest.create();
    const parts = new BlobParts();
    // Not the browser's compressor: digests must be the same on every machine.
    const gzip = new Gzip({ level: 6, mtime: 0 }, (chunk) => {
      compressed.update(chunk);
      parts.append(chunk);
    });
    for await (const batch of batched(hashed(writeTar(entries, this.readStored), tar, signal))) {
      gzip.push(batch);
    }
    gzip.push(new Uint8Array(0), true);
    const diffId = tar.digest<DiffId>();
    const blobDigest = compressed.digest();
    const contents = new BlobParts();
    // Whole seconds, as the tar has them.
    const kept = entries.map((entry) => ({ ...ownContent(entry, contents), mtime: Math.floor(entry.mtime) }));
    this.#stage(blobDigest, parts.toBlob(mediaType.ociLayerGzip), diffId, contents);
    return { diffId, blobDigest, blobSize: compressed.size, tarSize: tar.size, entries: settled(kept, diffId) };
  }

  #stage(digest: Digest, blob: Blob, diffId: DiffId, contents: BlobParts): void {
    this.staged.set(digest, blob);
    if (contents.size > 0) this.staged.set(contentsKey(diffId), contents.toBlob(""));
  }
}

/** What a process wrote becomes the layer's own; what was copied up stays where it lies, in a layer below. */
function ownContent(entry: LayerEntry, contents: BlobParts): LayerEntry {
  if (entry.kind !== "file") return entry;
  const sink = new ContentSink(contents);
  for (const segment of entry.content.segments) {
    if (segment.kind === "bytes") sink.write(segment.bytes);
    else if (segment.kind === "zeros") sink.zeros(segment.size);
    else sink.elsewhere(segment);
  }
  return { ...entry, content: sink.end() };
}

/** Headers are 512 bytes each: too little to compress one by one. */
async function* batched(stream: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let batch = new Uint8Array(BATCH);
  let filled = 0;
  for await (const chunk of stream) {
    for (let at = 0; at < chunk.length; ) {
      const size = Math.min(chunk.length - at, BATCH - filled);
      batch.set(chunk.subarray(at, at + size), filled);
      at += size;
      filled += size;
      if (filled < BATCH) continue;
      yield batch;
      batch = new Uint8Array(BATCH);
      filled = 0;
    }
  }
  if (filled > 0) yield batch.subarray(0, filled);
}

function unreadable(failure: unknown): unknown {
  if (failure instanceof LayerError) return failure;
  return new LayerError("unreadable", failure instanceof Error ? failure.message : String(failure));
}

import { type Content, emptyContent, readSegments, type ReadStored, zeros } from "../../core/filesystem/content.ts";
import { mediaType } from "../../core/oci/manifest.ts";
import { BLOCK } from "../../core/tar/header.ts";
import { writeTar } from "../../core/tar/write.ts";
import type { LayerStore } from "../ports.ts";

/** So much is gathered before it is handed to the browser, which may put it on disk. */
const PART = 1 << 20;

/** The bytes of a content as a file of the browser's. */
export async function blobOf(content: Content, read: ReadStored): Promise<Blob> {
  const blobs: Blob[] = [];
  let parts: Uint8Array<ArrayBuffer>[] = [];
  let size = 0;
  for await (const chunk of readSegments(content.segments, read)) {
    parts.push(chunk as Uint8Array<ArrayBuffer>);
    size += chunk.length;
    if (size < PART) continue;
    blobs.push(new Blob(parts));
    [parts, size] = [[], 0];
  }
  return new Blob([...blobs, ...parts]);
}

/**
 * A file of the browser's as a content whose bytes are put aside, as a layer's are: in a tar of its own.
 * They are kept for as long as some file refers to them.
 */
export async function contentOf(blob: Blob, layers: LayerStore): Promise<Content> {
  if (blob.size === 0) return emptyContent;
  const entry = { kind: "file", path: "file", mode: 0o644, uid: 0, gid: 0, mtime: 0 } as const;
  const [header] = await chunks(writeTar([{ ...entry, content: zeros(blob.size) }], layers.readStored), 1);
  const end = new Uint8Array(((BLOCK - (blob.size % BLOCK)) % BLOCK) + 2 * BLOCK);
  const tar = new Blob([header as Uint8Array<ArrayBuffer>, blob, end]);
  const { entries } = await layers.extract(tar.stream(), { mediaType: mediaType.ociLayer });
  const [file] = entries;
  return file?.kind === "file" ? file.content : emptyContent;
}

async function chunks(stream: AsyncIterable<Uint8Array>, count: number): Promise<Uint8Array[]> {
  const first: Uint8Array[] = [];
  for await (const chunk of stream) if (first.push(chunk) === count) break;
  return first;
}

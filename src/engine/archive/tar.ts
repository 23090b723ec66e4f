import { bytesContent, type Content, type ReadStored } from "../../core/filesystem/content.ts";
import type { LayerEntry } from "../../core/image/layer-entry.ts";
import type { DiffId } from "../../core/oci/digest.ts";
import { writeTar } from "../../core/tar/write.ts";

/** Stands for a blob in a tar while it is put together: contents are named by layer, and this is none. */
const BLOB = "a blob" as DiffId;

/** Blob n begins at n times this: more bytes than one can have, and exact for thousands of them. */
const SPAN = 2 ** 40;

/** The members of an archive to be, each path once. Same members, same bytes. */
export class Tar {
  readonly #files = new Map<string, Uint8Array | Blob>();

  file(path: string, bytes: Uint8Array | Blob): void {
    this.#files.set(path, bytes);
  }

  text(path: string, text: string): void {
    this.file(path, new TextEncoder().encode(text));
  }

  /** Directories first; it refers to the blobs, and holds few bytes of its own. */
  async toBlob(): Promise<Blob> {
    const files = [...this.#files].toSorted(([a], [b]) => (a < b ? -1 : 1));
    const entries: LayerEntry[] = directoriesOf(files.map(([path]) => path));
    const blobs: Blob[] = [];
    for (const [path, value] of files) {
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

function directoriesOf(paths: readonly string[]): LayerEntry[] {
  const above = paths.flatMap((path) => {
    const names = path.split("/").slice(0, -1);
    return names.map((_, at) => names.slice(0, at + 1).join("/"));
  });
  const all = [...new Set(above)].toSorted();
  return all.map((path) => ({ kind: "directory", path, mode: 0o755, uid: 0, gid: 0, mtime: 0 }));
}

function blobContent(at: number, size: number): Content {
  return { size, segments: size === 0 ? [] : [{ kind: "stored", layer: BLOB, offset: at * SPAN, size }] };
}

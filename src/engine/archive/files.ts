import { emptyContent } from "../../core/filesystem/content.ts";
import { TarError } from "../../core/tar/header.ts";
import { readTar } from "../../core/tar/read.ts";
import { EngineError } from "../error.ts";

/** So much of a member is gathered before it is handed to the browser, which may put it on disk. */
const PART = 1 << 20;
/** Links that lead to links: more than this is a circle. */
const MOST_LINKS = 40;

/** Refuses an archive, in the words of `docker load` where it has some. */
export function refuse(message: string): never {
  throw new EngineError("bad-archive", { message });
}

/** The files of a tar, by path, as handles: their bytes are read only when somebody asks. */
export class ArchiveFiles {
  readonly #blobs = new Map<string, Blob>();
  readonly #links = new Map<string, string>();

  /** Reads a tar, gzip'ed or not. Throws `EngineError` "bad-archive". */
  static async read(archive: Blob, signal?: AbortSignal): Promise<ArchiveFiles> {
    const files = new ArchiveFiles();
    const written = new Map<string, Blob>();
    try {
      const entries = await readTar(unpacked(archive, signal), (path) => {
        const sink = new BlobSink();
        return {
          write: (chunk) => sink.write(chunk),
          end: () => {
            written.set(path, sink.end());
            return emptyContent;
          },
        };
      });
      for (const entry of entries) {
        if (entry.kind === "file") files.#blobs.set(entry.path, written.get(entry.path) ?? new Blob([]));
        if (entry.kind === "hardlink") files.#links.set(entry.path, entry.target);
        if (entry.kind === "symlink") files.#links.set(entry.path, beside(entry.path, entry.target));
      }
    } catch (error) {
      signal?.throwIfAborted();
      if (error instanceof TarError) {
        refuse(error.message === "invalid tar header" ? "archive/tar: invalid tar header" : error.message);
      }
      throw error;
    }
    return files;
  }

  /** Null when there is no such file. Links are followed, as old archives have them in place of a second layer.tar. */
  get(path: string): Blob | null {
    let at = path;
    for (let hops = 0; hops < MOST_LINKS; hops++) {
      const blob = this.#blobs.get(at);
      if (blob) return blob;
      const target = this.#links.get(at);
      if (target === undefined) return null;
      at = target;
    }
    return null;
  }

  /** The file, which must be there. */
  need(path: string): Blob {
    return this.get(path) ?? refuse(`open ${path}: no such file or directory`);
  }
}

/** The archive's bytes without its compression. What compresses it is read off its first bytes. */
async function* unpacked(archive: Blob, signal?: AbortSignal): AsyncGenerator<Uint8Array> {
  const head = new Uint8Array(await archive.slice(0, 6).arrayBuffer());
  if (head.length === 0) refuse("unexpected EOF");
  const method = MAGIC.find(({ bytes }) => bytes.every((byte, at) => head[at] === byte))?.name;
  if (method !== undefined && method !== "gzip") {
    refuse(`the archive is compressed with ${method}, which is not supported: unpack it first`);
  }
  const stream = archive.stream();
  const reader = (method === "gzip" ? stream.pipeThrough(new DecompressionStream("gzip")) : stream).getReader();
  try {
    for (;;) {
      signal?.throwIfAborted();
      // What unpacks a gzip has words of its own, different in every browser.
      const reading =
        method === "gzip" ? reader.read().catch(() => refuse("gzip: damaged or cut short")) : reader.read();
      const { done, value } = await reading;
      if (done) return;
      yield value;
    }
  } finally {
    await reader.cancel().catch(() => {});
  }
}

/** Compressions that `docker load` knows. (moby, pkg/archive, `DetectCompression`) */
const MAGIC = [
  { name: "gzip", bytes: [0x1f, 0x8b] },
  { name: "zstd", bytes: [0x28, 0xb5, 0x2f, 0xfd] },
  { name: "bzip2", bytes: [0x42, 0x5a, 0x68] },
  { name: "xz", bytes: [0xfd, 0x37, 0x7a, 0x58, 0x5a] },
] as const;

class BlobSink {
  readonly #blobs: Blob[] = [];
  #pending: Uint8Array<ArrayBuffer>[] = [];
  #size = 0;

  write(chunk: Uint8Array): void {
    this.#pending.push(chunk.slice());
    this.#size += chunk.length;
    if (this.#size >= PART) this.#seal();
  }

  end(): Blob {
    this.#seal();
    return new Blob(this.#blobs);
  }

  #seal(): void {
    if (this.#pending.length > 0) this.#blobs.push(new Blob(this.#pending));
    this.#pending = [];
    this.#size = 0;
  }
}

/** Where a symlink at `path` leads, inside the archive. */
function beside(path: string, target: string): string {
  const parts = target.startsWith("/") ? [] : path.split("/").slice(0, -1);
  for (const part of target.split("/")) {
    if (part === "..") parts.pop();
    else if (part !== "" && part !== ".") parts.push(part);
  }
  return parts.join("/");
}

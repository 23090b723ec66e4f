import { createSHA256 } from "hash-wasm";
import type { IHasher } from "hash-wasm";
import { parseDigest } from "../core/oci/digest.ts";
import type { Digest } from "../core/oci/digest.ts";
import { LayerError } from "../engine/ports.ts";
import { BlobParts } from "./blob-parts.ts";

/** A sha256 that takes its bytes as they come. */
export class StreamDigest {
  size = 0;
  private constructor(private readonly hasher: IHasher) {}

  static async create(): Promise<StreamDigest> {
    return new StreamDigest(await createSHA256());
  }

  update(bytes: Uint8Array): void {
    this.hasher.update(bytes);
    this.size += bytes.length;
  }

  digest<D extends Digest = Digest>(): D {
    return parseDigest<D>(`sha256:${this.hasher.digest("hex")}`);
  }
}

/** After so many bytes messages (Ctrl-C) get their turn: what is in memory, or unpacks there, never waits by itself. */
const BREATH = 8 * 1024 * 1024;

/** Hashes what passes; stops when `signal` aborts. */
export async function* hashed(
  stream: AsyncIterable<Uint8Array>,
  digest: StreamDigest,
  signal?: AbortSignal,
): AsyncGenerator<Uint8Array> {
  let next = BREATH;
  for await (const chunk of stream) {
    digest.update(chunk);
    yield chunk;
    if (digest.size < next) continue;
    next = digest.size + BREATH;
    await new Promise((resolve) => setTimeout(resolve));
    signal?.throwIfAborted();
  }
}

/** A layer blob as it arrives: hashed and put aside whole, whether or not anybody can make sense of it. */
export class IncomingBlob {
  readonly parts = new BlobParts();
  readonly #reader: ReadableStreamDefaultReader<Uint8Array>;
  #ended = false;

  constructor(
    stream: ReadableStream<Uint8Array>,
    readonly digest: StreamDigest,
    private readonly signal?: AbortSignal,
    private readonly progress?: (bytes: number) => void,
  ) {
    this.#reader = stream.getReader();
  }

  /** Null at the end. */
  async next(): Promise<Uint8Array | null> {
    if (this.#ended) return null;
    this.signal?.throwIfAborted();
    const { done, value } = await this.#reader.read();
    if (done) {
      this.#ended = true;
      return null;
    }
    this.digest.update(value);
    this.parts.append(value);
    this.progress?.(this.digest.size);
    return value;
  }

  async drain(): Promise<void> {
    while ((await this.next()) !== null);
  }

  async cancel(reason: unknown): Promise<void> {
    await this.#reader.cancel(reason).catch(() => {});
  }

  /** The tar in it. What compresses it is read off its first bytes; media types are often wrong. */
  async *tar(): AsyncGenerator<Uint8Array> {
    let first = new Uint8Array(0);
    while (first.length < 4) {
      const chunk = await this.next();
      if (chunk === null) break;
      const longer = new Uint8Array(first.length + chunk.length);
      longer.set(first);
      longer.set(chunk, first.length);
      first = longer;
    }
    if (startsWith(first, ZSTD)) throw new LayerError("unreadable", "zstd layers are not supported");
    if (startsWith(first, GZIP)) yield* iterate(this.#gunzipped(first));
    else {
      if (first.length > 0) yield first;
      for (let chunk = await this.next(); chunk !== null; chunk = await this.next()) yield chunk;
    }
  }

  #gunzipped(first: Uint8Array<ArrayBuffer>): ReadableStream<Uint8Array> {
    // Its cancelling does not reach the blob: that is read to its end in any case, for its digest.
    const compressed = new ReadableStream<Uint8Array<ArrayBuffer>>({
      start: (controller) => controller.enqueue(first),
      pull: async (controller) => {
        const chunk = await this.next();
        if (chunk === null) controller.close();
        else controller.enqueue(chunk as Uint8Array<ArrayBuffer>);
      },
    });
    return compressed.pipeThrough(new DecompressionStream("gzip"));
  }
}

const GZIP = [0x1f, 0x8b];
const ZSTD = [0x28, 0xb5, 0x2f, 0xfd];

function startsWith(bytes: Uint8Array, magic: readonly number[]): boolean {
  return magic.every((byte, at) => bytes[at] === byte);
}

/** For browsers whose streams cannot be iterated. */
async function* iterate(stream: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = stream.getReader();
  try {
    for (let step = await reader.read(); !step.done; step = await reader.read()) yield step.value;
  } finally {
    await reader.cancel().catch(() => {});
  }
}

import { concat, emptyContent } from "../core/filesystem/content.ts";
import type { Content, Segment } from "../core/filesystem/content.ts";
import type { LayerEntry } from "../core/image/layer-entry.ts";
import type { DiffId } from "../core/oci/digest.ts";
import type { FileSink } from "../core/tar/read.ts";
import type { BlobParts } from "./blob-parts.ts";

/** Shorter runs of zeros are kept as they are. */
const ZERO_RUN = 512;
/** Files with less than this, zeros not counted, stay in the record of their layer. */
const INLINE_BELOW = 4096;

/** Stands for the layer whose contents are being gathered: its diffID is known when all of it was read. */
const THIS_LAYER = "this layer" as DiffId;

type Run =
  | { readonly kind: "zeros" | "data"; size: number }
  | { readonly kind: "elsewhere"; readonly segment: Segment };

/**
 * Takes the bytes of one file: long runs of zeros become nothing but a number, a small rest stays
 * inline, a big one goes to `contents`, all the runs of a file one after the other.
 */
export class ContentSink implements FileSink {
  readonly #runs: Run[] = [];
  #held: Uint8Array[] = [];
  #data = 0;
  /** Zeros at the end of what was written so far. */
  #zeros = 0;
  /** Where the file's data begin in `contents`; null while they are held back. */
  #offset: number | null = null;

  constructor(private readonly contents: BlobParts) {}

  write(chunk: Uint8Array): void {
    let at = 0;
    while (at < chunk.length) {
      const start = at;
      while (at < chunk.length && chunk[at] === 0) at += 1;
      // A run may go on in the next chunk: it is judged when it has ended.
      this.#zeros += at - start;
      if (at === chunk.length) return;
      const end = endOfData(chunk, at);
      this.#endZeros();
      this.#add(chunk.subarray(at, end));
      at = end;
    }
  }

  zeros(size: number): void {
    this.#zeros += size;
  }

  /** Bytes that another layer's contents hold, and go on holding. */
  elsewhere(segment: Segment): void {
    this.#endZeros();
    this.#runs.push({ kind: "elsewhere", segment });
  }

  end(): Content {
    this.#endZeros();
    const inline = this.#offset === null ? joined(this.#held, this.#data) : null;
    let at = 0;
    const segments = this.#runs.map((run): Segment => {
      if (run.kind === "elsewhere") return run.segment;
      const { kind, size } = run;
      if (kind === "zeros") return { kind, size };
      at += size;
      // A copy of its own: a view would drag the whole buffer into storage.
      if (inline !== null) return { kind: "bytes", bytes: inline.slice(at - size, at) };
      return { kind: "stored", layer: THIS_LAYER, offset: (this.#offset ?? 0) + at - size, size };
    });
    return segments.reduce<Content>((content, segment) => concat(content, contentOf(segment)), emptyContent);
  }

  #endZeros(): void {
    if (this.#zeros >= ZERO_RUN) this.#grow("zeros", this.#zeros);
    else this.#add(new Uint8Array(this.#zeros));
    this.#zeros = 0;
  }

  #grow(kind: "zeros" | "data", size: number): void {
    const last = this.#runs.at(-1);
    if (size === 0) return;
    if (last?.kind === kind) last.size += size;
    else this.#runs.push({ kind, size });
  }

  #add(bytes: Uint8Array): void {
    if (bytes.length === 0) return;
    this.#grow("data", bytes.length);
    this.#data += bytes.length;
    if (this.#offset !== null) return this.contents.append(bytes);
    this.#held.push(bytes.slice());
    if (this.#data < INLINE_BELOW) return;
    this.#offset = this.contents.size;
    for (const held of this.#held) this.contents.append(held);
    this.#held = [];
  }
}

/** Where the next long run of zeros begins, or the zeros at the chunk's end, or the chunk ends. */
function endOfData(chunk: Uint8Array, from: number): number {
  let at = from;
  while (at < chunk.length) {
    const zero = chunk.indexOf(0, at);
    if (zero < 0) return chunk.length;
    let end = zero + 1;
    while (end < chunk.length && chunk[end] === 0) end += 1;
    if (end - zero >= ZERO_RUN || end === chunk.length) return zero;
    at = end;
  }
  return chunk.length;
}

function joined(parts: readonly Uint8Array[], size: number): Uint8Array {
  const bytes = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

function contentOf(segment: Segment): Content {
  return { size: segment.kind === "bytes" ? segment.bytes.length : segment.size, segments: [segment] };
}

/** The entries with their contents in `layer`, now that it has its name. */
export function settled(entries: readonly LayerEntry[], layer: DiffId): LayerEntry[] {
  const named = (segment: Segment): Segment =>
    segment.kind === "stored" && segment.layer === THIS_LAYER ? { ...segment, layer } : segment;
  return entries.map((entry) => {
    if (entry.kind !== "file" || !entry.content.segments.some((segment) => segment.kind === "stored")) return entry;
    return { ...entry, content: { ...entry.content, segments: entry.content.segments.map(named) } };
  });
}

import type { DiffId } from "../oci/digest.ts";

/**
 * A run of a file's bytes. `zeros` costs nothing; `stored` lies in the contents blob of a layer
 * (what was put aside when the layer was extracted), to be read when somebody asks.
 */
export type Segment =
  | { readonly kind: "bytes"; readonly bytes: Uint8Array }
  | { readonly kind: "zeros"; readonly size: number }
  | { readonly kind: "stored"; readonly layer: DiffId; readonly offset: number; readonly size: number };

/**
 * The bytes of a regular file as a rope: appending a line to a 1 GB file of a lower layer makes a
 * new rope of two segments, so the core never has to read what it does not change.
 */
export interface Content {
  /** Bytes. */
  readonly size: number;
  readonly segments: readonly Segment[];
}

/** Reads `size` bytes at `offset` of the contents blob of `layer`. Handed in, the core does no IO. */
export type ReadStored = (layer: DiffId, offset: number, size: number) => Promise<Uint8Array>;

export const emptyContent: Content = { size: 0, segments: [] };

/** Runs of bytes up to this size are joined, so that a log written line by line stays a short rope. */
const JOIN_BELOW = 64 * 1024;

/** The caller gives `bytes` away: they must not change afterwards. */
export function bytesContent(bytes: Uint8Array): Content {
  return bytes.length === 0 ? emptyContent : { size: bytes.length, segments: [{ kind: "bytes", bytes }] };
}

/** Shorter runs of zeros are kept as bytes. */
const ZERO_RUN = 4096;

/** The same bytes, long runs of zeros in them as what they are: they cost nothing then. Takes `bytes` over. */
export function sparseContent(bytes: Uint8Array): Content {
  const segments: Segment[] = [];
  let start = 0;
  for (let zero = bytes.indexOf(0); zero >= 0; ) {
    let end = zero + 1;
    while (end < bytes.length && bytes[end] === 0) end += 1;
    if (end - zero >= ZERO_RUN) {
      if (zero > start) segments.push({ kind: "bytes", bytes: bytes.slice(start, zero) });
      segments.push({ kind: "zeros", size: end - zero });
      start = end;
    }
    zero = bytes.indexOf(0, end);
  }
  if (segments.length === 0) return bytesContent(bytes);
  if (start < bytes.length) segments.push({ kind: "bytes", bytes: bytes.slice(start) });
  return { size: bytes.length, segments };
}

/** UTF-8. */
export function textContent(text: string): Content {
  return bytesContent(new TextEncoder().encode(text));
}

export function zeros(size: number): Content {
  return size === 0 ? emptyContent : { size, segments: [{ kind: "zeros", size }] };
}

export function concat(a: Content, b: Content): Content {
  if (a.size === 0) return b;
  if (b.size === 0) return a;
  const segments = a.segments.slice();
  for (const segment of b.segments) append(segments, segment);
  return { size: a.size + b.size, segments };
}

/** Bytes `from` (inclusive) to `to` (exclusive), both cut to the content's size. */
export function slice(content: Content, from: number, to: number): Content {
  const start = Math.max(0, Math.min(from, content.size));
  const end = Math.max(start, Math.min(to, content.size));
  if (start === 0 && end === content.size) return content;
  const segments: Segment[] = [];
  let at = 0;
  for (const segment of content.segments) {
    const size = segmentSize(segment);
    const low = Math.max(start - at, 0);
    const high = Math.min(end - at, size);
    if (low < high) segments.push(part(segment, low, high));
    at += size;
    if (at >= end) break;
  }
  return { size: end - start, segments };
}

/** Takes a content apart from its beginning, each piece at the cost of its own segments. */
export class ContentCursor {
  #segment = 0;
  #within = 0;
  /** Bytes that are still to come. */
  left: number;

  constructor(private readonly content: Content) {
    this.left = content.size;
  }

  /** The next `size` bytes, or as many as there are. */
  take(size: number): Content {
    const segments: Segment[] = [];
    const end = Math.min(size, this.left);
    for (let at = 0; at < end; ) {
      const segment = this.content.segments[this.#segment] as Segment;
      const to = Math.min(segmentSize(segment), this.#within + end - at);
      segments.push(part(segment, this.#within, to));
      at += to - this.#within;
      this.#within = to === segmentSize(segment) ? 0 : to;
      if (this.#within === 0) this.#segment += 1;
    }
    this.left -= end;
    return { size: end, segments };
  }
}

/** pwrite(2): `bytes` at `offset`; a gap before it reads as zeros. */
export function overwrite(content: Content, offset: number, bytes: Content): Content {
  if (bytes.size === 0) return content;
  const before = resize(content, offset);
  return concat(concat(before, bytes), slice(content, offset + bytes.size, content.size));
}

/** truncate(2): cuts, or extends with zeros. */
export function resize(content: Content, size: number): Content {
  return size <= content.size ? slice(content, 0, size) : concat(content, zeros(size - content.size));
}

export async function readContent(content: Content, read: ReadStored): Promise<Uint8Array> {
  const [only] = content.segments;
  if (content.segments.length === 1 && only?.kind === "bytes") return only.bytes;
  const bytes = new Uint8Array(content.size);
  let at = 0;
  for (const segment of content.segments) {
    if (segment.kind === "bytes") bytes.set(segment.bytes, at);
    else if (segment.kind === "stored") bytes.set(await read(segment.layer, segment.offset, segment.size), at);
    at += segmentSize(segment);
  }
  return bytes;
}

/** So much is read at once. */
const CHUNK = 256 * 1024;

/** The bytes in their order, piece by piece: what is long is never in memory as a whole. */
export async function* readSegments(segments: Iterable<Segment>, read: ReadStored): AsyncGenerator<Uint8Array> {
  for (const segment of segments) {
    if (segment.kind === "bytes") {
      yield segment.bytes;
      continue;
    }
    for (let at = 0; at < segment.size; at += CHUNK) {
      const length = Math.min(CHUNK, segment.size - at);
      if (segment.kind === "zeros") yield new Uint8Array(length);
      else yield await read(segment.layer, segment.offset + at, length);
    }
  }
}

/** All of them as one content; neighbours are joined where that makes it shorter. */
export function ropeOf(parts: Iterable<Segment>): Content {
  const segments: Segment[] = [];
  let size = 0;
  for (const part of parts) {
    if (segmentSize(part) === 0) continue;
    append(segments, part);
    size += segmentSize(part);
  }
  return { size, segments };
}

/** True only when the bytes are surely equal: the same runs of the same things, however they are cut. */
export function sameContent(a: Content, b: Content): boolean {
  if (a === b) return true;
  if (a.size !== b.size) return false;
  let at = 0;
  let [i, j, skipA, skipB] = [0, 0, 0, 0];
  while (at < a.size) {
    const one = a.segments[i];
    const two = b.segments[j];
    if (!one || !two) return false;
    const size = Math.min(segmentSize(one) - skipA, segmentSize(two) - skipB);
    if (!sameSegment(part(one, skipA, skipA + size), part(two, skipB, skipB + size))) return false;
    at += size;
    skipA += size;
    skipB += size;
    if (skipA === segmentSize(one)) [i, skipA] = [i + 1, 0];
    if (skipB === segmentSize(two)) [j, skipB] = [j + 1, 0];
  }
  return true;
}

export function segmentSize(segment: Segment): number {
  return segment.kind === "bytes" ? segment.bytes.length : segment.size;
}

function sameSegment(a: Segment, b: Segment): boolean {
  if (a.kind === "stored") return b.kind === "stored" && a.layer === b.layer && a.offset === b.offset;
  if (a.kind === "zeros" && b.kind === "zeros") return true;
  if (a.kind === "bytes" && b.kind === "bytes") {
    return a.bytes === b.bytes || a.bytes.every((byte, index) => byte === b.bytes[index]);
  }
  const bytes = a.kind === "bytes" ? a.bytes : b.kind === "bytes" ? b.bytes : null;
  const other = a.kind === "bytes" ? b : a;
  return bytes !== null && other.kind === "zeros" && bytes.every((byte) => byte === 0);
}

function part(segment: Segment, from: number, to: number): Segment {
  if (from === 0 && to === segmentSize(segment)) return segment;
  if (segment.kind === "bytes") return { kind: "bytes", bytes: segment.bytes.subarray(from, to) };
  if (segment.kind === "zeros") return { kind: "zeros", size: to - from };
  return { ...segment, offset: segment.offset + from, size: to - from };
}

function append(segments: Segment[], next: Segment): void {
  const last = segments.at(-1);
  const joined = last && join(last, next);
  if (joined) segments[segments.length - 1] = joined;
  else segments.push(next);
}

function join(a: Segment, b: Segment): Segment | null {
  if (a.kind === "zeros" && b.kind === "zeros") return { kind: "zeros", size: a.size + b.size };
  if (a.kind === "stored" && b.kind === "stored") {
    return a.layer === b.layer && a.offset + a.size === b.offset ? { ...a, size: a.size + b.size } : null;
  }
  if (a.kind !== "bytes" || b.kind !== "bytes" || a.bytes.length + b.bytes.length > JOIN_BELOW) return null;
  const bytes = new Uint8Array(a.bytes.length + b.bytes.length);
  bytes.set(a.bytes);
  bytes.set(b.bytes, a.bytes.length);
  return { kind: "bytes", bytes };
}

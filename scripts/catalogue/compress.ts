import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Gzip } from "fflate";
import type { DiffId } from "../../src/core/oci/digest.ts";

const PIECE = 1 << 20;
const cache = new URL("../../node_modules/.cache/catalogue-layers/", import.meta.url).pathname;

/**
 * Gzip of a layer, a function of its bytes alone: what is pushed is cut anew into pieces of one size, because the
 * compressor's blocks follow the pieces. Kept by diffID, as most layers stay as they are from build to build.
 */
export async function compressed(diffId: DiffId, tar: () => AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const file = join(cache, `${diffId.replace(":", "-")}.gz`);
  if (existsSync(file)) return readFileSync(file);
  const bytes = await gzip(tar());
  mkdirSync(cache, { recursive: true });
  writeFileSync(`${file}.${process.pid}`, bytes);
  renameSync(`${file}.${process.pid}`, file);
  return bytes;
}

/** Level 6, no name, no time. */
export async function gzip(tar: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  const stream = new Gzip({ level: 6, mtime: 0 }, (chunk) => chunks.push(chunk));
  let piece = new Uint8Array(PIECE);
  let filled = 0;
  for await (const chunk of tar) {
    for (let at = 0; at < chunk.length; ) {
      const part = chunk.subarray(at, at + PIECE - filled);
      piece.set(part, filled);
      filled += part.length;
      at += part.length;
      if (filled < PIECE) continue;
      stream.push(piece, false);
      piece = new Uint8Array(PIECE);
      filled = 0;
    }
  }
  stream.push(piece.subarray(0, filled), true);
  return Buffer.concat(chunks);
}

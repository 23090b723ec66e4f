import { concat, pngChunk, pngWithScene } from "../../host/picture-scene.ts";

/** One picture of an animation, and how long it stays, in ms. */
export interface Frame {
  readonly pixels: ImageData;
  readonly ms: number;
}

const SIGNATURE = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
const RGB = 2;

/**
 * An animated PNG that plays for ever, with a scene in it. Pictures come one by one and have one size; of each only
 * the part is stored that differs from the one before. (PNG specification, third edition: acTL, fcTL, fdAT)
 */
export class AnimatedPng {
  readonly #chunks: Uint8Array[] = [];
  #last: ImageData | null = null;
  #frames = 0;
  #sequence = 0;

  async add({ pixels, ms }: Frame): Promise<void> {
    const box = this.#last ? changed(this.#last, pixels) : { x: 0, y: 0, width: pixels.width, height: pixels.height };
    const data = await deflated(rowsOf(pixels, box));
    this.#chunks.push(pngChunk("fcTL", this.#control(box, ms)));
    if (this.#frames === 0) this.#chunks.push(pngChunk("IDAT", data));
    else this.#chunks.push(pngChunk("fdAT", concat([uint32(this.#sequence++), data])));
    this.#frames++;
    this.#last = pixels;
  }

  /** Throws `RangeError` when there is no picture. */
  toBlob(fragment: string): Blob {
    if (!this.#last) throw new RangeError("an animation of nothing");
    const { width, height } = this.#last;
    const header = concat([uint32(width), uint32(height), Uint8Array.of(8, RGB, 0, 0, 0)]);
    const control = concat([uint32(this.#frames), uint32(0)]);
    const all = [SIGNATURE, pngChunk("IHDR", header), pngChunk("acTL", control), ...this.#chunks];
    const png = concat([...all, pngChunk("IEND", new Uint8Array(0))]);
    return new Blob([pngWithScene(png, fragment) as Uint8Array<ArrayBuffer>], { type: "image/png" });
  }

  #control({ x, y, width, height }: Box, ms: number): Uint8Array {
    const place = [this.#sequence++, width, height, x, y].map(uint32);
    // The delay is a fraction of a second; the picture stays when the next one comes, and replaces what was there.
    return concat([...place, Uint8Array.of(ms >> 8, ms & 255, 1000 >> 8, 1000 & 255, 0, 0)]);
  }
}

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** The smallest part that holds all that differs; one pixel when nothing does. */
function changed(before: ImageData, after: ImageData): Box {
  const { width, height } = after;
  const [a, b] = [new Uint32Array(before.data.buffer), new Uint32Array(after.data.buffer)];
  let [left, right, top, bottom] = [width, -1, height, -1];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if (a[y * width + x] === b[y * width + x]) continue;
      if (x < left) left = x;
      if (x > right) right = x;
      if (y < top) top = y;
      bottom = y;
    }
  }
  if (right < 0) return { x: 0, y: 0, width: 1, height: 1 };
  return { x: left, y: top, width: right - left + 1, height: bottom - top + 1 };
}

/** Each row behind its filter: the difference to the row above, which is mostly nothing. */
function rowsOf({ data, width }: ImageData, box: Box): Uint8Array {
  const stride = 1 + box.width * 3;
  const rows = new Uint8Array(stride * box.height);
  const UP = 2;
  for (let y = 0; y < box.height; y++) {
    let to = y * stride;
    rows[to++] = y === 0 ? 0 : UP;
    for (let x = 0; x < box.width; x++) {
      const from = ((box.y + y) * width + box.x + x) * 4;
      for (let channel = 0; channel < 3; channel++) {
        const above = y === 0 ? 0 : (data[from + channel - width * 4] ?? 0);
        rows[to++] = (data[from + channel] ?? 0) - above;
      }
    }
  }
  return rows;
}

async function deflated(bytes: Uint8Array): Promise<Uint8Array> {
  const stream = new Blob([bytes as Uint8Array<ArrayBuffer>]).stream().pipeThrough(new CompressionStream("deflate"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

function uint32(value: number): Uint8Array {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, value);
  return bytes;
}

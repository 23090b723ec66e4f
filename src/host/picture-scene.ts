/**
 * A picture carries its scene where pictures carry words: a PNG in an iTXt chunk, an SVG in `<metadata>`. The value
 * is a link's fragment. (PNG specification, 11.3.3.4 iTXt; SVG 2, 5.4 "metadata")
 */
export const KEYWORD = "Lamina scene";

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const utf8 = new TextEncoder();

/** Null when it is no picture, or none with a scene. */
export function fragmentInPicture(bytes: Uint8Array): string | null {
  if (SIGNATURE.every((byte, at) => bytes[at] === byte)) return fragmentInPng(bytes);
  const head = new TextDecoder().decode(bytes.subarray(0, 1024));
  return /^\s*<(\?xml|svg|!--)/.test(head) ? fragmentInSvg(new TextDecoder().decode(bytes)) : null;
}

/** What goes into an SVG, right behind its start tag. A fragment has nothing that XML would have to be told of but `&`. */
export function svgMetadata(fragment: string): string {
  const value = fragment.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
  return `<metadata><lamina:scene xmlns:lamina="https://lamina.invalid/scene" link="${value}"/></metadata>`;
}

function fragmentInSvg(text: string): string | null {
  const value = /<lamina:scene [^>]*\blink="([^"]*)"/.exec(text)?.[1];
  return value?.replaceAll("&lt;", "<").replaceAll("&quot;", '"').replaceAll("&amp;", "&") ?? null;
}

/** The PNG with the scene in it, behind its header. Throws `RangeError` when it is no PNG. */
export function pngWithScene(png: Uint8Array, fragment: string): Uint8Array {
  if (!SIGNATURE.every((byte, at) => png[at] === byte)) throw new RangeError("not a PNG");
  // Keyword, its end, not compressed, no language, no translated keyword.
  const data = concat([utf8.encode(KEYWORD), new Uint8Array(5), utf8.encode(fragment)]);
  const end = SIGNATURE.length + chunkLength(png, SIGNATURE.length);
  return concat([png.subarray(0, end), pngChunk("iTXt", data), png.subarray(end)]);
}

function fragmentInPng(png: Uint8Array): string | null {
  const keyword = utf8.encode(`${KEYWORD}\0\0\0\0\0`);
  for (let at = SIGNATURE.length; at + 12 <= png.length; at += chunkLength(png, at)) {
    const type = String.fromCharCode(...png.subarray(at + 4, at + 8));
    const data = png.subarray(at + 8, at + chunkLength(png, at) - 4);
    if (type !== "iTXt" || !keyword.every((byte, index) => data[index] === byte)) continue;
    return new TextDecoder().decode(data.subarray(keyword.length));
  }
  return null;
}

/** Of the whole chunk that begins at `at`. */
function chunkLength(png: Uint8Array, at: number): number {
  return new DataView(png.buffer, png.byteOffset + at, 4).getUint32(0) + 12;
}

/** Length, type, data, checksum. (PNG specification, 5.3 "Chunk layout") */
export function pngChunk(type: string, data: Uint8Array): Uint8Array {
  const typed = concat([utf8.encode(type), data]);
  const chunk = new Uint8Array(typed.length + 8);
  const view = new DataView(chunk.buffer);
  view.setUint32(0, data.length);
  chunk.set(typed, 4);
  view.setUint32(chunk.length - 4, crc32(typed));
  return chunk;
}

export function concat(parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  return value;
});

/** (PNG specification, annex D.) */
function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) crc = (crc >>> 8) ^ (TABLE[(crc ^ byte) & 0xff] ?? 0);
  return ~crc >>> 0;
}

/**
 * Names on Linux are bytes, in practice UTF-8. A byte that is no part of valid UTF-8 becomes the lone
 * surrogate U+DC00 + byte (as Python's "surrogateescape", PEP 383), so every name makes the round trip.
 */

const encoder = new TextEncoder();
const strict = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
const BEYOND_ASCII = /[\u0080-\uffff]/;
const LONE = /[\udc80-\udcff]/;

export function isAscii(text: string): boolean {
  return !BEYOND_ASCII.test(text);
}

export function decodeName(bytes: Uint8Array): string {
  try {
    return strict.decode(bytes);
  } catch {
    return decodeEscaping(bytes);
  }
}

export function encodeName(name: string): Uint8Array {
  if (!LONE.test(name)) return encoder.encode(name);
  const out: number[] = [];
  for (const symbol of name) {
    const code = symbol.codePointAt(0) ?? 0;
    if (code >= 0xdc80 && code <= 0xdcff) out.push(code - 0xdc00);
    else out.push(...encoder.encode(symbol));
  }
  return Uint8Array.from(out);
}

/** How many bytes the name takes on disk. */
export function nameLength(name: string): number {
  return isAscii(name) ? name.length : encodeName(name).length;
}

/** More bytes than `limit`. A UTF-16 unit takes at most three, so short names need no look at their letters. */
export function longerThan(name: string, limit: number): boolean {
  return name.length * 3 > limit && nameLength(name) > limit;
}

/** Order of the bytes, as Go's filepath.Walk and `LC_ALL=C ls` sort; UTF-16 order differs beyond U+D7FF. */
export function compareNames(a: string, b: string): number {
  if (a === b) return 0;
  let i = 0;
  while (i < a.length && i < b.length && a.charCodeAt(i) === b.charCodeAt(i)) i++;
  if (i === a.length) return -1;
  if (i === b.length) return 1;
  if (a.charCodeAt(i) < 0xd800 && b.charCodeAt(i) < 0xd800) return a.charCodeAt(i) - b.charCodeAt(i);
  const one = encodeName(a);
  const two = encodeName(b);
  for (let at = 0; at < one.length && at < two.length; at++) {
    const difference = (one[at] ?? 0) - (two[at] ?? 0);
    if (difference !== 0) return difference;
  }
  return one.length - two.length;
}

function decodeEscaping(bytes: Uint8Array): string {
  let text = "";
  for (let at = 0; at < bytes.length; ) {
    const length = sequenceLength(bytes[at] ?? 0);
    try {
      text += strict.decode(bytes.subarray(at, at + length));
      at += length;
    } catch {
      text += String.fromCharCode(0xdc00 + (bytes[at] ?? 0));
      at += 1;
    }
  }
  return text;
}

function sequenceLength(lead: number): number {
  return lead < 0xc0 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
}

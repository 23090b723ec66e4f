import { deflateSync, Inflate } from "fflate";

/** The log of a link this long would be megabytes: nobody typed it. */
export const MOST_UNPACKED = 8 * 1024 * 1024;

/** Raw deflate (RFC 1951) with a preset dictionary. */
export function packed(text: string, dictionary: string): Uint8Array {
  return deflateSync(encoded(text), { level: 9, dictionary: encoded(dictionary) });
}

/** Read piece by piece: a bomb is noticed before it has gone off, and what is whole before a damage is not lost. */
const PIECES = 1024;
const LEAST_PIECE = 16;

export interface Unpacked {
  /** As far as it could be read, in whole characters. */
  readonly text: string;
  /** From there on it is not deflate, not UTF-8, or too long. Not said of what merely ends too early. */
  readonly broken: boolean;
}

/** Reads as much as there is. Never throws, and never unpacks more than {@link MOST_UNPACKED} and one piece. */
export function unpacked(bytes: Uint8Array, dictionary: string): Unpacked {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let text = "";
  let size = 0;
  try {
    const stream = new Inflate({ dictionary: encoded(dictionary) }, (chunk) => {
      size += chunk.length;
      if (size > MOST_UNPACKED) throw new RangeError("unpacks to more than a log can be");
      text += decoder.decode(chunk, { stream: true });
    });
    const piece = Math.max(LEAST_PIECE, Math.ceil(bytes.length / PIECES));
    // None is said to be the last: if that is cut, fflate gives nothing of it.
    for (let at = 0; at < bytes.length; at += piece) stream.push(bytes.subarray(at, at + piece));
  } catch {
    return { text, broken: true };
  }
  return { text, broken: false };
}

export function base64url(bytes: Uint8Array): string {
  let binary = "";
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

/** Leaves out what a single character at the end would begin. The text has characters of base64url only. */
export function fromBase64url(text: string): Uint8Array {
  const whole = text.length % 4 === 1 ? text.slice(0, -1) : text;
  const binary = atob(whole.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(binary, (char) => char.charCodeAt(0));
}

function encoded(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

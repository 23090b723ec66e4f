import { decodeName, encodeName, isAscii } from "../filesystem/name.ts";

/** The 512-byte header block. (POSIX.1-2017 pax, "ustar Interchange Format"; GNU tar manual, "Basic Tar Format") */
export const BLOCK = 512;

/** Offset and length of each field. */
const FIELDS = {
  name: [0, 100],
  mode: [100, 8],
  uid: [108, 8],
  gid: [116, 8],
  size: [124, 12],
  mtime: [136, 12],
  checksum: [148, 8],
  type: [156, 1],
  linkname: [157, 100],
  magic: [257, 8],
  uname: [265, 32],
  gname: [297, 32],
  major: [329, 8],
  minor: [337, 8],
  prefix: [345, 155],
} as const;
type Field = keyof typeof FIELDS;

export interface Header {
  readonly name: string;
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  readonly size: number;
  readonly mtime: number;
  /** The type flag, "0" for a NUL. */
  readonly type: string;
  readonly linkname: string;
  readonly rdev: readonly [number, number];
  /** The owner's names; docker's tars have none. */
  readonly uname?: string;
  readonly gname?: string;
}

/** A tar that cannot be read; the message is for people. */
export class TarError extends Error {
  override readonly name = "TarError";
}

export function isZeroBlock(block: Uint8Array): boolean {
  return block.every((byte) => byte === 0);
}

/** Throws {@link TarError} when the checksum is wrong. */
export function parseHeader(block: Uint8Array): Header {
  const [unsigned, signed] = checksums(block);
  const stated = Number.parseInt(latin1(bytesOf(block, "checksum")).replace(/^[\0 ]+/, ""), 8);
  if (stated !== unsigned && stated !== signed) throw new TarError("invalid tar header");
  const magic = latin1(bytesOf(block, "magic"));
  const ustar = magic.startsWith("ustar\0");
  const prefix = ustar ? string(block, "prefix") : "";
  const name = string(block, "name");
  const type = String.fromCharCode(block[FIELDS.type[0]] ?? 0);
  return {
    name: prefix ? `${prefix}/${name}` : name,
    mode: number(block, "mode"),
    uid: number(block, "uid"),
    gid: number(block, "gid"),
    size: number(block, "size"),
    mtime: number(block, "mtime"),
    type: type === "\0" ? "0" : type,
    linkname: string(block, "linkname"),
    rdev: magic.startsWith("ustar") ? [number(block, "major"), number(block, "minor")] : [0, 0],
    ...(magic.startsWith("ustar") && { uname: string(block, "uname"), gname: string(block, "gname") }),
  };
}

/**
 * The block as Go's archive/tar fills it for its USTAR and PAX formats: what does not fit in a number
 * field is 0 (a PAX record tells it), bytes beyond ASCII are left out of names.
 */
export function formatHeader(header: Header, prefix: string, magic: "ustar" | "v7+ustar" = "ustar"): Uint8Array {
  const block = new Uint8Array(BLOCK);
  putName(block, "name", header.name);
  putOctal(block, "mode", header.mode);
  putOctal(block, "uid", header.uid);
  putOctal(block, "gid", header.gid);
  putOctal(block, "size", header.size);
  putOctal(block, "mtime", header.mtime);
  block[FIELDS.type[0]] = header.type.charCodeAt(0);
  putName(block, "linkname", header.linkname);
  block.set(encodeName("ustar\x0000"), FIELDS.magic[0]);
  putName(block, "uname", header.uname ?? "");
  putName(block, "gname", header.gname ?? "");
  if (magic === "ustar") {
    putOctal(block, "major", header.rdev[0]);
    putOctal(block, "minor", header.rdev[1]);
    putName(block, "prefix", prefix);
  }
  const sum = checksums(block)[0].toString(8).padStart(6, "0");
  block.set(encodeName(`${sum}\0 `), FIELDS.checksum[0]);
  return block;
}

/** Largest number an octal field of the header holds. */
export function fitsOctal(field: "uid" | "gid" | "size" | "mtime" | "major" | "minor", value: number): boolean {
  return value >= 0 && value < 8 ** (FIELDS[field][1] - 1);
}

export const NAME_SIZE = FIELDS.name[1];
export const PREFIX_SIZE = FIELDS.prefix[1];

export function latin1(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return text;
}

function bytesOf(block: Uint8Array, field: Field): Uint8Array {
  const [offset, length] = FIELDS[field];
  return block.subarray(offset, offset + length);
}

function string(block: Uint8Array, field: Field): string {
  const bytes = bytesOf(block, field);
  const end = bytes.indexOf(0);
  return decodeName(end < 0 ? bytes : bytes.subarray(0, end));
}

/** Octal text, or base-256 when the first bit is set. (GNU tar manual, "Extensions") */
function number(block: Uint8Array, field: Field): number {
  const bytes = bytesOf(block, field);
  const lead = bytes[0] ?? 0;
  if (lead & 0x80) {
    let value = lead & 0x40 ? (lead | 0x80) - 0x100 : lead & 0x7f;
    for (const byte of bytes.subarray(1)) value = value * 256 + byte;
    if (!Number.isSafeInteger(value)) throw new TarError(`invalid ${field} in tar header`);
    return value;
  }
  const text = latin1(bytes)
    .replace(/[\0 ]+$/, "")
    .replace(/^[\0 ]+/, "");
  const digits = text.split("\0")[0] ?? "";
  if (digits === "") return 0;
  if (!/^[0-7]+ *$/.test(digits)) throw new TarError(`invalid ${field} in tar header`);
  return Number.parseInt(digits, 8);
}

/** Sum of the bytes with the checksum itself as blanks; some old tars summed signed bytes. */
function checksums(block: Uint8Array): [number, number] {
  let unsigned = 0;
  let signed = 0;
  const [from, length] = FIELDS.checksum;
  for (let at = 0; at < BLOCK; at++) {
    const byte = at >= from && at < from + length ? 0x20 : (block[at] ?? 0);
    unsigned += byte;
    signed += byte > 127 ? byte - 256 : byte;
  }
  return [unsigned, signed];
}

function putOctal(block: Uint8Array, field: Field, value: number): void {
  const [offset, length] = FIELDS[field];
  const fits = value >= 0 && value < 8 ** (length - 1);
  block.set(encodeName((fits ? value : 0).toString(8).padStart(length - 1, "0")), offset);
}

function putName(block: Uint8Array, field: "name" | "linkname" | "prefix" | "uname" | "gname", text: string): void {
  const [offset, length] = FIELDS[field];
  const ascii = isAscii(text) ? text : [...text].filter(isAscii).join("");
  block.set(encodeName(ascii.slice(0, length)), offset);
  // A cut name that ends in a slash would look like a directory to readers of the old format. (archive/tar, formatString)
  if (ascii.length > length && ascii[length - 1] === "/") {
    const kept = ascii.slice(0, length).replace(/\/+$/, "").length;
    block[offset + kept] = 0;
  }
}

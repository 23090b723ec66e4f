import { decodeName, encodeName } from "../filesystem/name.ts";
import { latin1, TarError } from "./header.ts";

/** Records of an extended header, `LENGTH KEY=VALUE\n` each; values as latin1, one char a byte. (POSIX.1-2017 pax) */
export type Records = ReadonlyMap<string, string>;

export const XATTR = "SCHILY.xattr.";

export function parseRecords(data: Uint8Array): Records {
  const records = new Map<string, string>();
  for (let at = 0; at < data.length; ) {
    if (data[at] === 0) break;
    const space = data.indexOf(0x20, at);
    const length = space < 0 ? Number.NaN : Number(latin1(data.subarray(at, space)));
    const end = at + length;
    if (!Number.isInteger(length) || end > data.length || end <= space || data[end - 1] !== 0x0a) {
      throw new TarError("invalid PAX record");
    }
    const equals = data.indexOf(0x3d, space);
    if (equals < 0 || equals >= end) throw new TarError("invalid PAX record");
    const key = decodeName(data.subarray(space + 1, equals));
    records.set(key, latin1(data.subarray(equals + 1, end - 1)));
    at = end;
  }
  return records;
}

/** Sorted by key, as Go writes them. */
export function formatRecords(records: Records): Uint8Array {
  const parts = [...records.keys()].sort().map((key) => formatRecord(key, records.get(key) ?? ""));
  const data = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    data.set(part, at);
    at += part.length;
  }
  return data;
}

/** The length counts its own digits. */
function formatRecord(key: string, value: string): Uint8Array {
  const keyBytes = encodeName(key);
  const rest = keyBytes.length + value.length + 3;
  let size = rest + String(rest).length;
  size = rest + String(size).length;
  const record = new Uint8Array(size);
  record.set(encodeName(`${size} `));
  record.set(keyBytes, size - value.length - 2 - keyBytes.length);
  record[size - value.length - 2] = 0x3d;
  record.set(bytesOf(value), size - value.length - 1);
  record[size - 1] = 0x0a;
  return record;
}

/** A name as its record has it: the bytes. */
export function nameValue(name: string): string {
  return latin1(encodeName(name));
}

export function nameOf(value: string): string {
  return decodeName(bytesOf(value));
}

function bytesOf(value: string): Uint8Array {
  return Uint8Array.from(value, (char) => char.charCodeAt(0) & 0xff);
}

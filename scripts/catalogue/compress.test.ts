import { gunzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { gzip } from "./compress.ts";

const bytes = Uint8Array.from({ length: 3_000_000 }, (_, index) => (index % 5000 < 40 ? (index * 7919) % 251 : 0));

async function* cut(size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

test("gives the bytes back", async () => expect(gunzipSync(await gzip(cut(70_000)))).toEqual(Buffer.from(bytes)));

test.each([1_000_003, 512, 2_999_999])("does not depend on how the tar comes: pieces of %d", async (size) =>
  expect(Buffer.compare(await gzip(cut(size)), await gzip(cut(70_000)))).toBe(0),
);

import fc from "fast-check";
import { expect, test } from "vitest";
import { parseDigest } from "../oci/digest.ts";
import {
  sparseContent,
  bytesContent,
  concat,
  type Content,
  overwrite,
  readContent,
  resize,
  sameContent,
  slice,
  zeros,
} from "./content.ts";
import { basename, dirname, join, normalize, split } from "./path.ts";

const layer = parseDigest(`sha256:${"0".repeat(64)}`) as Parameters<typeof readContent>[1] extends (
  layer: infer L,
) => unknown
  ? L
  : never;
const blob = Uint8Array.from({ length: 300 }, (_, index) => (index * 7) % 256);
const read = async (_: unknown, offset: number, size: number) => blob.subarray(offset, offset + size);
const bytes = async (content: Content) => [...(await readContent(content, read))];

const content: fc.Arbitrary<Content> = fc
  .array(
    fc.oneof(
      fc.uint8Array({ maxLength: 20 }).map(bytesContent),
      fc.nat(20).map(zeros),
      fc
        .tuple(fc.nat(200), fc.integer({ min: 1, max: 50 }))
        .map(([offset, size]): Content => ({ size, segments: [{ kind: "stored", layer, offset, size }] })),
    ),
    { maxLength: 6 },
  )
  .map((parts) => parts.reduce(concat, zeros(0)));

test("a rope does what plain bytes do", async () => {
  await fc.assert(
    fc.asyncProperty(content, content, fc.nat(120), fc.nat(120), async (a, b, x, y) => {
      const [one, two] = [await bytes(a), await bytes(b)];
      expect(await bytes(concat(a, b))).toEqual([...one, ...two]);
      expect(await bytes(slice(a, x, y))).toEqual(
        one.slice(Math.min(x, one.length), Math.max(x, y)).slice(0, Math.max(0, y - x)),
      );
      const padded = [...one, ...Array<number>(Math.max(0, x - one.length)).fill(0)];
      expect(await bytes(resize(a, x))).toEqual(padded.slice(0, x));
      const written = two.length === 0 ? one : [...padded.slice(0, x), ...two, ...padded.slice(x + two.length)];
      expect(await bytes(overwrite(a, x, b))).toEqual(written);
      if (sameContent(a, b)) expect(one).toEqual(two);
      expect(sameContent(a, concat(slice(a, 0, x), slice(a, x, a.size)))).toBe(true);
    }),
  );
});

test.each([
  ["/a//b/./c/", ["a", "b", "c"], "/a//b/.", "c", "/a/b/c"],
  ["/", [], "/", "/", "/"],
  ["a", ["a"], ".", "a", "/a"],
  ["/a/../b", ["a", "..", "b"], "/a/..", "b", "/b"],
])("path %s", (path, names, directory, base, normal) => {
  expect([split(path), dirname(path), basename(path), normalize(path)]).toEqual([names, directory, base, normal]);
});

test("join keeps one slash", () => expect(join("/", "/a", "", "b/")).toBe("/a/b/"));

test("long runs of zeros in bytes are runs of zeros, and the bytes are the same", async () => {
  const bytes = new Uint8Array(30_000);
  bytes.set([1, 2, 0, 3], 5000);
  bytes[29_999] = 9;
  const content = sparseContent(bytes);
  expect(content.segments.map(({ kind }) => kind)).toEqual(["zeros", "bytes", "zeros", "bytes"]);
  expect(await readContent(content, () => Promise.reject(new Error("nothing is stored")))).toEqual(bytes);
  expect(sparseContent(new Uint8Array(100)).segments).toMatchObject([{ kind: "bytes" }]);
});

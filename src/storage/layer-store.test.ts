import { describe, expect, test } from "vitest";
import { bytesContent, concat, readContent, textContent, zeros } from "../core/filesystem/content.ts";
import type { Content } from "../core/filesystem/content.ts";
import type { LayerEntry } from "../core/image/layer-entry.ts";
import { sha256 } from "../core/oci/digest.ts";
import type { DiffId } from "../core/oci/digest.ts";
import { LayerError } from "../engine/ports.ts";
import { contentsKey, layerStore } from "./layer-store.ts";
import { memoryStore } from "./memory/store.ts";
import { directory, file, gzipped, tarOf } from "./practice-host.ts";

const streamOf = (bytes: Uint8Array, chunk = 1000): ReadableStream<Uint8Array> => {
  let at = 0;
  return new ReadableStream({
    pull(controller) {
      if (at >= bytes.length) controller.close();
      else controller.enqueue(bytes.slice(at, (at += chunk)));
    },
  });
};
const noise = (size: number): Uint8Array => Uint8Array.from({ length: size }, (_, at) => ((at * 7919) % 255) + 1);
const fileOf = (path: string, content: Content): LayerEntry => ({ ...file(path, ""), content }) as LayerEntry;
const open = () => layerStore(memoryStore().blobs);
const segmentsOf = (entry: LayerEntry | undefined) =>
  entry?.kind === "file"
    ? entry.content.segments.map((segment) => [
        segment.kind,
        segment.kind === "bytes" ? segment.bytes.length : segment.size,
      ])
    : [];

const files: readonly (readonly [string, Content, readonly (readonly [string, number])[]])[] = [
  ["empty", textContent(""), []],
  ["small", textContent("hello\n"), [["bytes", 6]]],
  ["zeros", zeros(1_000_000), [["zeros", 1_000_000]]],
  ["short zeros stay bytes", concat(concat(textContent("a"), zeros(511)), textContent("b")), [["bytes", 513]]],
  [
    "long zeros do not",
    concat(concat(textContent("a"), zeros(5000)), textContent("b")),
    [
      ["bytes", 1],
      ["zeros", 5000],
      ["bytes", 1],
    ],
  ],
  ["big", bytesContent(noise(50_000)), [["stored", 50_000]]],
  [
    "a hole in the middle",
    concat(concat(bytesContent(noise(5000)), zeros(70_000)), bytesContent(noise(3000))),
    [
      ["stored", 5000],
      ["zeros", 70_000],
      ["stored", 3000],
    ],
  ],
];

describe.each([
  ["plain", async (tar: Uint8Array<ArrayBuffer>) => tar],
  ["gzip", gzipped],
])("a %s layer", (_, packed) => {
  test.each(files)("a file: %s", async (path, content, segments) => {
    const tar = await tarOf([fileOf("before", bytesContent(noise(4500))), fileOf(path, content)]);
    const blob = await packed(tar);
    const store = open();
    const layer = await store.extract(streamOf(blob, 777), { mediaType: "x" });
    expect([layer.diffId, layer.blobDigest, layer.blobSize, layer.tarSize]).toEqual([
      sha256(tar),
      sha256(blob),
      blob.length,
      tar.length,
    ]);
    const entry = layer.entries[1];
    expect(entry).toMatchObject({ path, kind: "file" });
    if (entry?.kind !== "file") return;
    expect(segmentsOf(entry)).toEqual(segments);
    const none = () => Promise.reject(new RangeError());
    expect(sha256(await readContent(entry.content, store.readStored))).toBe(sha256(await readContent(content, none)));
    const kept = await store.blob(layer.blobDigest);
    expect(sha256(new Uint8Array(await (kept ?? new Blob()).arrayBuffer()))).toBe(sha256(blob));
  });
});

test("only what is big takes a contents blob", async () => {
  const store = open();
  const { diffId } = await store.extract(streamOf(await tarOf([file("a", "small"), fileOf("z", zeros(9999))])), {
    mediaType: "x",
  });
  expect(store.staged.has(contentsKey(diffId))).toBe(false);
  store.discard();
  expect(store.staged.size).toBe(0);
});

describe("refused", () => {
  const code = async (blob: Uint8Array, digest = sha256(blob)) => {
    const store = open();
    const work = store.extract(streamOf(blob), { mediaType: "x", digest });
    const error = await work.then(
      () => null,
      (error: unknown) => error,
    );
    expect(store.staged.size).toBe(0);
    return error instanceof LayerError ? error.code : error;
  };
  test("what is not a tar, or not whole", async () => {
    expect(await code(noise(5000))).toBe("unreadable");
    const blob = await gzipped(await tarOf([fileOf("x", bytesContent(noise(50_000)))]));
    expect(await code(blob.slice(0, -200))).toBe("unreadable");
    expect(await code(new Uint8Array([0x28, 0xb5, 0x2f, 0xfd, 0, 0, 0, 0]))).toBe("unreadable");
  });
  test("what its digest does not fit, in whatever state", async () => {
    const blob = await gzipped(await tarOf([fileOf("x", bytesContent(noise(50_000)))]));
    const digest = sha256(blob);
    for (const at of [0, 5, 12, blob.length >> 1, blob.length - 3]) {
      const spoiled = blob.slice();
      spoiled[at] = (spoiled[at] ?? 0) ^ 4;
      expect(await code(spoiled, digest)).toBe("verification");
    }
    expect(await code(blob.slice(0, 100), digest)).toBe("verification");
  });
  test("a stream that breaks says so itself", async () => {
    const broken = new ReadableStream<Uint8Array>({
      pull: () => {
        throw new Error("connection lost");
      },
    });
    await expect(open().extract(broken, { mediaType: "x" })).rejects.toThrow("connection lost");
  });
  test("an interruption", async () => {
    const controller = new AbortController();
    const blob = await gzipped(await tarOf([fileOf("x", bytesContent(noise(50_000)))]));
    const work = open().extract(streamOf(blob, 100), {
      mediaType: "x",
      signal: controller.signal,
      progress: (bytes) => bytes > 300 && controller.abort(),
    });
    await expect(work).rejects.toMatchObject({ name: "AbortError" });
  });
  test("an interruption by a message, while everything is at hand", async () => {
    const blob = await gzipped(await tarOf([fileOf("x", zeros(100_000_000)), fileOf("y", zeros(1))]));
    const whole = new Blob([blob]).stream();
    for (const work of [
      (signal: AbortSignal) => open().extract(whole, { mediaType: "x", signal }),
      (signal: AbortSignal) => open().create([fileOf("x", zeros(100_000_000))], signal),
    ]) {
      const controller = new AbortController();
      setTimeout(() => controller.abort());
      await expect(work(controller.signal)).rejects.toMatchObject({ name: "AbortError" });
    }
  });
});

describe("a layer made here", () => {
  test("is the tar of its entries; what lies in a layer below stays there", async () => {
    const store = open();
    const below = await store.extract(streamOf(await tarOf([fileOf("lib", bytesContent(noise(9000)))])), {
      mediaType: "x",
    });
    const [lib] = below.entries;
    if (lib?.kind !== "file") throw new TypeError("no file");
    const entries = [
      directory("d"),
      fileOf("d/appended", concat(lib.content, textContent("more\n"))),
      fileOf("d/new", bytesContent(noise(8000))),
    ];
    const made = await store.create(entries.map((entry) => ({ ...entry, mtime: entry.mtime + 0.7 })));
    const tar = await tarOf([
      directory("d"),
      fileOf("d/appended", bytesContent(new Uint8Array([...noise(9000), ...textOf("more\n")]))),
      fileOf("d/new", bytesContent(noise(8000))),
    ]);
    expect(made.diffId).toBe(sha256(tar));
    expect(made.entries.map((entry) => entry.mtime)).toEqual(entries.map((entry) => entry.mtime));
    expect(made.entries[1]).toMatchObject({
      content: { segments: [{ kind: "stored", layer: below.diffId }, { kind: "bytes" }] },
    });
    expect(made.entries[2]).toMatchObject({
      content: { segments: [{ kind: "stored", layer: made.diffId, size: 8000 }] },
    });
    const again = await store.extract((await store.blob(made.blobDigest))!.stream(), {
      mediaType: "x",
      digest: made.blobDigest,
    });
    expect(again.diffId).toBe(made.diffId);
  });

  test("compresses to the same bytes on every machine", async () => {
    const made = await open().create([directory("d"), file("d/hello", "hello\n"), fileOf("d/zeros", zeros(300_000))]);
    expect([made.diffId, made.blobDigest]).toMatchInlineSnapshot(`
      [
        "sha256:1851b505ad13bb5c93326396d84efa6641d0b9492cc038ca541f26c64a1185a8",
        "sha256:ff04ffd766944716c2b3d71b360e868e3f390aa14c5d900eac3350124b0a2587",
      ]
    `);
  });
});

function textOf(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

test("contents are read after the commit as before it", async () => {
  const records = memoryStore();
  const store = layerStore(records.blobs);
  const { diffId, blobDigest } = await store.extract(
    streamOf(await tarOf([fileOf("big", bytesContent(noise(6000)))])),
    { mediaType: "x" },
  );
  const read = async () => sha256(await store.readStored(diffId as DiffId, 0, 6000));
  const before = await read();
  const preferences = { seed: "", created: 0, catalogue: "", title: "" };
  await records.commit("a", { from: 0, preferences, blobs: store.staged, keep: [blobDigest, contentsKey(diffId)] });
  store.discard();
  expect(await read()).toBe(before);
  await records.remove("a");
  await expect(read()).rejects.toThrow(RangeError);
});

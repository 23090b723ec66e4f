import { createHash } from "node:crypto";
import { gunzipSync } from "node:zlib";
import { beforeAll, describe, expect, test } from "vitest";
import type { ImageConfig } from "../../src/core/oci/config.ts";
import { annotation, type Manifest } from "../../src/core/oci/manifest.ts";
import { type BuiltImage, ImageBuilder } from "./image.ts";
import { imageSources } from "./sources.ts";

const sources = await imageSources();
const names = sources.map((source) => `${source.repository}:${source.tags[0]}`);
const built = new Map<string, BuiltImage>();

beforeAll(async () => {
  const builder = new ImageBuilder();
  for (const [index, source] of sources.entries()) built.set(names[index] ?? "", await builder.build(source));
}, 120_000);

function image(name: string): BuiltImage {
  const found = built.get(name);
  if (!found) throw new Error(`${name} is not in the catalogue`);
  return found;
}
const digest = (bytes: Uint8Array): string => `sha256:${createHash("sha256").update(bytes).digest("hex")}`;
const json = <T>(bytes: Uint8Array): T => JSON.parse(Buffer.from(bytes).toString("utf8")) as T;

describe.each(names)("%s", (name) => {
  test("manifest, config and blobs agree", () => {
    const { source, manifest, config, layers } = image(name);
    const listed = json<Manifest>(manifest.bytes);
    const described = json<ImageConfig>(config.bytes);
    expect(digest(manifest.bytes)).toBe(manifest.digest);
    expect(listed.config).toMatchObject({ digest: digest(config.bytes), size: config.bytes.length });
    expect(listed.annotations?.[annotation.modelled]).toBe("true");
    expect(listed.layers.map((layer) => [layer.digest, layer.size])).toEqual(
      layers.map((layer) => [digest(layer.bytes), layer.bytes.length]),
    );
    for (const layer of listed.layers) expect(Number(layer.annotations?.[annotation.realSize])).toBeGreaterThan(0);
    expect(described.rootfs.diff_ids).toEqual(layers.map((layer) => digest(gunzipSync(layer.bytes))));
    expect(described.history?.filter((step) => !step.empty_layer)).toHaveLength(layers.length);
    expect(described.created).toBe(source.created);
  });

  test("is within 5 % of the real image", () => {
    const { source, layers } = image(name);
    const ours = layers.reduce((sum, layer) => sum + layer.unpacked, 0);
    expect(Math.abs(ours / source.realUnpackedSize - 1)).toBeLessThan(0.05);
  });

  test("every entry has its parent before it, once, and every hard link its target", () => {
    const wrong: string[] = [];
    for (const { entries } of image(name).layers) {
      const seen = new Set<string>();
      for (const entry of entries) {
        const parent = entry.path.includes("/") ? entry.path.slice(0, entry.path.lastIndexOf("/")) : "";
        if (parent !== "" && !seen.has(parent)) wrong.push(`${entry.path}: no parent`);
        if (seen.has(entry.path)) wrong.push(`${entry.path}: twice`);
        if (entry.kind === "hardlink" && !seen.has(entry.target)) wrong.push(`${entry.path}: no target`);
        seen.add(entry.path);
      }
    }
    expect(wrong).toEqual([]);
  });

  test("a base's layers are the base's own", () => {
    const { source, layers } = image(name);
    if (source.from === undefined) return;
    const base = image(`${source.from.repository}:${source.from.tags[0]}`);
    expect(layers.slice(0, base.layers.length).map((layer) => layer.digest)).toEqual(
      base.layers.map((layer) => layer.digest),
    );
  });
});

test.each(["library/nginx:latest", "library/redis:7", "library/python:3.12-slim"])(
  "%s lies on debian:12-slim",
  (name) => expect(image(name).layers[0]?.digest).toBe(image("library/debian:12-slim").layers[0]?.digest),
);

test("building again gives the same bytes", async () => {
  const source = sources.find((one) => one.tags.includes("12-slim"));
  if (!source) throw new Error("no debian:12-slim");
  const again = await new ImageBuilder().build(source);
  expect(again.manifest.digest).toBe(image("library/debian:12-slim").manifest.digest);
});

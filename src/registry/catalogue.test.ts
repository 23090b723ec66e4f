import { beforeEach, describe, expect, test } from "vitest";
import { sha256 } from "../core/oci/digest.ts";
import type { Digest } from "../core/oci/digest.ts";
import { mediaType } from "../core/oci/manifest.ts";
import { catalogueRegistry } from "./catalogue.ts";

const encode = (value: unknown): Uint8Array<ArrayBuffer> =>
  new TextEncoder().encode(typeof value === "string" ? value : JSON.stringify(value)) as Uint8Array<ArrayBuffer>;

const { signal } = new AbortController();
const base = new URL("http://lamina.test/app/v2/");
const config = '{"architecture":"amd64","os":"linux","rootfs":{"type":"layers","diff_ids":[]}}';
const layer = encode("layer bytes");
const descriptorOf = (bytes: Uint8Array, type: string) => ({
  mediaType: type,
  digest: sha256(bytes),
  size: bytes.length,
});
const manifest = encode({
  schemaVersion: 2,
  mediaType: mediaType.ociManifest,
  config: descriptorOf(encode(config), mediaType.ociConfig),
  layers: [descriptorOf(layer, mediaType.ociLayerGzip)],
});
const index = encode({
  schemaVersion: 2,
  manifests: [
    { ...descriptorOf(encode("arm"), mediaType.ociManifest), platform: { os: "linux", architecture: "arm64" } },
    { ...descriptorOf(manifest, mediaType.ociManifest), platform: { os: "linux", architecture: "amd64" } },
  ],
});

let files: Map<string, Uint8Array<ArrayBuffer>>;
let asked: string[];
/** What is answered for a path that is not there. */
let missing: () => Response;
beforeEach(() => {
  asked = [];
  missing = () => new Response("{}", { status: 404 });
  files = new Map([
    ["library/web/manifests/1", manifest],
    ["library/web/manifests/multi", index],
    [`library/web/manifests/${sha256(manifest)}`, manifest],
    [`library/web/blobs/${sha256(encode(config))}`, encode(config)],
    [`library/web/blobs/${sha256(layer)}`, layer],
    ["library/web/tags/list", encode({ name: "library/web", tags: ["1"] })],
  ]);
});

const registry = catalogueRegistry(base, async (url) => {
  const path = url.href.slice(base.href.length);
  asked.push(path);
  const file = files.get(path);
  return file ? new Response(file) : missing();
});
const resolve = (reference: string, repository = "docker.io/library/web") =>
  registry.resolve(repository, reference, signal);
const page = () => new Response("<!doctype html><title>Lamina</title>", { headers: { "Content-Type": "text/html" } });
const unlabelled = () =>
  new Response(encode("<!doctype html>"), { headers: { "Content-Type": "application/octet-stream" } });

test("a tag, with its config as it is", async () => {
  const resolved = await resolve("1");
  expect([resolved.digest, resolved.configText]).toEqual([sha256(manifest), config]);
  expect(resolved.manifest.layers).toHaveLength(1);
});

test("a digest", async () => {
  expect((await resolve(sha256(manifest))).digest).toBe(sha256(manifest));
});

test("an index: this platform's manifest, the index's own digest", async () => {
  const resolved = await resolve("multi");
  expect([resolved.digest, resolved.manifest.config.digest]).toEqual([sha256(index), sha256(encode(config))]);
});

test("a blob, as it comes", async () => {
  const stream = await registry.blob("docker.io/library/web", sha256(layer), signal);
  expect(await new Response(stream).text()).toBe("layer bytes");
});

describe.each([
  ["answers 404", () => new Response("", { status: 404 })],
  ["answers its page for everything", page],
  ["answers its page without saying so", unlabelled],
])("a host that %s", (_, answer) => {
  beforeEach(() => {
    missing = answer;
  });
  test("no such tag", async () => {
    await expect(resolve("2")).rejects.toMatchObject({ code: "MANIFEST_UNKNOWN" });
  });
  test("no such repository", async () => {
    await expect(resolve("1", "docker.io/me/nosuch")).rejects.toMatchObject({ code: "DENIED" });
  });
});

test("a blob that is not there", async () => {
  missing = page;
  await expect(registry.blob("docker.io/library/web", sha256(encode("x")), signal)).rejects.toMatchObject({
    code: "UNSUPPORTED",
    message: "unknown blob",
  });
});

test.each<[string, () => void, string, object]>([
  [
    "a manifest that is not what its digest says",
    () => files.set(`library/web/manifests/${sha256(manifest)}`, index),
    sha256(manifest),
    { code: "DIGEST_INVALID" },
  ],
  [
    "a config that is not",
    () => files.set(`library/web/blobs/${sha256(encode(config))}`, encode("{}")),
    "1",
    { code: "DIGEST_INVALID" },
  ],
  [
    "JSON that is no manifest",
    () => files.set("library/web/manifests/1", encode({ schemaVersion: 1 })),
    "1",
    { code: "UNSUPPORTED" },
  ],
  [
    "a digest that is none",
    () =>
      files.set(
        "library/web/manifests/1",
        encode({ schemaVersion: 2, config: { mediaType: "", digest: "../../x", size: 1 }, layers: [] }),
      ),
    "1",
    { code: "UNSUPPORTED" },
  ],
])("refused: %s", async (_, spoil, reference, error) => {
  spoil();
  await expect(resolve(reference)).rejects.toMatchObject(error);
});

test("a server in trouble", async () => {
  missing = () => new Response("", { status: 503, statusText: "Service Unavailable" });
  await expect(resolve("2")).rejects.toMatchObject({
    message: "received unexpected HTTP status: 503 Service Unavailable",
  });
});

test("another registry is out of reach, and is not asked", async () => {
  await expect(resolve("1", "ghcr.io/a/b")).rejects.toMatchObject({
    code: "UNREACHABLE",
    message: 'Get "https://ghcr.io/v2/": dial tcp: lookup ghcr.io: no such host',
  });
  expect(asked).toEqual([]);
});

describe("the network is gone", () => {
  const gone = catalogueRegistry(base, () => Promise.reject(new TypeError("Failed to fetch")));
  test("in docker's words", async () => {
    await expect(gone.resolve("docker.io/library/web", "1", signal)).rejects.toMatchObject({
      code: "UNREACHABLE",
      message:
        'Get "https://registry-1.docker.io/v2/": dial tcp: lookup registry-1.docker.io: connect: network is unreachable',
    });
  });
  test("in the middle of a blob", async () => {
    let chunks = 0;
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        if (chunks++ === 0) controller.enqueue(encode("some"));
        else controller.error(new TypeError("network error"));
      },
    });
    const breaking = catalogueRegistry(base, async () => new Response(body));
    const stream = await breaking.blob("docker.io/library/web", sha256(layer) as Digest, signal);
    await expect(new Response(stream).text()).rejects.toMatchObject({ code: "UNREACHABLE", message: "unexpected EOF" });
  });
});

test("an interruption is no failure of the network", async () => {
  const controller = new AbortController();
  const waiting = catalogueRegistry(base, (_, init) => {
    controller.abort();
    return Promise.reject(init.signal.reason as Error);
  });
  await expect(waiting.resolve("docker.io/library/web", "1", controller.signal)).rejects.toMatchObject({
    name: "AbortError",
  });
});

import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { textContent } from "../core/filesystem/content.ts";
import type { LayerEntry } from "../core/image/layer-entry.ts";
import { hexOf, sha256 } from "../core/oci/digest.ts";
import type { DiffId, Digest } from "../core/oci/digest.ts";
import { parseReference } from "../core/oci/reference.ts";
import { exportArchive } from "../engine/archive/export.ts";
import { ArchiveFiles } from "../engine/archive/files.ts";
import { importArchive } from "../engine/archive/import.ts";
import { hostState } from "../engine/host-state.ts";
import { findImage } from "../engine/lookup.ts";
import { commit } from "../engine/operations/commit.ts";
import { create } from "../engine/operations/create.ts";
import { exec } from "../engine/operations/exec.ts";
import { pull } from "../engine/operations/pull.ts";
import { start } from "../engine/operations/start.ts";
import { directory, file, gzipped, PracticeHost, program, tarOf } from "./practice-host.ts";

const base = [
  directory("bin"),
  ...["sh", "put", "rm", "sleep"].map((name) => program(`bin/${name}`)),
  directory("etc"),
  file("etc/legal", "All rights of others reserved.\n"),
];
const { signal } = new AbortController();
const output = { stdout: () => {}, stderr: () => {} };

/** A host with an image pulled, `base:1`, and one committed on it, `my/image:1.0`. */
async function hostWithImages(): Promise<PracticeHost> {
  const host = new PracticeHost();
  await host.registry.add("docker.io/library/base:1", [base], { Cmd: ["sleep", "9"], Env: ["PATH=/bin"] });
  await host.command((tx) => pull(tx, host.ports, parseReference("base:1"), { signal }));
  const { id } = findImage(host.state, "base:1");
  const quiet = { columns: 80, signal };
  await host.command((tx) => create(tx, host.ports, { image: id, imageName: "base:1", name: "web" }));
  await host.command((tx) => start(tx, host.ports, "web", quiet));
  for (const command of [
    ["put", "/etc/motd", "hello\n"],
    ["rm", "/etc/legal"],
  ]) {
    await host.command((tx) => exec(tx, host.ports, "web", { command, columns: 80 }, { output, signal }));
  }
  const request = { reference: parseReference("my/image:1.0"), message: "a <change>" };
  await host.command((tx) => commit(tx, host.ports, "web", request));
  return host;
}

const loadInto = async (host: PracticeHost, archive: Blob) =>
  (await host.command((tx) => importArchive(tx, host.layers, archive))).value;
const load = async (archive: Blob) => {
  const host = new PracticeHost();
  return { host, loaded: await loadInto(host, archive) };
};
const refusal = async (archive: Blob): Promise<string> => {
  const host = new PracticeHost();
  try {
    await loadInto(host, archive);
    return "";
  } catch (error) {
    expect([host.state.images.size, host.state.layers.size]).toEqual([0, 0]);
    return (error as Error).message;
  }
};
const imagesOf = (host: PracticeHost) => hostState(host.state, host.now, { changes: false }).images;

const json = (value: unknown): string => JSON.stringify(value);
const tarBlob = async (entries: readonly LayerEntry[]): Promise<Blob> => new Blob([await tarOf(entries)]);
const member = (path: string, bytes: Uint8Array | string): LayerEntry => {
  const content =
    typeof bytes === "string"
      ? textContent(bytes)
      : { size: bytes.length, segments: [{ kind: "bytes" as const, bytes }] };
  return { kind: "file", path, mode: 0o644, uid: 0, gid: 0, mtime: 0, content };
};
const symlink = (path: string, target: string): LayerEntry => ({
  kind: "symlink",
  path,
  target,
  mode: 0o777,
  uid: 0,
  gid: 0,
  mtime: 0,
});

const configOf = (diffIds: readonly DiffId[], os = "linux"): string =>
  json({ architecture: "amd64", os, rootfs: { type: "layers", diff_ids: diffIds } });
const small = await tarOf([file("a", "one\n")]);
const other = await tarOf([file("b", "two\n")]);
const [smallId, otherId] = [sha256<DiffId>(small), sha256<DiffId>(other)];

describe("an exported image", () => {
  let host: PracticeHost;
  beforeEach(async () => {
    host = await hostWithImages();
  });

  test.each([
    ["base:1", "docker-archive"],
    ["base:1", "oci-archive"],
    ["my/image:1.0", "docker-archive"],
    ["my/image:1.0", "oci-archive"],
  ] as const)("%s as %s comes back with the same id, layers and name", async (name, format) => {
    const { host: there, loaded } = await load(await exportArchive(host.state, host.layers, [name], format));
    expect(loaded).toEqual([{ image: findImage(host.state, name).id, names: [name] }]);
    const [was] = imagesOf(host).filter((image) => image.refs.includes(name));
    expect(imagesOf(there)).toEqual([{ ...was, parent: null }]);
    for (const layer of there.state.layers.values()) {
      expect(layer.blob).toEqual(host.state.layers.get(layer.chainId)?.blob);
      expect(await (await there.layers.blob(layer.blob.digest))?.bytes()).toEqual(
        await (await host.layers.blob(layer.blob.digest))?.bytes(),
      );
    }
  });

  test("is the same bytes every time, with the stored blobs and config in it", async () => {
    const once = await exportArchive(host.state, host.layers, ["my/image:1.0"], "docker-archive");
    const twice = await exportArchive(host.state, host.layers, ["my/image:1.0"], "docker-archive");
    expect(sha256(await once.bytes())).toBe(sha256(await twice.bytes()));
    const files = await ArchiveFiles.read(once);
    const image = findImage(host.state, "my/image:1.0");
    expect(await files.need(`blobs/sha256/${hexOf(image.id)}`).text()).toBe(image.configText);
    for (const chain of image.layers) {
      const digest = host.state.layers.get(chain)?.blob.digest as Digest;
      expect(sha256(await files.need(`blobs/sha256/${hexOf(digest)}`).bytes())).toBe(digest);
    }
    expect(JSON.parse(await files.need("index.json").text())).toMatchObject({
      manifests: [
        {
          annotations: {
            "io.containerd.image.name": "docker.io/my/image:1.0",
            "org.opencontainers.image.ref.name": "1.0",
          },
        },
      ],
    });
    expect(JSON.parse(await files.need("manifest.json").text())).toMatchObject([{ RepoTags: ["my/image:1.0"] }]);
  });

  test("several images share the blobs they share, and come back", async () => {
    const archive = await exportArchive(host.state, host.layers, ["base:1", "my/image:1.0"], "docker-archive");
    const { host: there, loaded } = await load(archive);
    expect(loaded.flatMap(({ names }) => names)).toEqual(["base:1", "my/image:1.0"]);
    expect(there.state.layers.size).toBe(2);
  });

  test("an image by its id travels without a name", async () => {
    const { id } = findImage(host.state, "base:1");
    for (const text of [id, hexOf(id).slice(0, 12)]) {
      const { loaded } = await load(await exportArchive(host.state, host.layers, [text], "docker-archive"));
      expect(loaded).toEqual([{ image: id, names: [] }]);
    }
  });

  test("one that is not there", async () => {
    const exporting = exportArchive(host.state, host.layers, ["nosuch"], "docker-archive");
    await expect(exporting).rejects.toThrow("No such image: nosuch:latest");
  });

  test("loaded where it already is, it changes nothing but says so", async () => {
    const before = host.state;
    const archive = await exportArchive(host.state, host.layers, ["my/image:1.0"], "docker-archive");
    await loadInto(host, archive);
    expect(host.state).toEqual(before);
  });

  test("its lower layer is shared with what is there", async () => {
    const archive = await exportArchive(host.state, host.layers, ["my/image:1.0"], "docker-archive");
    const there = new PracticeHost();
    await there.registry.add("docker.io/library/base:1", [base], { Cmd: ["sleep", "9"], Env: ["PATH=/bin"] });
    await there.command((tx) => pull(tx, there.ports, parseReference("base:1"), { signal }));
    const { tx } = await there.command((now) => importArchive(now, there.layers, archive));
    expect(tx.story.map(({ event }) => event.type)).toEqual([
      "layer.exists",
      "layer.extract",
      "image.pulled",
      "image.tag",
    ]);
    expect(there.state.layers.size).toBe(2);
  });
});

describe("archives of other tools", () => {
  const configs = { one: configOf([smallId]), two: configOf([smallId, otherId]) };

  test("docker before 25: two images, plain layers, layer.tar a link to another's", async () => {
    const { loaded, host } = await load(
      await tarBlob([
        member("one.json", configs.one),
        member("two.json", configs.two),
        member("aa/layer.tar", small),
        symlink("bb/layer.tar", "../aa/layer.tar"),
        member("cc/layer.tar", other),
        member(
          "manifest.json",
          json([
            { Config: "one.json", RepoTags: ["one:1", "localhost:5000/a/one:latest"], Layers: ["aa/layer.tar"] },
            { Config: "two.json", RepoTags: null, Layers: ["bb/layer.tar", "cc/layer.tar"] },
          ]),
        ),
      ]),
    );
    expect(loaded.map(({ names }) => names)).toEqual([["one:1", "localhost:5000/a/one:latest"], []]);
    expect(loaded[1]?.image).toBe(sha256(new TextEncoder().encode(configs.two)));
    expect([...host.state.layers.values()].map(({ blob, tarSize }) => [blob.digest, blob.mediaType, tarSize])).toEqual([
      [smallId, "application/vnd.oci.image.layer.v1.tar", small.length],
      [otherId, "application/vnd.oci.image.layer.v1.tar", other.length],
    ]);
    const again = await load(await exportArchive(host.state, host.layers, ["one:1"], "docker-archive"));
    expect(again.loaded[0]?.image).toBe(loaded[0]?.image);
  });

  test("docker 25's of an image without a name: its index is null", async () => {
    const manifest = json([{ Config: "c.json", RepoTags: null, Layers: ["l.tar"] }]);
    const index = json({ schemaVersion: 2, manifests: null });
    const files = [member("index.json", index), member("manifest.json", manifest)];
    const { loaded } = await load(await tarBlob([...files, member("c.json", configs.one), member("l.tar", small)]));
    expect(loaded.map(({ names }) => names)).toEqual([[]]);
  });

  test("kaniko's: the config is named by its digest, layers are gzip'ed; the whole is gzip'ed too", async () => {
    const zipped = await gzipped(small);
    const manifest = json([{ Config: "sha256:cafe", RepoTags: ["k:1"], Layers: ["x.tar.gz"] }]);
    const plain = await tarOf([
      member("sha256:cafe", configs.one),
      member("x.tar.gz", zipped),
      member("manifest.json", manifest),
    ]);
    const { loaded } = await load(new Blob([await gzipped(plain)]));
    expect(loaded[0]?.names).toEqual(["k:1"]);
  });

  test("an OCI layout with an index in its index, an attestation and another platform that is not here", async () => {
    const blobs: LayerEntry[] = [];
    const put = (mediaType: string, bytes: Uint8Array | string) => {
      const data = typeof bytes === "string" ? new TextEncoder().encode(bytes) : bytes;
      blobs.push(member(`blobs/sha256/${hexOf(sha256(data))}`, data));
      return { mediaType, digest: sha256(data), size: data.length };
    };
    const manifest = (config: object, layer: object) =>
      put("application/vnd.oci.image.manifest.v1+json", json({ schemaVersion: 2, config, layers: [layer] }));
    const image = manifest(put("application/vnd.oci.image.config.v1+json", configs.one), put("text/plain", small));
    const attestation = manifest(put("application/vnd.oci.image.config.v1+json", "{}"), put("x/in-toto", "{}"));
    const index = put(
      "application/vnd.oci.image.index.v1+json",
      json({
        schemaVersion: 2,
        manifests: [
          { ...image, digest: `sha256:${"0".repeat(64)}`, platform: { os: "linux", architecture: "arm64" } },
          { ...attestation, platform: { os: "unknown", architecture: "unknown" } },
          { ...image, platform: { os: "linux", architecture: "amd64" } },
        ],
      }),
    );
    const annotations = { "org.opencontainers.image.ref.name": "example.com/x:2" };
    const top = json({ schemaVersion: 2, manifests: [{ ...index, annotations }] });
    const { loaded } = await load(await tarBlob([...blobs, member("index.json", top)]));
    expect(loaded).toEqual([{ image: sha256(new TextEncoder().encode(configs.one)), names: ["example.com/x:2"] }]);
  });

  const docker = (config: string, layers: readonly string[], tags: readonly string[] | null = ["x:1"]) => [
    member("c.json", config),
    member("manifest.json", json([{ Config: "c.json", RepoTags: tags, Layers: layers }])),
    member("l.tar", small),
  ];
  const oci = (spoil: { size?: number; layer?: Uint8Array }) => {
    const config = new TextEncoder().encode(configs.one);
    const layer = spoil.layer ?? small;
    const manifest = new TextEncoder().encode(
      json({
        config: { mediaType: "application/vnd.oci.image.config.v1+json", digest: sha256(config), size: config.length },
        layers: [{ mediaType: "x", digest: smallId, size: spoil.size ?? small.length }],
      }),
    );
    const entry = {
      mediaType: "application/vnd.oci.image.manifest.v1+json",
      digest: sha256(manifest),
      size: manifest.length,
    };
    return [
      member(`blobs/sha256/${hexOf(sha256(config))}`, config),
      member(`blobs/sha256/${hexOf(sha256(manifest))}`, manifest),
      member(`blobs/sha256/${hexOf(smallId)}`, layer),
      member("index.json", json({ manifests: [entry] })),
    ];
  };
  const flipped = small.map((byte, at) => (at === 520 ? byte ^ 1 : byte));

  test.each([
    ["nothing at all", new Blob([]), "unexpected EOF"],
    ["no tar", new Blob(["x".repeat(2000)]), "archive/tar: invalid tar header"],
    ["cut short", new Blob([small.slice(0, 515)]), "unexpected EOF"],
    [
      "a gzip cut short",
      gzipped(small).then((bytes) => new Blob([bytes.subarray(0, 40)])),
      "gzip: damaged or cut short",
    ],
    [
      "zstd",
      new Blob([Uint8Array.of(0x28, 0xb5, 0x2f, 0xfd, 0, 0)]),
      "the archive is compressed with zstd, which is not supported: unpack it first",
    ],
    ["a tar of something else", new Blob([small]), "open manifest.json: no such file or directory"],
    [
      "docker 1.9",
      tarBlob([member("repositories", "{}")]),
      "archives of docker before 1.10, without manifest.json, are not supported",
    ],
    ["null", tarBlob([member("manifest.json", "null")]), "invalid manifest, manifest cannot be null (but can be [])"],
    ["empty", tarBlob([member("manifest.json", "[]")]), "the archive holds no image"],
    ["another shape", tarBlob([member("manifest.json", "[{}]")]), "invalid manifest.json: 0.Config: "],
    ["no layer file", tarBlob(docker(configs.one, ["z.tar"])), "open z.tar: no such file or directory"],
    [
      "too few layers",
      tarBlob(docker(configs.two, ["l.tar"])),
      "invalid manifest, layers length mismatch: expected 2, got 1",
    ],
    [
      "another diffID",
      tarBlob(docker(configOf([otherId]), ["l.tar"])),
      `invalid diffID for layer 0: expected "${otherId}", got "${smallId}"`,
    ],
    ["a bad name", tarBlob(docker(configs.one, ["l.tar"], ["Bad/Name:1"])), 'invalid tag "Bad/Name:1"'],
    ["Windows", tarBlob(docker(configOf([smallId], "windows"), ["l.tar"])), "cannot load windows image on linux"],
    ["a wrong size", tarBlob(oci({ size: 7 })), `blob ${smallId} has ${small.length} bytes, its descriptor says 7`],
    ["a flipped byte", tarBlob(oci({ layer: flipped })), `filesystem layer verification failed for digest ${smallId}`],
  ])("%s is refused, and nothing is kept", async (_, archive, message) => {
    expect(await refusal(await archive)).toContain(message);
  });
});

const there = (tool: string): boolean => {
  const found = spawnSync(tool, ["--version"]).status === 0;
  if (!found) console.log(`${tool} is not here: what it says of our archives is not tested`);
  return found;
};
const [skopeo, umoci, tar] = [there("skopeo"), there("umoci"), there("tar")];
const folder = mkdtempSync(join(tmpdir(), "lamina-archive-"));
afterAll(() => rmSync(folder, { recursive: true }));

const succeeds = (tool: string, ...args: readonly string[]): string => {
  const { status, stdout, stderr } = spawnSync(tool, args, { encoding: "utf8", cwd: folder });
  expect(`${tool} ${args[0]}: ${status} ${status === 0 ? "" : stderr}`).toBe(`${tool} ${args[0]}: 0 `);
  return stdout;
};

describe.each([
  ["base:1", "1"],
  ["my/image:1.0", "1.0"],
])("other tools take %s", async (name, tag) => {
  const host = await hostWithImages();
  const image = findImage(host.state, name);
  const slug = name.replace(/\W/g, "-");
  for (const format of ["docker-archive", "oci-archive"] as const) {
    const archive = await exportArchive(host.state, host.layers, [name], format);
    writeFileSync(join(folder, `${slug}.${format}.tar`), await archive.bytes());
  }

  test.runIf(skopeo).each(["docker-archive", "oci-archive"])("skopeo, as %s", (format) => {
    succeeds("skopeo", "copy", "--insecure-policy", `${format}:${slug}.${format}.tar`, `dir:${slug}.${format}.dir`);
    const out = join(folder, `${slug}.${format}.dir`);
    const manifest = JSON.parse(readFileSync(join(out, "manifest.json"), "utf8")) as { config: { digest: string } };
    expect(manifest.config.digest).toBe(image.id);
    expect(readdirSync(out)).toContain(hexOf(image.id));
  });

  test.runIf(skopeo)("skopeo, the docker-archive read as a layout", () => {
    succeeds("skopeo", "inspect", `oci-archive:${slug}.docker-archive.tar`);
  });

  test.runIf(umoci && tar)("umoci unpacks it, tar lists it", () => {
    const listed = succeeds("tar", "-tf", `${slug}.docker-archive.tar`).split("\n");
    expect(listed).toEqual(expect.arrayContaining(["oci-layout", "index.json", "manifest.json"]));
    succeeds("mkdir", `${slug}.layout`);
    succeeds("tar", "-xf", `${slug}.docker-archive.tar`, "-C", `${slug}.layout`);
    succeeds("umoci", "unpack", "--rootless", "--image", `${slug}.layout:${tag}`, `${slug}.bundle`);
    const etc = readdirSync(join(folder, `${slug}.bundle`, "rootfs", "etc"));
    expect(etc).toEqual(name === "base:1" ? ["legal"] : ["motd"]);
  });
});

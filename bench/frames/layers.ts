import { gzipSync } from "node:zlib";
import { textContent } from "../../src/core/filesystem/content.ts";
import type { LayerEntry } from "../../src/core/image/layer-entry.ts";
import { sha256 } from "../../src/core/oci/digest.ts";
import { mediaType } from "../../src/core/oci/manifest.ts";
import { writeTar } from "../../src/core/tar/write.ts";
import { files, folders } from "../many-files.ts";

/** As many as docker allows: a container on them stands 127 plates high, with its init and writable layers. */
export const LAYERS = 125;
export const WIDE = 3_000;
/** The directory that has so many entries, all in one layer. */
export const WIDE_DIRECTORY = "/srv/many";

const own = { uid: 0, gid: 0, mtime: 1_700_000_000 };
const content = textContent("the same text in every file\n");
const directory = (path: string): LayerEntry => ({ ...own, kind: "directory", path, mode: 0o755 });
const file = (path: string, mode = 0o644): LayerEntry => ({ ...own, kind: "file", path, mode, content });

/** A name is a program in a container when its file is there. */
const PROGRAMS = ["sh", "cat", "ls", "rm", "mkdir", "touch"];

/** 100,000 files as one image: the lowest layer has most, each other one two directories of it, and some a name in the root. */
function plate(at: number): LayerEntry[] {
  const dealt = (folder: string): boolean => {
    const index = folders.indexOf(folder);
    return at === 0 ? index >= 2 * LAYERS || index < 2 : index >= 2 * at && index < 2 * at + 2;
  };
  const mine = new Set(folders.filter(dealt));
  const parents = new Set([...mine].flatMap((path) => ["usr", "usr/share", path.replace(/\/[^/]*$/, "")]));
  return [
    ...[...parents, ...mine].map(directory),
    ...files.filter((path) => mine.has(path.replace(/\/[^/]*$/, ""))).map((path) => file(path)),
    ...(at === 0 ? ["bin", "tmp"].map(directory) : []),
    ...(at === 0 ? PROGRAMS.map((name) => file(`bin/${name}`, 0o755)) : []),
    ...(at % 42 === 1 ? [directory(`opt-${at}`), file(`opt-${at}/readme`)] : []),
    ...(at === 60 ? ["srv", WIDE_DIRECTORY.slice(1)].map(directory) : []),
    ...(at === 60 ? Array.from({ length: WIDE }, (_, n) => file(`${WIDE_DIRECTORY.slice(1)}/entry-${n}`)) : []),
  ];
}

interface Blob {
  readonly digest: string;
  readonly bytes: Uint8Array;
}

interface Image {
  readonly config: Blob;
  readonly layers: readonly Blob[];
}

async function image(layers: readonly (readonly LayerEntry[])[]): Promise<Image> {
  const blobs: Blob[] = [];
  const diffIds: string[] = [];
  for (const entries of layers) {
    const tar = await bytesOf(entries);
    diffIds.push(sha256(tar));
    blobs.push(blob(gzipSync(tar, { level: 6 })));
  }
  const history = layers.map((_, at) => ({ created: "2026-01-01T00:00:00Z", created_by: `COPY part-${at} /` }));
  const rootfs = { type: "layers", diff_ids: diffIds };
  const config = { architecture: "amd64", os: "linux", config: { Cmd: ["sh"], Env: ["PATH=/bin"] }, rootfs, history };
  return { config: blob(encoded(config)), layers: blobs };
}

const encoded = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value));
const blob = (bytes: Uint8Array): Blob => ({ digest: sha256(bytes), bytes });

async function bytesOf(entries: readonly LayerEntry[]): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  const nothingStored = (): Promise<Uint8Array> => Promise.reject(new RangeError("nothing is stored"));
  for await (const chunk of writeTar(entries, nothingStored)) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** What `docker load` takes: 125 layers, 100,000 files and a directory of 3,000 more. The same bytes every time. */
export async function platesArchive(): Promise<Uint8Array> {
  const { config, layers } = await image(Array.from({ length: LAYERS }, (_, at) => plate(at)));
  const name = ({ digest }: Blob): string => `blobs/sha256/${digest.slice(7)}`;
  const manifest = [{ Config: name(config), RepoTags: ["bench/plates"], Layers: layers.map(name) }];
  const member = (path: string, bytes: Uint8Array): LayerEntry => ({
    ...own,
    kind: "file",
    path,
    mode: 0o644,
    content: { size: bytes.length, segments: [{ kind: "bytes", bytes }] },
  });
  return bytesOf([
    ...[config, ...layers].map((one) => member(name(one), one.bytes)),
    member("manifest.json", encoded(manifest)),
  ]);
}

/** An image of eight layers as a registry has it: by path below `v2/`. Of bytes that do not compress. */
export async function eightLayers(): Promise<ReadonlyMap<string, Uint8Array>> {
  let noise = 1;
  const noisy = (): Uint8Array =>
    Uint8Array.from({ length: 1_000_000 }, () => (noise = (noise * 16_807) % 2_147_483_647) & 255);
  const { config, layers } = await image(
    Array.from({ length: 8 }, (_, at): LayerEntry[] => {
      const bytes = noisy();
      const content = { size: bytes.length, segments: [{ kind: "bytes" as const, bytes }] };
      return [directory("data"), { ...own, kind: "file", path: `data/part-${at}`, mode: 0o644, content }];
    }),
  );
  const described = ({ digest, bytes }: Blob, type: string) => ({ mediaType: type, digest, size: bytes.length });
  const manifest = {
    schemaVersion: 2,
    mediaType: mediaType.ociManifest,
    config: described(config, mediaType.ociConfig),
    layers: layers.map((one) => described(one, mediaType.ociLayerGzip)),
  };
  return new Map([
    ["library/eight/manifests/latest", encoded(manifest)],
    ...[config, ...layers].map((one) => [`library/eight/blobs/${one.digest}`, one.bytes] as const),
  ]);
}

import { textContent, zeros } from "../core/filesystem/content.ts";
import { root } from "../core/filesystem/filesystem.ts";
import type { LayerEntry } from "../core/image/layer-entry.ts";
import type { ImageRunConfig } from "../core/oci/config.ts";
import { sha256 } from "../core/oci/digest.ts";
import type { DiffId, Digest } from "../core/oci/digest.ts";
import { mediaType } from "../core/oci/manifest.ts";
import type { Manifest } from "../core/oci/manifest.ts";
import { writeTar } from "../core/tar/write.ts";
import type { OverlayFileSystem } from "../core/overlay/overlay.ts";
import type { ContainerId } from "../engine/event.ts";
import { changeFiles } from "../engine/mount.ts";
import { RegistryError } from "../engine/ports.ts";
import type { Ports, ProcessOutcome, Registry, Runtime } from "../engine/ports.ts";
import { emptyState } from "../engine/state.ts";
import type { EngineState } from "../engine/state.ts";
import { Transaction } from "../engine/transaction.ts";
import { layerStore } from "./layer-store.ts";
import type { StagingLayerStore } from "./layer-store.ts";
import { memoryStore } from "./memory/store.ts";

/** Small images, a registry that has them, and a host to pull them to: what the engine's tests are told with. */

const owner = { uid: 0, gid: 0, mtime: 1_700_000_000 };

export const file = (path: string, text: string, mode = 0o644): LayerEntry => ({
  ...owner,
  kind: "file",
  path,
  mode,
  content: textContent(text),
});
export const program = (path: string, size = 100_000): LayerEntry => ({
  ...owner,
  kind: "file",
  path,
  mode: 0o755,
  content: zeros(size),
});
export const directory = (path: string): LayerEntry => ({ ...owner, kind: "directory", path, mode: 0o755 });
export const gone = (path: string): LayerEntry => ({ ...owner, kind: "whiteout", path, mode: 0o600 });

async function collected(stream: AsyncIterable<Uint8Array>): Promise<Uint8Array<ArrayBuffer>> {
  const parts: BlobPart[] = [];
  for await (const chunk of stream) parts.push(chunk as Uint8Array<ArrayBuffer>);
  return new Uint8Array(await new Blob(parts).arrayBuffer());
}

export function tarOf(entries: readonly LayerEntry[]): Promise<Uint8Array<ArrayBuffer>> {
  return collected(writeTar(entries, () => Promise.reject(new RangeError("nothing is stored"))));
}

export async function gzipped(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  const stream = new Blob([bytes]).stream().pipeThrough(new CompressionStream("gzip"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

/** A registry in memory. Its blobs can be spoiled, and it keeps count of what is fetched. */
class PracticeRegistry implements Registry {
  readonly manifests = new Map<string, { digest: Digest; manifest: Manifest; configText: string }>();
  readonly blobs = new Map<Digest, Uint8Array<ArrayBuffer>>();
  readonly fetched: Digest[] = [];
  /** Downloads going on, now and at most. */
  running = 0;
  mostRunning = 0;
  /** Called when a blob is asked for. */
  onBlob: (digest: Digest) => void | Promise<void> = () => {};

  /** Puts an image there; answers the digests of its blobs, bottom first. */
  async add(
    name: string,
    layers: readonly (readonly LayerEntry[])[],
    config: ImageRunConfig,
    lie: { diffIds?: readonly DiffId[] } = {},
  ): Promise<Digest[]> {
    const tars = await Promise.all(layers.map(tarOf));
    const diffIds = lie.diffIds ?? tars.map((tar) => sha256<DiffId>(tar));
    const configText = JSON.stringify({
      architecture: "amd64",
      os: "linux",
      created: "2024-05-22T18:18:13Z",
      config,
      rootfs: { type: "layers", diff_ids: diffIds },
      history: layers.map((_, at) => ({ created: "2024-05-22T18:18:13Z", created_by: `RUN step ${at}` })),
    });
    const blobs = await Promise.all(tars.map(gzipped));
    const descriptors = blobs.map((blob) => {
      const digest = sha256(blob);
      this.blobs.set(digest, blob);
      return { mediaType: mediaType.ociLayerGzip, digest, size: blob.length };
    });
    const bytes = new TextEncoder().encode(configText);
    const manifest: Manifest = {
      schemaVersion: 2,
      mediaType: mediaType.ociManifest,
      config: { mediaType: mediaType.ociConfig, digest: sha256(bytes), size: bytes.length },
      layers: descriptors,
    };
    const digest = sha256(new TextEncoder().encode(JSON.stringify(manifest)));
    this.manifests.set(name, { digest, manifest, configText });
    return descriptors.map((descriptor) => descriptor.digest);
  }

  async resolve(repository: string, reference: string) {
    const found = this.manifests.get(`${repository}:${reference}`);
    if (found) return found;
    for (const [name, manifest] of this.manifests) {
      if (!name.startsWith(`${repository}:`)) continue;
      if (manifest.digest === reference) return manifest;
      throw new RegistryError("MANIFEST_UNKNOWN", "manifest unknown");
    }
    throw new RegistryError("DENIED", "denied");
  }

  async blob(_repository: string, digest: Digest, signal: AbortSignal): Promise<ReadableStream<Uint8Array>> {
    this.fetched.push(digest);
    this.running += 1;
    this.mostRunning = Math.max(this.mostRunning, this.running);
    const end = (): void => {
      this.running -= 1;
    };
    await this.onBlob(digest);
    signal.throwIfAborted();
    const bytes = this.blobs.get(digest) ?? new Uint8Array(0);
    let at = 0;
    return new ReadableStream<Uint8Array>({
      pull(controller) {
        if (at < bytes.length) controller.enqueue(bytes.slice(at, (at += 512)));
        else {
          end();
          controller.close();
        }
      },
      cancel: end,
    });
  }
}

/** What a process does when it is run: its files, its output, and how it ends. */
export type Behaviour = (run: {
  readonly argv: readonly string[];
  change(change: (fs: OverlayFileSystem) => void): void;
  print(text: string): void;
}) => ProcessOutcome | Promise<ProcessOutcome>;

const exited = (code: number): ProcessOutcome => ({ kind: "exited", code });

const BEHAVIOURS: Readonly<Record<string, Behaviour>> = {
  echo: ({ argv, print }) => {
    print(`${argv.slice(1).join(" ")}\n`);
    return exited(0);
  },
  sleep: () => ({ kind: "running", endsAt: null }),
  nginx: () => ({ kind: "running", endsAt: null }),
  false: () => exited(1),
  /** put PATH TEXT */
  put: ({ argv, change }) => {
    const [, path = "", text = ""] = argv;
    change((fs) => fs.write(path, textContent(text), { write: true, create: true, truncate: true }, 0o644, root));
    return exited(0);
  },
  /** rm PATH */
  rm: ({ argv, change }) => {
    change((fs) => fs.unlink(argv[1] ?? "", root));
    return exited(0);
  },
};

/** A host whose time stands at a fixed moment, with the same random numbers in every run. */
export class PracticeHost {
  state: EngineState = emptyState;
  readonly registry = new PracticeRegistry();
  readonly store = memoryStore();
  readonly layers: StagingLayerStore = layerStore(this.store.blobs);
  readonly behaviours: Record<string, Behaviour> = { ...BEHAVIOURS };
  now = Date.UTC(2026, 10, 23, 17, 49, 25, 159);
  /** Overrides what the next numbers would be. */
  nextHex: string[] = [];
  #drawn = 0;

  readonly ports: Ports = {
    clock: {
      now: () => this.now,
      sleep: async (ms, signal) => {
        signal?.throwIfAborted();
        this.now += ms;
      },
    },
    random: {
      hex: (bytes) => this.nextHex.shift() ?? this.#draw(bytes),
      integer: (below) => Number.parseInt(this.#draw(4), 16) % below,
    },
    registry: this.registry,
    layers: this.layers,
    runtime: { start: (tx, container, process, output) => this.#run(tx, container, process.argv, output) } as Runtime,
  };

  /** One command: what it does becomes the host's state, also when it fails half way. Answers its story. */
  async command<T>(work: (tx: Transaction) => T | Promise<T>): Promise<{ value: T; tx: Transaction }> {
    const tx = new Transaction(this.state);
    try {
      return { value: await work(tx), tx };
    } finally {
      this.state = tx.state;
    }
  }

  #draw(bytes: number): string {
    this.#drawn += 1;
    return sha256(new TextEncoder().encode(`practice ${this.#drawn}`)).slice(7, 7 + bytes * 2);
  }

  async #run(
    tx: Transaction,
    container: ContainerId,
    argv: readonly string[],
    output: { stdout(text: string): void },
  ): Promise<ProcessOutcome> {
    const name = argv[0]?.split("/").at(-1) ?? "";
    const behaviour = this.behaviours[name];
    if (behaviour === undefined) return exited(0);
    return behaviour({
      argv,
      change: (change) => changeFiles(tx, container, this.now, change),
      print: (text) => output.stdout(text),
    });
  }
}

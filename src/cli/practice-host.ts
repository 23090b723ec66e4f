import { zeros } from "../core/filesystem/content.ts";
import { root } from "../core/filesystem/filesystem.ts";
import type { LayerEntry } from "../core/image/layer-entry.ts";
import type { HistoryEntry, ImageRunConfig } from "../core/oci/config.ts";
import { type Digest, type DiffId, sha256 } from "../core/oci/digest.ts";
import { mediaType } from "../core/oci/manifest.ts";
import { writeTar } from "../core/tar/write.ts";
import type { EventType } from "../engine/event.ts";
import { changeFiles } from "../engine/mount.ts";
import { settle } from "../engine/operations/settle.ts";
import {
  type ExtractedLayer,
  type LayerStore,
  type Ports,
  type ProcessOutcome,
  RegistryError,
  type ResolvedManifest,
} from "../engine/ports.ts";
import { type EngineState, emptyState } from "../engine/state.ts";
import { Transaction } from "../engine/transaction.ts";
import type { AttachRequest, HostPrograms, TerminalContext } from "./command.ts";
import { type HostShell, newHostShell, runHostLine } from "./host-shell.ts";

/** An image for tests: its layers' entries, bottom first, and the lines of its history, each with or without a layer. */
export interface PracticeImage {
  readonly layers: readonly (readonly LayerEntry[])[];
  readonly history: readonly HistoryEntry[];
  readonly config: ImageRunConfig;
  /** RFC 3339. */
  readonly created: string;
}

const owner = { uid: 0, gid: 0, mtime: 1_700_000_000 };

export const file = (path: string, size: number, mode = 0o755): LayerEntry => ({
  ...owner,
  kind: "file",
  path,
  mode,
  content: zeros(size),
});

export const directory = (path: string): LayerEntry => ({ ...owner, kind: "directory", path, mode: 0o755 });

async function tarOf(entries: readonly LayerEntry[]): Promise<Uint8Array<ArrayBuffer>> {
  const parts: BlobPart[] = [];
  for await (const chunk of writeTar(entries, () => Promise.reject(new RangeError("nothing is stored")))) {
    parts.push(chunk as Uint8Array<ArrayBuffer>);
  }
  return new Uint8Array(await new Blob(parts).arrayBuffer());
}

/** Hashing a few megabytes takes long enough to do it once only. */
const known = new WeakMap<readonly LayerEntry[], Promise<ExtractedLayer>>();

function extracted(entries: readonly LayerEntry[]): Promise<ExtractedLayer> {
  const layer = known.get(entries) ?? hashed(entries);
  known.set(entries, layer);
  return layer;
}

async function hashed(entries: readonly LayerEntry[]): Promise<ExtractedLayer> {
  const tar = await tarOf(entries);
  const digest = sha256<DiffId>(tar);
  return { diffId: digest, blobDigest: digest, blobSize: tar.length, tarSize: tar.length, entries };
}

/** A terminal on a small host with a registry of its own: types lines, answers what came. */
export class PracticeHost {
  state: EngineState = emptyState;
  /** ms since 1970. */
  now = Date.UTC(2026, 10, 23, 17, 40, 29);
  terminal = { tty: false, columns: 80 };
  attached: AttachRequest[] = [];
  readonly #manifests = new Map<string, ResolvedManifest>();
  readonly #blobs = new Map<Digest, ExtractedLayer>();
  readonly #shell: HostShell;
  #seed = 0;
  /** Ctrl-C is pressed when a step of this kind is told. */
  interruptAt: EventType | null = null;

  /** `programs`: those of the host, beside docker and what is built into its shell. */
  constructor(programs: (host: PracticeHost) => HostPrograms = () => ({ names: [], run: async () => 127 })) {
    this.#shell = newHostShell(programs(this));
  }

  /** `name`: "docker.io/library/alpine:3.20". */
  async serve(names: readonly string[], image: PracticeImage): Promise<void> {
    const layers = await Promise.all(image.layers.map(extracted));
    for (const layer of layers) this.#blobs.set(layer.blobDigest, layer);
    const configText = JSON.stringify({
      architecture: "amd64",
      config: image.config,
      created: image.created,
      history: image.history,
      os: "linux",
      rootfs: { type: "layers", diff_ids: layers.map((layer) => layer.diffId) },
    });
    const bytes = new TextEncoder().encode(configText);
    const manifest = {
      schemaVersion: 2 as const,
      config: { mediaType: mediaType.ociConfig, digest: sha256(bytes), size: bytes.length },
      layers: layers.map(({ blobDigest, blobSize }) => ({
        mediaType: mediaType.ociLayer,
        digest: blobDigest,
        size: blobSize,
      })),
    };
    const digest = sha256(new TextEncoder().encode(JSON.stringify(manifest)));
    for (const name of names) this.#manifests.set(name, { digest, manifest, configText });
  }

  /** Types one line; what was printed on both streams, in order, and "[exit N]" when it failed. */
  async run(line: string): Promise<string> {
    let shown = "";
    const interrupt = new AbortController();
    const tx = new Transaction(this.state, ({ story }) => {
      if (this.interruptAt !== null && story.at(-1)?.event.type === this.interruptAt) interrupt.abort();
    });
    settle(tx, this.now);
    const context: TerminalContext = {
      tx,
      ports: this.ports,
      terminal: this.terminal,
      signal: interrupt.signal,
      stdout: (text) => void (shown += text),
      stderr: (text) => void (shown += text),
      attach: (request) => void this.attached.push(request),
    };
    const code = await runHostLine(line, context, this.#shell);
    this.state = tx.state;
    return code === 0 ? shown : `${shown}[exit ${code}]\n`;
  }

  get ports(): Ports {
    return {
      clock: {
        now: () => this.now,
        sleep: async (ms) => {
          this.now += ms;
        },
      },
      random: {
        hex: (bytes) => sha256(new TextEncoder().encode(String(this.#seed++))).slice(7, 7 + 2 * bytes),
        integer: (below) => this.#seed++ % below,
      },
      registry: {
        resolve: async (repository, reference) => {
          const found = this.#manifests.get(`${repository}:${reference}`);
          if (found) return found;
          throw new RegistryError(repository.includes("nosuch") ? "DENIED" : "MANIFEST_UNKNOWN", "");
        },
        blob: async (_, digest) => new Blob([digest]).stream(),
      },
      layers: this.#layers,
      runtime: { start: async (tx, container, { argv }, output) => this.#process(tx, container, argv, output) },
    };
  }

  readonly #layers: LayerStore = {
    // The "blob" of this registry is its own digest: tests of streams are the storage's.
    extract: async (blob, { progress }) => {
      const digest = (await new Response(blob).text()) as Digest;
      const layer = this.#blobs.get(digest);
      if (!layer) throw new RangeError(`no blob ${digest}`);
      progress?.(layer.blobSize);
      return layer;
    },
    create: extracted,
    blob: async () => null,
    readStored: () => Promise.reject(new RangeError("nothing is stored")),
  };

  /** The programs of these containers: `write SIZE PATH`, `rm PATH`, `echo`, `false`, `exit CODE`, `sleep SECONDS`, `nginx`. */
  #process: (
    tx: Transaction,
    container: AttachRequest["container"],
    argv: readonly string[],
    output: { stdout(text: string): void },
  ) => Promise<ProcessOutcome> = async (tx, container, argv, output) => {
    const [name = "", ...args] = argv[0] === "sh" && argv[1] === "-c" ? (argv[2] ?? "").split(" ") : argv;
    const done = (code: number): ProcessOutcome => ({ kind: "exited", code });
    switch (name) {
      case "write":
        changeFiles(tx, container, this.now, (fs) =>
          fs.write(args[1] ?? "", zeros(Number(args[0])), { write: true, create: true, truncate: true }, 0o644, root),
        );
        return done(0);
      case "rm":
        changeFiles(tx, container, this.now, (fs) => fs.unlink(args[0] ?? "", root));
        return done(0);
      case "echo":
        output.stdout(`${args.join(" ")}\n`);
        return done(0);
      case "false":
        return done(1);
      case "exit":
        return done(Number(args[0]));
      case "sleep":
        return { kind: "running", endsAt: this.now + Number(args[0]) * 1000 };
      case "nginx":
        return { kind: "running", endsAt: null };
      default:
        return done(0);
    }
  };
}

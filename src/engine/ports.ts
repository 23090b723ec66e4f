import type { Content, ReadStored } from "../core/filesystem/content.ts";
import type { LayerEntry } from "../core/image/layer-entry.ts";
import type { DiffId, Digest } from "../core/oci/digest.ts";
import type { Manifest } from "../core/oci/manifest.ts";
import type { ContainerId } from "./event.ts";
import type { Transaction } from "./transaction.ts";

/** Time as the scenario has it: fixed when a command starts, moved on by what "takes" time (sleep). ms since 1970. */
export interface Clock {
  now(): number;
  /** Lets `ms` pass: really when a person waits, at once when a log is replayed. Rejects when `signal` aborts. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

/** The scenario's own randomness: same seed, same ids, on every machine. */
export interface Random {
  /** `bytes` random bytes as lower-case hex. */
  hex(bytes: number): string;
  /** An integer in [0, below). */
  integer(below: number): number;
}

export interface ResolvedManifest {
  readonly digest: Digest;
  readonly manifest: Manifest;
  /** The config JSON, byte for byte; its digest was verified. */
  readonly configText: string;
}

/** A registry's answer that is not an image. `code` is the distribution-spec's, or "UNREACHABLE". */
export class RegistryError extends Error {
  override readonly name = "RegistryError";
  constructor(
    readonly code: "MANIFEST_UNKNOWN" | "DENIED" | "UNREACHABLE" | "DIGEST_INVALID" | "UNSUPPORTED",
    message: string,
  ) {
    super(message);
  }
}

/** A client of the OCI distribution API. (distribution-spec, "Pull") */
export interface Registry {
  /** `repository`: "docker.io/library/ubuntu"; `reference`: tag or digest. Throws {@link RegistryError}. */
  resolve(repository: string, reference: string, signal: AbortSignal): Promise<ResolvedManifest>;
  /** The blob's bytes as they arrive; not verified here. */
  blob(repository: string, digest: Digest, signal: AbortSignal): Promise<ReadableStream<Uint8Array>>;
}

/** A layer blob that cannot be used. */
export class LayerError extends Error {
  override readonly name = "LayerError";
  constructor(
    /** "verification": the bytes are not what the digest says; "unreadable": they are, but no layer. */
    readonly code: "verification" | "unreadable",
    message: string,
  ) {
    super(message);
  }
}

/** A layer taken from its tar: the entries, and where their bytes were put. */
export interface ExtractedLayer {
  readonly diffId: DiffId;
  /** Digest of the blob as it came. */
  readonly blobDigest: Digest;
  readonly blobSize: number;
  readonly tarSize: number;
  readonly entries: readonly LayerEntry[];
}

/**
 * Where blobs and contents live while a command runs and after. Staged bytes become lasting when
 * the command's transaction is stored, and vanish with it otherwise.
 */
export interface LayerStore {
  /**
   * Reads a layer blob (gzip, zstd or plain), hashing both sides as it streams, and stages the blob and the
   * contents of its files. `progress` is told the blob bytes read so far. With `digest`, a blob that is not
   * that is refused, whatever else is wrong with it. Throws {@link LayerError}; nothing is staged then.
   */
  extract(
    blob: ReadableStream<Uint8Array>,
    options: { mediaType: string; digest?: Digest; signal?: AbortSignal; progress?: (bytes: number) => void },
  ): Promise<ExtractedLayer>;
  /** Writes entries as a tar, gzips and stages it; the tar's own digest is the diffID. */
  create(entries: readonly LayerEntry[], signal?: AbortSignal): Promise<ExtractedLayer & { tarSize: number }>;
  /** The blob as stored; null when it is not here. */
  blob(digest: Digest): Promise<Blob | null>;
  readonly readStored: ReadStored;
}

/** A process to run in a container. */
export interface ProcessSpec {
  readonly argv: readonly string[];
  /** "KEY=value". */
  readonly env: readonly string[];
  readonly cwd: string;
  /** "" or "0" is root; a name is looked up in the container's /etc/passwd. */
  readonly user: string;
  readonly tty: boolean;
  readonly columns: number;
  /** Its standard input, where it gets one without a terminal (`-i`, in a pipe). */
  readonly input?: Content;
}

export interface ProcessOutput {
  stdout(text: string): void;
  stderr(text: string): void;
}

/** What became of a started process. */
export type ProcessOutcome =
  | { readonly kind: "exited"; readonly code: number }
  /** It goes on (a service, `sleep 1000`); processes do not really run here, this one is modelled. */
  | { readonly kind: "running"; readonly endsAt: number | null };

/** Runs processes on a container's merged view; changes go to `tx` as they happen. */
export interface Runtime {
  /**
   * Runs to the end, or until it is known to go on for good. The executable has been found already.
   * A shell without terminal and without input ends at once, as the real one does.
   */
  start(
    tx: Transaction,
    container: ContainerId,
    process: ProcessSpec,
    output: ProcessOutput,
    signal: AbortSignal,
  ): Promise<ProcessOutcome>;
}

export interface Ports {
  readonly clock: Clock;
  readonly random: Random;
  readonly registry: Registry;
  readonly layers: LayerStore;
  readonly runtime: Runtime;
}

/** A saved file: what an editor wrote, kept in the log so that a replay needs no editor. */
export interface Edit {
  readonly path: string;
  readonly content: Content;
}

/** What Tab offers: `candidates` replace the line from `from` to the cursor. */
export interface Completion {
  readonly from: number;
  readonly candidates: readonly string[];
}

import type { Descriptor } from "../../core/oci/descriptor.ts";
import type { Digest } from "../../core/oci/digest.ts";
import { EngineError } from "../error.ts";
import { LayerError } from "../ports.ts";
import type { ExtractedLayer, Ports } from "../ports.ts";
import type { LayerStatus } from "./pull.ts";

/** docker's max-concurrent-downloads. */
const AT_ONCE = 3;
/** Bytes between two reports at most; a hundredth of the blob when that is less. (moby, progressreader.go) */
const REPORT_EVERY = 512 * 1024;

/** The downloads of one pull: a few at a time, in order; a blob that several layers share comes once. */
export class Downloads {
  readonly #controller = new AbortController();
  readonly #signal: AbortSignal;
  readonly #running = new Map<Digest, Promise<ExtractedLayer>>();
  readonly #waiting: (() => void)[] = [];
  #free = AT_ONCE;

  constructor(
    private readonly ports: Ports,
    private readonly repository: string,
    private readonly tell: (blob: Descriptor, status: LayerStatus, current?: number) => void,
    signal: AbortSignal,
  ) {
    this.#signal = AbortSignal.any([signal, this.#controller.signal]);
  }

  begin(blobs: readonly Descriptor[]): void {
    for (const blob of blobs) this.tell(blob, "Pulling fs layer", 0);
    const distinct = [...new Map(blobs.map((blob) => [blob.digest, blob])).values()];
    for (const blob of distinct.slice(AT_ONCE)) this.tell(blob, "Waiting", 0);
    for (const blob of distinct) {
      const download = this.#download(blob);
      // Whoever waits for it hears of a failure; until then it is not an unhandled one.
      download.catch(() => {});
      this.#running.set(blob.digest, download);
    }
  }

  finished(digest: Digest): Promise<ExtractedLayer> {
    return this.#running.get(digest) ?? Promise.reject(new RangeError(`${digest} was not begun`));
  }

  /** Stops what still runs, and waits until it has stopped. */
  async close(): Promise<void> {
    this.#controller.abort();
    await Promise.allSettled(this.#running.values());
  }

  async #download(blob: Descriptor): Promise<ExtractedLayer> {
    await this.#slot();
    try {
      this.#signal.throwIfAborted();
      const stream = await this.ports.registry.blob(this.repository, blob.digest, this.#signal);
      const step = Math.min(REPORT_EVERY, Math.floor(blob.size / 100));
      let reported = 0;
      const extracted = await this.ports.layers.extract(stream, {
        mediaType: blob.mediaType,
        digest: blob.digest,
        signal: this.#signal,
        progress: (bytes) => {
          if (bytes - reported <= step && bytes < blob.size) return;
          reported = bytes;
          this.tell(blob, "Downloading", bytes);
        },
      });
      this.tell(blob, "Verifying Checksum");
      this.tell(blob, "Download complete");
      return extracted;
    } catch (error) {
      if (!(error instanceof LayerError)) throw error;
      const { code, message } = error;
      throw code === "verification"
        ? new EngineError("layer-verification", { digest: blob.digest })
        : new EngineError("layer-registration", { message });
    } finally {
      this.#free += 1;
      this.#waiting.shift()?.();
    }
  }

  async #slot(): Promise<void> {
    while (this.#free === 0) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    this.#free -= 1;
  }
}

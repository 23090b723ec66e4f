import { normalized } from "../../core/oci/reference.ts";
import { pulledFrom } from "../layer-story.ts";
import type { PullProgress } from "../operations/pull.ts";
import type { Ports } from "../ports.ts";
import type { Transaction } from "../transaction.ts";
import { type Base, baseReference, findBase, type Found, takeBase } from "./base.ts";
import { BuildError, type Place } from "./build-error.ts";
import { cacheKey, recordOf, used, withRecord } from "./cache.ts";
import type { Progress, Vertex } from "./progress.ts";
import { bytesText } from "./transfer.ts";

interface How {
  /** The registry is asked for every one. */
  readonly pull: boolean;
  readonly signal: AbortSignal;
  readonly pulling?: (progress: PullProgress) => void;
}

/** The images that a build stands on and takes from: each is looked up and fetched once. */
export class Bases {
  readonly #tx: Transaction;
  readonly #ports: Ports;
  readonly #progress: Progress;
  readonly #how: How;
  readonly #found = new Map<string, Found>();
  readonly #taken = new Map<string, Base>();

  constructor(tx: Transaction, ports: Ports, progress: Progress, how: How) {
    this.#tx = tx;
    this.#ports = ports;
    this.#progress = progress;
    this.#how = how;
  }

  /** What the registry, or this host, knows of it. Throws `BuildError`. */
  async find(name: string, place: Place): Promise<Found> {
    const reference = baseReference(name, place);
    const key = normalized(reference);
    const known = this.#found.get(key);
    if (known) return known;
    const { pull, signal } = this.#how;
    const vertex = this.#progress.start(`[internal] load metadata for ${key}`);
    try {
      const found = await findBase(this.#tx.state, this.#ports, reference, { name, place, pull, signal });
      vertex.done();
      this.#found.set(key, found);
      return found;
    } catch (error) {
      if (error instanceof BuildError) vertex.failed(error.step);
      throw error;
    }
  }

  /** It, when its layers have been taken in this build. */
  taken({ reference }: Found): Base | null {
    return this.#taken.get(normalized(reference)) ?? null;
  }

  /** It with its layers on disk; the cache keeps them from now on. `known`: a build has used it before. */
  async take(found: Found, vertex: Vertex): Promise<{ readonly taken: Base; readonly known: boolean }> {
    const tx = this.#tx;
    const { signal, pulling } = this.#how;
    const key = normalized(found.reference);
    const before = this.#taken.get(key);
    if (before) return { taken: before, known: true };
    const started = tx.story.length;
    const taken = await takeBase(tx, this.#ports, found, { signal, ...(pulling && { progress: pulling }) });
    this.#taken.set(key, taken);
    for (const { event } of tx.story.slice(started)) {
      if (event.type === "layer.download") {
        vertex.status(event.digest, `${bytesText(event.size)} / ${bytesText(event.size)}`);
      }
      if (event.type === "layer.extract") vertex.status(`extracting ${event.diffId}`);
    }
    const top = taken.layers.at(-1);
    if (top === undefined) return { taken, known: false };
    const now = this.#ports.clock.now();
    const recordKey = cacheKey(top, ["FROM"]);
    const record = recordOf(tx.state, recordKey);
    const next = record
      ? used(record, now)
      : { key: recordKey, layer: top, createdBy: pulledFrom(key), createdAt: now, usedAt: now, uses: 0 };
    tx.update(withRecord(tx.state, next));
    return { taken, known: record !== null };
  }
}

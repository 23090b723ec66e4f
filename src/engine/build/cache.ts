import type { ChainId, Digest } from "../../core/oci/digest.ts";
import { hexOf, sha256 } from "../../core/oci/digest.ts";
import type { BuildRecord, EngineState } from "../state.ts";
import type { Transaction } from "../transaction.ts";
import { chainBelow, releaseLayers, withEntry, withoutEntries } from "../update.ts";

/** What a step is known by: the layer it stands on, what it is told, and what it is given. */
export function cacheKey(parent: ChainId | null, step: readonly unknown[]): Digest {
  return sha256(new TextEncoder().encode(JSON.stringify([parent, ...step])));
}

/** The name that docker shows for a record: 25 letters and digits. */
export function recordId({ key }: BuildRecord): string {
  return BigInt(`0x${hexOf(key)}`)
    .toString(36)
    .padStart(25, "0")
    .slice(0, 25);
}

/** The record of a step whose layer is here. */
export function recordOf(state: EngineState, key: Digest): BuildRecord | null {
  const record = state.buildCache.get(key);
  return record && state.layers.has(record.layer) ? record : null;
}

export function withRecord(state: EngineState, record: BuildRecord): EngineState {
  return { ...state, buildCache: withEntry(state.buildCache, record.key, record) };
}

/** The same record, used once more. */
export function used(record: BuildRecord, now: number): BuildRecord {
  return { ...record, usedAt: now, uses: record.uses + 1 };
}

const cached = new WeakMap<
  EngineState["buildCache"],
  Pick<EngineState, "images" | "layers"> & { readonly only: ReadonlySet<ChainId> }
>();

/** Layers that are in the cache and in no image. */
export function cachedOnly(state: EngineState): ReadonlySet<ChainId> {
  const known = cached.get(state.buildCache);
  if (known?.images === state.images && known.layers === state.layers) return known.only;
  const only = onlyInCache(state);
  cached.set(state.buildCache, { images: state.images, layers: state.layers, only });
  return only;
}

function onlyInCache(state: EngineState): Set<ChainId> {
  const inImages = new Set([...state.images.values()].flatMap(({ layers }) => layers));
  const kept = [...state.buildCache.values()].flatMap(({ layer }) => chainBelow(state, layer));
  return new Set(kept.filter((layer) => !inImages.has(layer)));
}

/** Whether what the record keeps is in an image too: taking the record away frees nothing. */
export function isShared(state: EngineState, { layer }: BuildRecord): boolean {
  return [...state.images.values()].some(({ layers }) => layers.includes(layer));
}

/**
 * Forgets steps: those whose layer is in no image, or with `all` every one. What nothing else keeps then goes from
 * the disk. (BuildKit, cache.Manager Prune)
 */
export function pruneBuildCache(
  tx: Transaction,
  { all }: { readonly all: boolean },
): { readonly records: readonly BuildRecord[]; readonly freed: number } {
  const { state } = tx;
  const gone = new Set([...state.buildCache.values()].filter((record) => all || !isShared(state, record)));
  if (gone.size === 0) return { records: [], freed: 0 };
  tx.update({ ...state, buildCache: withoutEntries(state.buildCache, (_, record) => gone.has(record)) });
  const released = releaseLayers(tx);
  const freed = released.reduce((sum, layer) => sum + (state.layers.get(layer)?.size ?? 0), 0);
  return { records: [...gone], freed };
}

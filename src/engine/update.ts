import type { FileTree } from "../core/filesystem/tree.ts";
import type { ChainId, ImageId } from "../core/oci/digest.ts";
import type { ContainerId } from "./event.ts";
import type { Container, EngineState, Image, Layer, Volume } from "./state.ts";
import type { Transaction } from "./transaction.ts";

/** `map` with one entry more or replaced; the order of the others stays. */
export function withEntry<K, V>(map: ReadonlyMap<K, V>, key: K, value: V): ReadonlyMap<K, V> {
  return new Map(map).set(key, value);
}

export function withoutEntries<K, V>(map: ReadonlyMap<K, V>, gone: (key: K, value: V) => boolean): ReadonlyMap<K, V> {
  const kept = [...map].filter(([key, value]) => !gone(key, value));
  return kept.length === map.size ? map : new Map(kept);
}

export function withLayer(state: EngineState, layer: Layer): EngineState {
  return { ...state, layers: withEntry(state.layers, layer.chainId, layer) };
}

export function withImage(state: EngineState, image: Image): EngineState {
  return { ...state, images: withEntry(state.images, image.id, image) };
}

export function withTag(state: EngineState, reference: string, image: ImageId): EngineState {
  return { ...state, tags: withEntry(state.tags, reference, image) };
}

/** A new volume, or one whose files have changed. */
export function withVolume(state: EngineState, volume: Volume): EngineState {
  return { ...state, volumes: withEntry(state.volumes, volume.name, volume) };
}

/** The host's own files. */
export function withFiles(state: EngineState, files: FileTree): EngineState {
  return files === state.files ? state : { ...state, files };
}

/** Replaces what `change` answers in a container that is there; without it nothing happens. */
export function withContainer(state: EngineState, id: ContainerId, change: Partial<Container>): EngineState {
  const container = state.containers.get(id);
  if (container === undefined) return state;
  return { ...state, containers: withEntry(state.containers, id, { ...container, ...change }) };
}

/** A layer and all that it stands on, bottom first. */
export function chainBelow(state: EngineState, top: ChainId): ChainId[] {
  const chain: ChainId[] = [];
  for (let layer = state.layers.get(top); layer; layer = layer.parent ? state.layers.get(layer.parent) : undefined) {
    chain.unshift(layer.chainId);
  }
  return chain;
}

/** Chain IDs that nothing needs any more: no image, container or build record stands on them. Top first. (moby, layer store reference counts) */
function unusedLayers(state: EngineState): ChainId[] {
  const used = new Set<ChainId>();
  for (const image of state.images.values()) for (const chain of image.layers) used.add(chain);
  for (const container of state.containers.values()) for (const chain of container.layers) used.add(chain);
  for (const { layer } of state.buildCache.values()) for (const chain of chainBelow(state, layer)) used.add(chain);
  return [...state.layers.keys()].filter((chain) => !used.has(chain)).toReversed();
}

/** Drops the layers that nothing needs, each a step of the story; answers them, top first. */
export function releaseLayers(tx: Transaction): ChainId[] {
  const released = unusedLayers(tx.state);
  for (const layer of released) {
    const size = tx.state.layers.get(layer)?.size ?? 0;
    const layers = withoutEntries(tx.state.layers, (chain) => chain === layer);
    tx.update({ ...tx.state, layers }, { type: "layer.delete", layer, size });
  }
  return released;
}

/** Runs `work`; when it fails, the transaction is as it was before, story and all. */
export async function attempt<T>(tx: Transaction, work: () => Promise<T>): Promise<T> {
  const { state } = tx;
  const told = tx.story.length;
  try {
    return await work();
  } catch (error) {
    tx.story.length = told;
    tx.update(state);
    throw error;
  }
}

import { deserializeTree, serializeTree } from "../core/filesystem/tree.ts";
import type { SavedTree } from "../core/filesystem/tree.ts";
import { parseConfig } from "../core/oci/config.ts";
import type { ChainId, ImageId } from "../core/oci/digest.ts";
import { emptyLower, stackOn } from "../core/overlay/lower.ts";
import type { ContainerId } from "./event.ts";
import { emptyState } from "./state.ts";
import type { BuildRecord, Container, EngineState, Image, Layer, Volume } from "./state.ts";

/**
 * A state as plain data, one record a thing, so that a command rewrites only what it changed. Maps keep
 * their order in the `index`. The files of a container or volume are apart from the rest of it: most
 * commands change one.
 */
export type Records = ReadonlyMap<string, unknown>;

const RECORDS_VERSION = 3;

interface Index {
  readonly version: number;
  readonly layers: readonly ChainId[];
  readonly images: readonly ImageId[];
  readonly tags: readonly (readonly [string, ImageId])[];
  readonly repoDigests: readonly (readonly [string, ImageId])[];
  readonly containers: readonly ContainerId[];
  readonly volumes: readonly string[];
  readonly buildCache: readonly BuildRecord[];
}

type SavedLayer = Omit<Layer, "tree" | "lower"> & { readonly tree: SavedTree };
type SavedImage = Omit<Image, "config">;
type SavedContainer = Omit<Container, "upper">;
type SavedVolume = Omit<Volume, "tree">;

const INDEX = "index";
/** The host's own files; none while they are as they come. */
const FILES = "files";

interface Migration {
  readonly name: string;
  /** The records of the next version; those of other parts of the host stay as they are. */
  run(records: Records): Records;
}

/** Step n makes version n + 1 of version n; a step once released is never edited. */
const migrations: readonly Migration[] = [
  {
    name: "2 volumes and mounts",
    run: (records) =>
      new Map(
        [...records].map(([key, value]) => {
          const old = value as object;
          if (key === "index") return [key, { ...old, version: 2, volumes: [] }];
          return [key, key.startsWith("container/") ? { ...old, mounts: [], readOnly: false } : value];
        }),
      ),
  },
  {
    name: "3 build cache",
    run: (records) => {
      const index = records.get("index") as object;
      return new Map(records).set("index", { ...index, version: 3, buildCache: [] });
    },
  },
];

function without<T extends object, K extends keyof T>(value: T, ...keys: readonly K[]): Omit<T, K> {
  return Object.fromEntries(Object.entries(value).filter(([key]) => !keys.includes(key as K))) as Omit<T, K>;
}

function savedLayer(layer: Layer): SavedLayer {
  return { ...without(layer, "lower"), tree: serializeTree(layer.tree) };
}

function indexOf(state: EngineState): Index {
  return {
    version: RECORDS_VERSION,
    layers: [...state.layers.keys()],
    images: [...state.images.keys()],
    tags: [...state.tags],
    repoDigests: [...state.repoDigests],
    containers: [...state.containers.keys()],
    volumes: [...state.volumes.keys()],
    buildCache: [...state.buildCache.values()],
  };
}

/** What is to be written, and what removed, when the host goes from `before` to `after`. */
export function changedRecords(
  before: EngineState,
  after: EngineState,
): { readonly put: Map<string, unknown>; readonly removed: string[] } {
  const put = new Map<string, unknown>();
  const removed: string[] = [];
  if (before === after) return { put, removed };
  put.set(INDEX, indexOf(after));
  for (const [id, layer] of after.layers)
    if (before.layers.get(id) !== layer) put.set(`layer/${id}`, savedLayer(layer));
  for (const [id, image] of after.images)
    if (before.images.get(id) !== image) put.set(`image/${id}`, without(image, "config"));
  for (const [id, container] of after.containers) {
    const old = before.containers.get(id);
    if (old !== container) put.set(`container/${id}`, without(container, "upper"));
    if (old?.upper !== container.upper) put.set(`upper/${id}`, serializeTree(container.upper));
  }
  for (const [name, volume] of after.volumes) {
    const old = before.volumes.get(name);
    if (old !== volume) put.set(`volume/${name}`, without(volume, "tree"));
    if (old?.tree !== volume.tree) put.set(`volume-files/${name}`, serializeTree(volume.tree));
  }
  if (before.files !== after.files) put.set(FILES, serializeTree(after.files));
  for (const id of before.layers.keys()) if (!after.layers.has(id)) removed.push(`layer/${id}`);
  for (const id of before.images.keys()) if (!after.images.has(id)) removed.push(`image/${id}`);
  for (const id of before.containers.keys()) {
    if (!after.containers.has(id)) removed.push(`container/${id}`, `upper/${id}`);
  }
  for (const name of before.volumes.keys()) {
    if (!after.volumes.has(name)) removed.push(`volume/${name}`, `volume-files/${name}`);
  }
  return { put, removed };
}

/** All records of a state. */
export function saveState(state: EngineState): Map<string, unknown> {
  return changedRecords(emptyState, state).put;
}

/** The records of the newest version. Throws `RangeError` for one that is newer still. */
export function migrated(records: Records, from: number, steps: readonly Migration[] = migrations): Records {
  if (from > steps.length + 1) throw new RangeError(`records of version ${from} come from a newer Lamina`);
  return steps.slice(from - 1).reduce((current, step) => step.run(current), records);
}

/**
 * The state that {@link saveState} wrote. Trees are made again, and lower sides stacked from the bottom
 * up, shared as before. Throws `RangeError` when a record is missing.
 */
export function loadState(stored: Records): EngineState {
  const version = (stored.get(INDEX) as Index | undefined)?.version;
  if (version === undefined) return emptyState;
  const records = migrated(stored, version);
  const record = <T>(key: string): T => {
    const value = records.get(key);
    if (value === undefined) throw new RangeError(`record ${key} is missing`);
    return value as T;
  };
  const index = record<Index>(INDEX);
  const layers = new Map<ChainId, Layer>();
  // A layer is listed after its parent: that is how they came.
  for (const id of index.layers) {
    const layer = record<SavedLayer>(`layer/${id}`);
    const tree = deserializeTree(layer.tree);
    const parent = layer.parent === null ? emptyLower : layers.get(layer.parent)?.lower;
    if (parent === undefined) throw new RangeError(`layer ${layer.parent} is missing below ${id}`);
    layers.set(id, { ...layer, tree, lower: stackOn(parent, tree) });
  }
  const images = new Map<ImageId, Image>();
  for (const id of index.images) {
    const image = record<SavedImage>(`image/${id}`);
    images.set(id, { ...image, config: parseConfig(image.configText) });
  }
  const containers = new Map<ContainerId, Container>();
  for (const id of index.containers) {
    const upper = deserializeTree(record<SavedTree>(`upper/${id}`));
    containers.set(id, { ...record<SavedContainer>(`container/${id}`), upper });
  }
  const volumes = new Map<string, Volume>();
  for (const name of index.volumes) {
    const tree = deserializeTree(record<SavedTree>(`volume-files/${name}`));
    volumes.set(name, { ...record<SavedVolume>(`volume/${name}`), tree });
  }
  const files = records.get(FILES) as SavedTree | undefined;
  return {
    layers,
    images,
    tags: new Map(index.tags),
    repoDigests: new Map(index.repoDigests),
    containers,
    volumes,
    files: files ? deserializeTree(files) : emptyState.files,
    buildCache: new Map(index.buildCache.map((each) => [each.key, each])),
  };
}

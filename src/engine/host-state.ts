import { counts, diff } from "../core/container/diff.ts";
import { walk } from "../core/filesystem/tree.ts";
import type { FileTree } from "../core/filesystem/tree.ts";
import type { ChainId, DiffId, Digest, ImageId } from "../core/oci/digest.ts";
import { emptyLower } from "../core/overlay/lower.ts";
import type { ContainerId } from "./event.ts";
import { cachedOnly } from "./build/cache.ts";
import { type LayerStory, layerStories, tagsOf } from "./layer-story.ts";
import { shownImageName } from "./lookup.ts";
import { containerLower } from "./mount.ts";
import { volumeUsers } from "./operations/volumes.ts";
import { type Memory, memoryOf } from "./page-cache.ts";
import type { Container, EngineState, Image, Layer, Volume } from "./state.ts";
import { statusText } from "./status.ts";

/** Plain JSON: what `window.lamina.state()` answers and what the page draws. Sizes are bytes, times ms since 1970. */
export interface HostState {
  readonly images: readonly HostImage[];
  readonly layers: readonly HostLayer[];
  readonly containers: readonly HostContainer[];
  readonly volumes: readonly HostVolume[];
  readonly disk: Disk;
  readonly memory: Memory;
}

export interface HostVolume {
  readonly name: string;
  /** Docker made the name up. */
  readonly anonymous: boolean;
  /** Bytes of its files. */
  readonly size: number;
  /** How many files and links it holds, directories not counted. */
  readonly files: number;
  readonly createdAt: number;
  /** Containers that mount it, running or not. */
  readonly usedBy: readonly ContainerId[];
}

export interface HostMount {
  readonly type: "volume" | "tmpfs";
  /** Key of {@link HostState.volumes}; null for a tmpfs. */
  readonly volume: string | null;
  readonly target: string;
  readonly readOnly: boolean;
}

export interface HostImage {
  readonly id: ImageId;
  /** Familiar names, "ubuntu:22.04"; empty when dangling. */
  readonly refs: readonly string[];
  /** diffIDs, bottom first. */
  readonly layers: readonly DiffId[];
  /** Chain IDs of the same layers: the keys of {@link HostState.layers}. */
  readonly chain: readonly ChainId[];
  /** Sum over its layers, as `docker images` counts. */
  readonly size: number;
  readonly createdAt: number;
  readonly author: string;
  readonly comment: string;
  readonly parent: ImageId | null;
  readonly modelled: boolean;
}

export interface HostLayer {
  readonly chainId: ChainId;
  readonly parent: ChainId | null;
  readonly diffId: DiffId;
  readonly digest: Digest;
  readonly size: number;
  /** Entries: new paths, paths that replace one below, whiteouts and paths under an opaque directory. */
  readonly counts: Counts;
  /** The history line that made it, e.g. "RUN apt-get install nginx" or the commit's message. */
  readonly createdBy: string;
  /** A name people know it by: the smallest image whose top it is ("debian:12"), else "". */
  readonly name: string;
  readonly usedBy: readonly ImageId[];
  /** No image has it, only the build cache. */
  readonly cached: boolean;
}

export interface Counts {
  readonly added: number;
  readonly changed: number;
  readonly deleted: number;
}

export interface HostContainer {
  readonly id: ContainerId;
  readonly name: string;
  readonly image: ImageId;
  /** Chain IDs of the layers it stands on, bottom first: kept while it is, though its image may have been removed by force. */
  readonly chain: readonly ChainId[];
  /** What `docker ps` shows under IMAGE. */
  readonly imageName: string;
  readonly command: string;
  /** What `docker ps` shows under STATUS at the time of the state. */
  readonly status: string;
  readonly running: boolean;
  readonly createdAt: number;
  readonly mounts: readonly HostMount[];
  /** --read-only */
  readonly readOnly: boolean;
  /** The instruction that a build is at: nobody started it, and it goes with the build. null for every other container. */
  readonly building: string | null;
  readonly upper: {
    /** Sum of the sizes of the files in the writable layer: `docker ps -s`. */
    readonly size: number;
    readonly counts: Counts;
    /** As `docker diff`, sorted by path. Left out (null) in the frames of a story. */
    readonly changes: readonly (readonly ["A" | "C" | "D", string])[] | null;
  };
}

export interface Disk {
  /** Sum of the image sizes, shared layers counted in each. */
  readonly images: number;
  /** What the layers really take, each counted once. */
  readonly stored: number;
  /** images, less what their layers take each counted once; never below 0. */
  readonly saved: number;
  readonly writable: number;
  /** Bytes in volumes, which are no part of any layer. */
  readonly volumes: number;
  /** Stored bytes of images no container uses. */
  readonly reclaimable: number;
}

/** What `docker images` counts: every layer of the image, shared or not. */
export function imageSize(state: EngineState, image: Image): number {
  return image.layers.reduce((sum, layer) => sum + (state.layers.get(layer)?.size ?? 0), 0);
}

/** The host as plain data. `now`: ms since 1970; `changes`: with the list of each container's changed paths. */
export function hostState(state: EngineState, now: number, options: { readonly changes: boolean }): HostState {
  return {
    images: [...state.images.values()].map((image) => hostImage(state, image)),
    layers: [...state.layers.values()].map((layer) => hostLayer(state, layer)),
    containers: [...state.containers.values()].map((container) =>
      hostContainer(state, container, now, options.changes),
    ),
    volumes: [...state.volumes.values()].map((volume) => hostVolume(state, volume)),
    disk: diskOf(state),
    memory: memoryOf(state),
  };
}

function hostImage(state: EngineState, image: Image): HostImage {
  const { config } = image;
  return {
    id: image.id,
    refs: tagsOf(state, image),
    layers: config.rootfs.diff_ids,
    chain: image.layers,
    size: imageSize(state, image),
    createdAt: config.created === undefined ? 0 : Date.parse(config.created),
    author: config.author ?? "",
    comment: config.history?.at(-1)?.comment ?? "",
    parent: image.parent,
    modelled: image.modelled,
  };
}

const drawn = new WeakMap<Layer, { readonly story: LayerStory | undefined; readonly told: HostLayer }>();

/** The same object while nothing is new about it: the frames of a long story hold and send it once. */
function hostLayer(state: EngineState, layer: Layer): HostLayer {
  const story = layerStories(state).get(layer.chainId);
  const cached = cachedOnly(state).has(layer.chainId);
  const known = drawn.get(layer);
  if (known && known.story === story && known.told.cached === cached) return known.told;
  const below = layer.parent === null ? emptyLower : (state.layers.get(layer.parent)?.lower ?? emptyLower);
  const told: HostLayer = {
    chainId: layer.chainId,
    parent: layer.parent,
    diffId: layer.diffId,
    digest: layer.blob.digest,
    size: layer.size,
    counts: counts(below, layer.tree),
    createdBy: story?.createdBy ?? "",
    name: story?.name ?? "",
    usedBy: (story?.usedBy ?? []).map((image) => image.id),
    cached,
  };
  drawn.set(layer, { story, told });
  return told;
}

function hostContainer(state: EngineState, container: Container, now: number, changes: boolean): HostContainer {
  const { id, name, image, argv, createdAt, status, mounts, readOnly, building, upper } = container;
  const lower = containerLower(state, container);
  return {
    id,
    name,
    image,
    chain: container.layers,
    imageName: shownImageName(state, container),
    command: argv.join(" "),
    status: statusText(status, now),
    running: status.kind === "running",
    createdAt,
    mounts: mounts.map((mount) => ({
      type: mount.type,
      volume: mount.type === "volume" ? mount.volume : null,
      target: mount.target,
      readOnly: mount.readOnly,
    })),
    readOnly,
    building: building ?? null,
    upper: { size: upper.size, counts: counts(lower, upper), changes: changes ? diff(lower, upper) : null },
  };
}

function hostVolume(state: EngineState, { name, anonymous, createdAt, tree }: Volume): HostVolume {
  const usedBy = volumeUsers(state, name);
  return { name, anonymous, size: tree.size, files: fileCount(tree), createdAt, usedBy };
}

const counted = new WeakMap<FileTree, number>();

/** Names in a tree that are no directories. */
export function fileCount(tree: FileTree): number {
  const known = counted.get(tree);
  if (known !== undefined) return known;
  let count = 0;
  for (const { node } of walk(tree)) if (node.kind !== "directory") count += 1;
  counted.set(tree, count);
  return count;
}

function diskOf(state: EngineState): Disk {
  const sizes = (layers: Iterable<Layer>): number => [...layers].reduce((sum, layer) => sum + layer.size, 0);
  const images = [...state.images.values()].reduce((sum, image) => sum + imageSize(state, image), 0);
  const stored = sizes(state.layers.values());
  const onlyCached = cachedOnly(state);
  const ofImages = sizes([...state.layers.values()].filter(({ chainId }) => !onlyCached.has(chainId)));
  const inUse = new Set([...state.containers.values()].flatMap((container) => container.layers));
  return {
    images,
    stored,
    saved: Math.max(0, images - ofImages),
    writable: [...state.containers.values()].reduce((sum, { upper }) => sum + upper.size, 0),
    volumes: [...state.volumes.values()].reduce((sum, { tree }) => sum + tree.size, 0),
    reclaimable: sizes([...state.layers.values()].filter((layer) => !inUse.has(layer.chainId))),
  };
}

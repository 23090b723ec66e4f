import type { ChainId } from "../../core/oci/digest.ts";
import type { HostContainer, HostImage, HostLayer, HostState } from "../../engine/host-state.ts";
import { type Box, clamp } from "./box.ts";
import { type ShelfGeometry, layoutVolumes, shelfHeight } from "./volume-layout.ts";

/** A layer, as wide as the images that stand on it; `layers` has several when a run of them is drawn as one. */
export interface Plate extends Box {
  readonly layer: HostLayer;
  readonly layers: readonly HostLayer[];
  readonly images: number;
}

export interface HostGeometry {
  readonly width: number;
  readonly height: number;
  readonly plates: readonly Plate[];
  readonly containers: readonly (Box & { readonly container: HostContainer })[];
  readonly names: readonly (Box & { readonly image: HostImage })[];
  /** Where layers stand that only the build cache keeps. */
  readonly caches: readonly Box[];
  /** Top of the lowest plates' row and of the highest thing, for the words at the left. */
  readonly ground: number;
  readonly top: number;
  /** Left edge of the plates: the words stand before it. */
  readonly left: number;
  readonly plate: number;
  /** Volumes, above and outside all that stands on layers. */
  readonly shelf: ShelfGeometry;
}

/** Plates grow with the space that is there, within reason. */
const PLATE = { least: 46, most: 116 };
const SLOT = { least: 104, most: 340 };
const GAP = 12;
/** The words at the left, and their distance. */
export const WORDS = 108;
const NAME = 68;
/** A run of layers that the same images share is drawn as one plate when the host is deeper than this. */
const DEEP = 5;

interface Node {
  readonly layers: HostLayer[];
  readonly children: Node[];
  readonly images: HostImage[];
  /** Containers that stand right here and not on an image: those of a build, and those whose image is gone. */
  readonly loose: HostContainer[];
}

/** What stands side by side on a layer: an image by itself, or a container, alone on its own writable layer. */
interface Slot {
  readonly image: HostImage | null;
  readonly container: HostContainer | null;
  readonly depth: number;
  /** Nothing but the build cache stands here. */
  readonly cached: boolean;
}

/**
 * Images stand side by side, those that share layers next to each other; layers lie below them by their chain.
 * Containers of one image stand side by side on it: none of them is built on another.
 */
export function layoutHost(host: HostState, size: { readonly width: number; readonly height: number }): HostGeometry {
  const roots = forest(host);
  const deepest = Math.max(0, ...host.images.map((image) => image.chain.length));
  // What lies at the bottom is what others will stand on next: it stays a plate of its own.
  if (deepest > DEEP) for (const root of roots) root.children.forEach(joinRuns);
  const slots: Slot[] = [];
  const spans: { node: Node; from: number; to: number; depth: number }[] = [];
  const stand = (image: HostImage, depth: number): void => {
    const containers = host.containers.filter((container) => standsOn(container, image));
    if (containers.length === 0) slots.push({ image, container: null, depth, cached: false });
    for (const container of containers) slots.push({ image, container, depth, cached: false });
  };
  const place = (node: Node, depth: number): void => {
    const from = slots.length;
    for (const image of node.images) stand(image, depth + 1);
    for (const container of node.loose) slots.push({ image: null, container, depth: depth + 1, cached: false });
    for (const child of node.children) place(child, depth + 1);
    // A layer no image stands on (a pull under way, the build cache) has a place of its own.
    const cached = node.layers.at(-1)?.cached ?? false;
    if (slots.length === from) slots.push({ image: null, container: null, depth: depth + 1, cached });
    spans.push({ node, from, to: slots.length, depth });
  };
  for (const root of roots) place(root, 0);
  for (const image of host.images) if (image.chain.length === 0) stand(image, 0);
  for (const container of host.containers) {
    const onNothing = container.chain.length === 0 && !standsOnImage(host, container);
    if (onNothing) slots.push({ image: null, container, depth: 0, cached: false });
  }

  const words = size.width < 560 ? 12 : WORDS;
  const count = Math.max(1, slots.length);
  const slot = Math.floor(clamp((size.width - words - 16) / count, SLOT));
  const levels = Math.max(1, ...slots.map(({ container, depth }) => depth + (container ? 1 : 0)));
  const shelf = shelfHeight(host);
  const plate = Math.round(clamp((size.height - NAME - 40 - shelf) / levels - GAP, PLATE));
  const tall = levels * (plate + GAP) + NAME + 16 + shelf;
  const height = Math.max(tall, size.height);
  const bottom = Math.min(height - NAME - 8, tall + (height - tall) / 2 - NAME);
  // Few images stand in the middle, their words beside them.
  const left = words + Math.max(0, Math.round((size.width - words - count * slot - words / 2) / 2));
  const yOf = (level: number): number => bottom - (level + 1) * (plate + GAP) + GAP;
  const across = (from: number, to: number) => ({ x: left + from * slot, width: (to - from) * slot - GAP });

  const containers = slots.flatMap(({ container, depth }, index) =>
    container ? [{ container, ...across(index, index + 1), y: yOf(depth), height: plate }] : [],
  );
  const foot = (from: number, to: number): Box => ({ ...across(from, to), y: bottom + 6, height: NAME - 6 });
  const volumes = layoutVolumes(host, { containers, top: yOf(levels - 1), left, width: size.width });
  const reached = volumes.boxes.map((box) => box.x + box.width + 8);

  return {
    width: Math.max(size.width, left + count * slot + 8, ...reached),
    height,
    plates: spans.map(({ node, from, to, depth }) => ({
      layer: node.layers.at(-1) as HostLayer,
      layers: node.layers,
      images: new Set(slots.slice(from, to).flatMap(({ image }) => image?.id ?? [])).size,
      ...across(from, to),
      y: yOf(depth),
      height: plate,
    })),
    containers,
    names: host.images.flatMap((image) => {
      const from = slots.findIndex((one) => one.image === image);
      const to = slots.findLastIndex((one) => one.image === image) + 1;
      return from < 0 ? [] : [{ image, ...foot(from, to) }];
    }),
    caches: slots.flatMap(({ cached }, index) => (cached ? [foot(index, index + 1)] : [])),
    ground: yOf(0),
    top: yOf(levels - 1),
    left,
    plate,
    shelf: volumes,
  };
}

/** Whether the image it was made from is here; a build goes on from there to layers of its own. */
function standsOnImage(host: HostState, container: HostContainer): boolean {
  return host.images.some((image) => standsOn(container, image));
}

function standsOn({ image, building, chain }: HostContainer, { id, chain: own }: HostImage): boolean {
  return image === id && (building === null || own.at(-1) === chain.at(-1));
}

/** The plate that a layer is, or is a part of, by the layer it is known by; the layer itself when it is not there. */
export function plateWith(geometry: HostGeometry | null, layer: ChainId): ChainId {
  const plate = geometry?.plates.find(({ layers }) => layers.some(({ chainId }) => chainId === layer));
  return plate?.layer.chainId ?? layer;
}

/** Layers on what they lie on; images, and containers that stand on none, on their topmost layer. */
function forest(host: HostState): Node[] {
  const left = host.containers.filter((container) => !standsOnImage(host, container));
  const nodes = new Map<ChainId, Node>();
  for (const layer of host.layers) {
    const onTop = ({ chain }: { readonly chain: readonly ChainId[] }): boolean => chain.at(-1) === layer.chainId;
    const node = { layers: [layer], children: [], images: host.images.filter(onTop), loose: left.filter(onTop) };
    nodes.set(layer.chainId, node);
  }
  const roots: Node[] = [];
  for (const { chainId, parent } of host.layers) {
    const node = nodes.get(chainId);
    if (node) (parent === null ? roots : (nodes.get(parent)?.children ?? roots)).push(node);
  }
  return roots;
}

/** Layers with one child and no image of their own become one with that child. */
function joinRuns(node: Node): void {
  for (;;) {
    const [only, ...others] = node.children;
    if (!only || others.length > 0 || node.images.length > 0 || node.loose.length > 0) break;
    node.layers.push(...only.layers);
    node.loose.push(...only.loose);
    node.images.push(...only.images);
    node.children.splice(0, 1, ...only.children);
  }
  for (const child of node.children) joinRuns(child);
}

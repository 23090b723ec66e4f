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
const PLATE = { least: 46, most: 84 };
const SLOT = { least: 96, most: 280 };
const GAP = 12;
const LEFT = 124;
const NAME = 48;
/** A run of layers that the same images share is drawn as one plate when the host is deeper than this. */
const DEEP = 5;

interface Node {
  readonly layers: HostLayer[];
  readonly children: Node[];
  readonly images: HostImage[];
  /** Containers that stand right here and not on an image: those of a build, and those whose image is gone. */
  readonly loose: HostContainer[];
}

interface Slot {
  readonly image: HostImage | null;
  readonly depth: number;
  readonly containers: readonly HostContainer[];
  /** Nothing but the build cache stands here. */
  readonly cached: boolean;
}

/** Images stand side by side, those that share layers next to each other; layers lie below them by their chain. */
export function layoutHost(host: HostState, size: { readonly width: number; readonly height: number }): HostGeometry {
  const byChain = new Map(host.layers.map((layer) => [layer.chainId, layer]));
  const roots = forest(host, byChain);
  const deepest = Math.max(0, ...host.images.map((image) => image.chain.length));
  if (deepest > DEEP) for (const root of roots) joinRuns(root);
  const order: Slot[] = [];
  const spans: { node: Node; from: number; to: number; depth: number }[] = [];
  const place = (node: Node, depth: number): void => {
    const from = order.length;
    for (const image of node.images) order.push(slotOf(host, image, depth + 1));
    if (node.loose.length > 0) order.push({ image: null, depth: depth + 1, containers: node.loose, cached: false });
    for (const child of node.children) place(child, depth + 1);
    // A layer no image stands on (a pull under way, the build cache) has a place of its own.
    const cached = node.layers.at(-1)?.cached ?? false;
    if (order.length === from) order.push({ image: null, depth: depth + 1, containers: [], cached });
    spans.push({ node, from, to: order.length, depth });
  };
  for (const root of roots) place(root, 0);
  for (const image of host.images) if (image.chain.length === 0) order.push(slotOf(host, image, 0));
  const onNothing = host.containers.filter((one) => one.chain.length === 0 && !standsOnImage(host, one));
  if (onNothing.length > 0) order.push({ image: null, depth: 0, containers: onNothing, cached: false });

  const words = size.width < 560 ? 12 : LEFT;
  const slots = Math.max(1, order.length);
  const slot = clamp((size.width - words - 16) / slots, SLOT);
  const levels = Math.max(1, ...order.map(({ depth, containers }) => depth + containers.length));
  const shelf = shelfHeight(host);
  const plate = Math.round(clamp((size.height - NAME - 56 - shelf) / levels - GAP, PLATE));
  const tall = levels * (plate + GAP) + NAME + 16 + shelf;
  const height = Math.max(tall, size.height);
  const bottom = Math.min(height - NAME - 8, tall + (height - tall) / 2 - NAME);
  // Few images stand in the middle, their words beside them.
  const left = words + Math.max(0, Math.round((size.width - words - slots * slot - words / 2) / 2));
  const yOf = (level: number): number => bottom - (level + 1) * (plate + GAP) + GAP;
  const xOf = (index: number): number => left + index * slot;

  const containers = order.flatMap(({ containers, depth }, index) =>
    containers.map((container, above) => ({
      container,
      x: xOf(index),
      y: yOf(depth + above),
      width: slot - GAP,
      height: plate,
    })),
  );
  const foot = (index: number): Box => ({ x: xOf(index), y: bottom + 6, width: slot - GAP, height: NAME - 6 });
  const volumes = layoutVolumes(host, { containers, top: yOf(levels - 1), left, width: size.width });
  const reached = volumes.boxes.map((box) => box.x + box.width + 8);

  return {
    width: Math.max(size.width, left + slots * slot + 8, ...reached),
    height,
    plates: spans.map(({ node, from, to, depth }) => ({
      layer: node.layers.at(-1) as HostLayer,
      layers: node.layers,
      images: order.slice(from, to).filter(({ image }) => image !== null).length,
      x: xOf(from),
      y: yOf(depth),
      width: (to - from) * slot - GAP,
      height: plate,
    })),
    containers,
    names: order.flatMap(({ image }, index) => (image ? [{ image, ...foot(index) }] : [])),
    caches: order.flatMap(({ cached }, index) => (cached ? [foot(index)] : [])),
    ground: yOf(0),
    top: yOf(levels - 1),
    left,
    plate,
    shelf: volumes,
  };
}

/** Whether the image it was made from is here, and is all that it stands on. */
function standsOnImage(host: HostState, { image, chain }: HostContainer): boolean {
  return host.images.some(({ id, chain: own }) => id === image && own.at(-1) === chain.at(-1));
}

function slotOf(host: HostState, image: HostImage, depth: number): Slot {
  const containers = host.containers.filter((one) => one.image === image.id && one.chain.at(-1) === image.chain.at(-1));
  return { image, depth, containers, cached: false };
}

function forest(host: HostState, byChain: ReadonlyMap<ChainId, HostLayer>): Node[] {
  const nodes = new Map<ChainId, Node>();
  const tops = new Map<ChainId, HostImage[]>();
  for (const image of host.images) {
    const top = image.chain.at(-1);
    if (top) tops.set(top, [...(tops.get(top) ?? []), image]);
  }
  for (const layer of host.layers) {
    const loose = host.containers.filter((one) => one.chain.at(-1) === layer.chainId && !standsOnImage(host, one));
    nodes.set(layer.chainId, { layers: [layer], children: [], images: tops.get(layer.chainId) ?? [], loose });
  }
  const roots: Node[] = [];
  for (const layer of byChain.values()) {
    const node = nodes.get(layer.chainId);
    const parent = layer.parent ? nodes.get(layer.parent) : undefined;
    if (!node) continue;
    if (parent) parent.children.push(node);
    else roots.push(node);
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

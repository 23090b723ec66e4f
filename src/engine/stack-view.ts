import type { NodeKind } from "../core/filesystem/filesystem.ts";
import { counts } from "../core/container/diff.ts";
import { emptyTree } from "../core/filesystem/tree.ts";
import type { FileTree } from "../core/filesystem/tree.ts";
import type { ChainId, ImageId } from "../core/oci/digest.ts";
import { emptyLower } from "../core/overlay/lower.ts";
import type { Lower } from "../core/overlay/lower.ts";
import { type DirectoryView, directoryView, mergedSize, suppliedSizes } from "../core/overlay/merged.ts";
import type { ContainerId, LayerRef } from "./event.ts";
import { containerLower, initTree, lowerOfLayers } from "./mount.ts";
import { type StackSibling, siblingsOf } from "./stack-beside.ts";
import { withMounts } from "./stack-mounts.ts";
import type { Container, EngineState } from "./state.ts";

/** One container or image as a stack seen from the side, at one directory: rows are layers, columns the directory's entries. */
export interface StackView {
  readonly target: StackTarget;
  /** The open directory, absolute. */
  readonly path: string;
  /** Top first: the writable layer (containers only), dockerd's init layer (containers only), the image's layers. */
  readonly rows: readonly StackRow[];
  /** Changed entries first, then those that containers beside it have changed, then by name; at most as many as were asked for. */
  readonly columns: readonly StackColumn[];
  /** Entries left out of `columns`, by the row that supplies them. */
  readonly folded: readonly { readonly row: number; readonly count: number }[];
  /** Bytes of all files of the whole merged view. */
  readonly mergedSize: number;
  /** What is mounted over the layers of a container, by target: outside the stack, and in front of it. */
  readonly mounts: readonly StackMount[];
  /** When the open directory is a mount point or below one: what is really seen there. `columns` then are what the mount hides. */
  readonly inside: StackInside | null;
  /** Other containers on the same layers; none for an image. */
  readonly beside: readonly StackSibling[];
}

export interface StackMount {
  readonly type: "volume" | "tmpfs";
  readonly volume: string | null;
  readonly target: string;
  readonly readOnly: boolean;
  /** Bytes and number of the files in the volume; 0 for a tmpfs, which is in memory. */
  readonly size: number;
  readonly files: number;
  /** How many entries the merged layers have in the directory that the mount covers. */
  readonly hides: number;
}

export interface StackInside {
  /** Index into `mounts`. */
  readonly mount: number;
  /** By name; at most as many as were asked for. */
  readonly entries: readonly { readonly name: string; readonly kind: NodeKind; readonly size: number }[];
  readonly more: number;
}

export type StackTarget =
  | { readonly kind: "container"; readonly id: ContainerId }
  | { readonly kind: "image"; readonly id: ImageId };

export interface StackRow {
  readonly layer: "writable" | LayerRef;
  readonly chainId: ChainId | null;
  /** Bytes of its files: at rest. */
  readonly size: number;
  /** Bytes of those that the merged view shows. */
  readonly seen: number;
  /** Bytes of the merged view of it and all below. */
  readonly total: number;
  readonly added: number;
  readonly changed: number;
  readonly deleted: number;
}

export interface StackColumn {
  readonly name: string;
  /** What the merged view has there: null when a whiteout hides it (the ghost of the name). */
  readonly merged: {
    readonly kind: NodeKind;
    readonly size: number;
    readonly row: number;
    readonly mergedFrom: number;
  } | null;
  /** A mount point is here: index into `mounts`; null otherwise. */
  readonly mount: number | null;
  /** One cell a row that holds the name; index into `rows`. */
  readonly cells: readonly StackCell[];
}

export interface StackCell {
  readonly row: number;
  readonly kind: NodeKind | "whiteout";
  /** Bytes of a file; number of entries of a directory in this layer. */
  readonly size: number;
  /** An opaque directory: what lies below it in this column does not show. */
  readonly opaque: boolean;
  /** Nobody sees it from above: something higher hides it. */
  readonly hidden: boolean;
  /** The writable layer has it from a layer below. Left out: made anew, or not known (an image's layers do not say). */
  readonly copiedUp?: true;
}

type Seen = Pick<StackView, "columns" | "folded" | "mounts" | "inside">;

/** A row before it is known what lies on it. */
type Plate = Omit<StackRow, "seen">;

/** `lower`: with the layer itself on top. */
function plate(layer: LayerRef, chainId: ChainId | null, below: Lower, tree: FileTree, lower: Lower): Plate {
  return { layer, chainId, size: tree.size, total: mergedSize(lower, emptyTree), ...counts(below, tree) };
}

function imagePlates(state: EngineState, layers: readonly ChainId[]): { plates: Plate[]; trees: FileTree[] } {
  const plates: Plate[] = [];
  const trees: FileTree[] = [];
  let below = emptyLower;
  for (const id of layers) {
    const layer = state.layers.get(id);
    if (layer === undefined) throw new RangeError(`no layer ${id}`);
    plates.unshift(plate(id, id, below, layer.tree, layer.lower));
    trees.push(layer.tree);
    below = layer.lower;
  }
  return { plates, trees };
}

/** `sizes`: what each supplies of the merged view, bottom first. */
function rowsOf(plates: readonly Plate[], sizes: readonly number[]): StackRow[] {
  return plates.map((one, index) => ({ ...one, seen: sizes[plates.length - 1 - index] ?? 0 }));
}

/** The stack of a container or image at one directory (absolute, without links), or null when there is no such target. */
export function stackView(state: EngineState, target: StackTarget, path: string, limit: number): StackView | null {
  if (target.kind === "container") {
    const container = state.containers.get(target.id);
    return container ? containerView(state, container, target, path, limit) : null;
  }
  const image = state.images.get(target.id);
  if (image === undefined) return null;
  const { plates, trees } = imagePlates(state, image.layers);
  const lower = lowerOfLayers(state, image.layers);
  return {
    target,
    path,
    rows: rowsOf(plates, suppliedSizes(lower, emptyTree)),
    ...unmounted(directoryView(trees, null, path, limit)),
    beside: [],
    mergedSize: mergedSize(lower, emptyTree),
  };
}

function containerView(
  state: EngineState,
  container: Container,
  target: StackTarget,
  path: string,
  limit: number,
): StackView {
  const { upper } = container;
  const { plates, trees } = imagePlates(state, container.layers);
  const init = initTree(state, container);
  const lower = containerLower(state, container);
  const size = mergedSize(lower, upper);
  if (init) {
    plates.unshift(plate("init", null, lowerOfLayers(state, container.layers), init, lower));
    trees.push(init);
  }
  plates.unshift({ layer: "writable", chainId: null, size: upper.size, total: size, ...counts(lower, upper) });
  const beside = siblingsOf(state, container, path);
  const first = new Set(beside.flatMap(({ cells }) => cells.map(({ name }) => name)));
  return {
    target,
    path,
    rows: rowsOf(plates, suppliedSizes(lower, upper)),
    ...withMounts(state, container, directoryView(trees, upper, path, limit, first), path, limit),
    beside,
    mergedSize: size,
  };
}

function unmounted({ columns, folded }: DirectoryView): Seen {
  return { columns: columns.map((column) => ({ ...column, mount: null })), folded, mounts: [], inside: null };
}

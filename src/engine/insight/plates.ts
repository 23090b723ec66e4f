import { emptyTree } from "../../core/filesystem/tree.ts";
import type { FileTree } from "../../core/filesystem/tree.ts";
import type { View } from "../../core/image/compare.ts";
import type { ChainId } from "../../core/oci/digest.ts";
import { type Lower, emptyLower, stackOn } from "../../core/overlay/lower.ts";
import { containerLower, initTree, lowerOfLayers } from "../mount.ts";
import type { StackRow, StackTarget } from "../stack-view.ts";
import type { EngineState } from "../state.ts";

/** Which plate of a stack: the writable layer, dockerd's init layer, or a layer by its chain ID. */
export type PlateRef = StackRow["layer"];

/** One plate of a stack: a layer's files. */
export interface Plate {
  readonly layer: PlateRef;
  readonly tree: FileTree;
}

/** The plates of a container or image, bottom first; null when there is no such target. */
export function platesOf(state: EngineState, target: StackTarget): Plate[] | null {
  if (target.kind === "image") {
    const image = state.images.get(target.id);
    return image ? layersOf(state, image.layers) : null;
  }
  const container = state.containers.get(target.id);
  if (!container) return null;
  const init = initTree(state, container);
  return [
    ...layersOf(state, container.layers),
    ...(init ? [{ layer: "init", tree: init } as const] : []),
    { layer: "writable", tree: container.upper },
  ];
}

function layersOf(state: EngineState, layers: readonly ChainId[]): Plate[] {
  return layers.map((layer) => {
    const known = state.layers.get(layer);
    if (!known) throw new RangeError(`no layer ${layer}`);
    return { layer, tree: known.tree };
  });
}

/**
 * What one sees looking down on a target's lowest `count` plates; on all of them when left out. As it is
 * mounted: what two stacks share stays the same object, so that comparing costs what differs.
 */
export function viewOfPlates(state: EngineState, target: StackTarget, count?: number): View {
  const container = target.kind === "container" ? state.containers.get(target.id) : undefined;
  const layers = container?.layers ?? state.images.get(target.id as never)?.layers ?? [];
  const above = container ? (initTree(state, container) ? 2 : 1) : 0;
  const most = layers.length + above;
  const height = Math.max(0, Math.min(count ?? most, most));
  if (!container || height <= layers.length) {
    return { lower: lowerOfLayers(state, layers.slice(0, height)), upper: emptyTree };
  }
  const lower = containerLower(state, container);
  return { lower, upper: height === most ? container.upper : emptyTree };
}

/** Plates of a stack by their place: the lowest and the highest, counted from 1 at the bottom; null: all of them. */
export type PlateRange = readonly [lowest: number, highest: number] | null;

/** What one sees looking down on some plates alone, as if nothing lay below them. */
export function viewOfRange(state: EngineState, target: StackTarget, range: PlateRange): View {
  if (range === null) return viewOfPlates(state, target);
  const [lowest, highest] = range;
  if (lowest <= 1) return viewOfPlates(state, target, highest);
  return viewOfTrees((platesOf(state, target) ?? []).slice(lowest - 1, highest).map(({ tree }) => tree));
}

/** The same of any trees, bottom first. */
export function viewOfTrees(trees: readonly FileTree[]): View {
  return { lower: trees.reduce<Lower>(stackOn, emptyLower), upper: emptyTree };
}

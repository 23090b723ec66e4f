import { split } from "../../core/filesystem/path.ts";
import { containerLower } from "../mount.ts";
import { EngineError } from "../error.ts";
import { visibleIn } from "../insight/file.ts";
import { nodeAt } from "../insight/xray.ts";
import { findImage } from "../lookup.ts";
import { emptyTree } from "../../core/filesystem/tree.ts";
import type { StackTarget } from "../stack-view.ts";
import type { Container, EngineState, Image } from "../state.ts";
import type { Stack, Which, WritableEntry } from "./assertion.ts";

/** The image of that name or id; null when it is not here. */
export function imageCalled(state: EngineState, name: string): Image | null {
  try {
    return findImage(state, name);
  } catch (error) {
    if (error instanceof EngineError) return null;
    throw error;
  }
}

/** All containers that are meant, the newest first. */
export function containersOf(state: EngineState, which: Which): Container[] {
  const all = [...state.containers.values()].toReversed();
  if ("name" in which) return all.filter(({ name }) => name === which.name);
  const image = imageCalled(state, which.ofImage);
  return image === null ? [] : all.filter((container) => container.image === image.id);
}

/** Every stack that is meant, and what a sentence calls it. */
export function stacksOf(
  state: EngineState,
  stack: Stack,
): { readonly target: StackTarget; readonly called: string }[] {
  if ("container" in stack) {
    return containersOf(state, stack.container).map(({ id, name }) => ({
      target: { kind: "container", id },
      called: name,
    }));
  }
  const image = imageCalled(state, stack.image);
  return image === null ? [] : [{ target: { kind: "image", id: image.id }, called: stack.image }];
}

/** What a container's writable layer has at `path`, in the words of a goal. */
export function writableAt(state: EngineState, container: Container, path: string): WritableEntry {
  const node = nodeAt(container.upper, split(path));
  if (node === null) return "nothing";
  if (node.kind === "whiteout") return "whiteout";
  if (node.kind === "directory" && node.opaque) return "opaque";
  return visibleIn({ lower: containerLower(state, container), upper: emptyTree }, path) ? "copy" : "new";
}

/** How many of the lowest layers two images have in common. */
export function sharedLayers(a: Image, b: Image): number {
  const parts = a.layers.findIndex((layer, index) => layer !== b.layers[index]);
  return parts === -1 ? a.layers.length : parts;
}

import { familiarName, parseReference } from "../core/oci/reference.ts";
import type { Container, EngineState, Image } from "../engine/state.ts";

/** ms since 1970; 0 when the config does not say. */
export function createdAt(image: Image): number {
  return Date.parse(image.config.created ?? "") || 0;
}

/** Bytes of the image's layers that other images stand on too. */
export function sharedSize(state: EngineState, image: Image): number {
  const others = [...state.images.values()].filter((other) => other.id !== image.id);
  const shared = image.layers.filter((chain) => others.some((other) => other.layers.includes(chain)));
  return shared.reduce((sum, chain) => sum + (state.layers.get(chain)?.size ?? 0), 0);
}

/** "ubuntu@sha256:…", sorted. */
export function digestsOf(state: EngineState, image: Image): string[] {
  return [...state.repoDigests]
    .filter(([, id]) => id === image.id)
    .map(([key]) => `${familiarName(parseReference(key))}@${key.slice(key.indexOf("@") + 1)}`)
    .toSorted();
}

export function hasChildren(state: EngineState, image: Image): boolean {
  return [...state.images.values()].some((other) => other.parent === image.id);
}

export function containersOf(state: EngineState, image: Image): Container[] {
  return [...state.containers.values()].filter((container) => container.image === image.id);
}

/** Newest first; of those created in the same second, the one that came last first. */
export function newestFirst(state: EngineState): Image[] {
  return [...state.images.values()]
    .toReversed()
    .toSorted((a, b) => Math.trunc(createdAt(b) / 1000) - Math.trunc(createdAt(a) / 1000));
}

import { hexOf } from "../core/oci/digest.ts";
import type { ImageId } from "../core/oci/digest.ts";
import {
  familiar,
  identifierOf,
  normalized,
  parseReference,
  ReferenceError,
  withDefaultTag,
} from "../core/oci/reference.ts";
import type { Reference } from "../core/oci/reference.ts";
import { EngineError } from "./error.ts";
import type { ContainerId } from "./event.ts";
import type { Container, EngineState, Image } from "./state.ts";

/** {@link parseReference}, refusing as the daemon does. */
function referenceOf(text: string): Reference {
  try {
    return parseReference(text);
  } catch (error) {
    if (error instanceof ReferenceError) throw new EngineError("invalid-reference", { message: error.message });
    throw error;
  }
}

/** Full id, then exact name (a leading slash is allowed), then unique id prefix. (moby, `daemon.GetContainer`) */
export function findContainer(state: EngineState, nameOrPrefix: string): Container {
  if (nameOrPrefix === "") throw new EngineError("empty-id", {});
  const whole = state.containers.get(nameOrPrefix as ContainerId);
  if (whole) return whole;
  const name = nameOrPrefix.replace(/^\//, "");
  const found: Container[] = [];
  for (const container of state.containers.values()) {
    if (container.name === name) return container;
    if (container.id.startsWith(nameOrPrefix)) found.push(container);
  }
  const [only, another] = found;
  if (only === undefined) throw new EngineError("no-such-container", { name: nameOrPrefix });
  if (another !== undefined) throw new EngineError("ambiguous-id", { prefix: nameOrPrefix });
  return only;
}

/** Whole id, then reference, then unique id prefix. (moby, `ImageService.GetImage`) */
export function findImage(state: EngineState, referenceOrPrefix: string): Image {
  const missing = (reference: string): never => {
    throw new EngineError("no-such-image", { reference });
  };
  const id = identifierOf(referenceOrPrefix);
  if (id !== null) return state.images.get(id as ImageId) ?? missing(id);
  const reference = referenceOf(referenceOrPrefix);
  const key = normalized(reference);
  const named = state.tags.get(key) ?? state.repoDigests.get(key);
  const image = named === undefined ? undefined : state.images.get(named);
  if (image) return image;
  const prefix = referenceOrPrefix.replace(/^sha256:/, "");
  const [only, another] = [...state.images.values()].filter((candidate) => hexOf(candidate.id).startsWith(prefix));
  if (only === undefined || another !== undefined) return missing(familiar(withDefaultTag(reference)));
  return only;
}

/** Whether `text` named the image by (a prefix of) its id rather than by a reference. (moby, `isImageIDPrefix`) */
export function isIdPrefix(image: ImageId, text: string): boolean {
  return image.startsWith(text) || hexOf(image).startsWith(text);
}

/** Tags, then digests, of an image, as they are kept; sorted. */
export function referencesOf(state: EngineState, image: ImageId): string[] {
  const keys: string[] = [];
  for (const [key, id] of state.tags) if (id === image) keys.push(key);
  for (const [key, id] of state.repoDigests) if (id === image) keys.push(key);
  return keys.toSorted();
}

/** What `docker ps` shows under IMAGE: the name used, while it still means this image, else the short id. */
export function shownImageName(state: EngineState, container: Container): string {
  try {
    if (findImage(state, container.imageName).id === container.image) return container.imageName;
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
  }
  return hexOf(container.image).slice(0, 12);
}

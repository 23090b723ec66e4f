import type { ImageId } from "../../core/oci/digest.ts";
import {
  familiar,
  familiarName,
  normalized,
  parseReference,
  repositoryOf,
  withDefaultTag,
} from "../../core/oci/reference.ts";
import { EngineError } from "../error.ts";
import { findImage, isIdPrefix, referencesOf } from "../lookup.ts";
import type { Container, EngineState } from "../state.ts";
import type { Transaction } from "../transaction.ts";
import { releaseLayers, withoutEntries } from "../update.ts";

/** A line of `docker rmi`: a name that went, an image, or a layer by its chain ID. */
export type Removed =
  | { readonly kind: "untagged"; readonly name: string }
  | { readonly kind: "deleted"; readonly id: string };

export interface RemoveImageOptions {
  readonly force?: boolean;
  /** Leaves untagged parents alone. (docker rmi --no-prune) */
  readonly noPrune?: boolean;
}

type Conflict = EngineError<"image-in-use">;

const isDigest = (key: string): boolean => key.includes("@");
const nameOf = (key: string): string => repositoryOf(parseReference(key));

/** At most one tag, and all of one repository. (moby, `isSingleReference`) */
function isSingle(keys: readonly string[]): boolean {
  if (keys.length <= 1) return keys.length === 1;
  const tags = keys.filter((key) => !isDigest(key));
  if (tags.length > 1) return false;
  const digestNames = new Set(keys.filter(isDigest).map(nameOf));
  const [only = keys[0] ?? ""] = tags;
  return digestNames.size === 1 && digestNames.has(nameOf(only));
}

function usersOf(state: EngineState, image: ImageId, running?: boolean): Container[] {
  return [...state.containers.values()].filter(
    (container) =>
      container.image === image && (running === undefined || (container.status.kind === "running") === running),
  );
}

function hasChildren(state: EngineState, image: ImageId): boolean {
  return [...state.images.values()].some((other) => other.parent === image);
}

/** (moby, `checkImageDeleteConflict`) */
function conflictOf(
  state: EngineState,
  image: ImageId,
  soft: { references: boolean; stopped: boolean },
): Conflict | null {
  const conflict = (reason: "children" | "running" | "references" | "stopped", container: Container | undefined) =>
    new EngineError("image-in-use", { image, reason, container: container?.id ?? null });
  if (hasChildren(state, image)) return conflict("children", undefined);
  const [running] = usersOf(state, image, true);
  if (running) return conflict("running", running);
  if (soft.references && referencesOf(state, image).length > 0) return conflict("references", undefined);
  const [stopped] = usersOf(state, image, false);
  return soft.stopped && stopped ? conflict("stopped", stopped) : null;
}

/**
 * Takes a name away, and with the last name the image and the layers that nothing else stands on.
 * `text`: a reference or an id. (moby, daemon/images/image_delete.go)
 */
export function removeImage(tx: Transaction, text: string, options: RemoveImageOptions = {}): Removed[] {
  const image = findImage(tx.state, text);
  const force = options.force ?? false;
  const removed: Removed[] = [];
  let keys = referencesOf(tx.state, image.id);
  let untaggedByName = false;
  if (!isIdPrefix(image.id, text)) {
    const [user] = usersOf(tx.state, image.id);
    if (!force && isSingle(keys) && user) {
      throw new EngineError("image-name-in-use", { reference: text, container: user.id, image: image.id });
    }
    const reference = withDefaultTag(parseReference(text));
    removed.push(untag(tx, normalized(reference), image.id));
    keys = referencesOf(tx.state, image.id);
    const ofRepository = keys.filter((key) => nameOf(key) === repositoryOf(reference));
    // Digests of a repository go with its last tag.
    if (reference.digest === null && ofRepository.every(isDigest)) {
      for (const key of ofRepository) removed.push(untag(tx, key, image.id));
      keys = referencesOf(tx.state, image.id);
    }
    if (keys.length > 0) return removed;
    untaggedByName = true;
  } else if (isSingle(keys)) {
    const conflict = conflictOf(tx.state, image.id, { references: false, stopped: !force });
    if (conflict) throw conflict;
    for (const key of keys) removed.push(untag(tx, key, image.id));
  }
  deleteImage(tx, image.id, removed, { force, prune: !options.noPrune, quiet: untaggedByName });
  return removed;
}

function untag(tx: Transaction, key: string, image: ImageId): Removed {
  const { state } = tx;
  const name = isDigest(key) ? `${familiarName(parseReference(key))}@${key.split("@")[1]}` : familiar(key);
  tx.update(
    {
      ...state,
      tags: withoutEntries(state.tags, (known) => known === key),
      repoDigests: withoutEntries(state.repoDigests, (known) => known === key),
    },
    { type: "image.untag", image, reference: name },
  );
  return { kind: "untagged", name };
}

/** (moby, `imageDeleteHelper`) */
function deleteImage(
  tx: Transaction,
  id: ImageId,
  removed: Removed[],
  how: { force: boolean; prune: boolean; quiet: boolean },
): void {
  const conflict = conflictOf(tx.state, id, { references: !how.force, stopped: !how.force });
  if (conflict) {
    const dangling = referencesOf(tx.state, id).length === 0 && !hasChildren(tx.state, id);
    const used = conflict.data.reason === "running" || conflict.data.reason === "stopped";
    if (how.quiet && (!dangling || used)) return;
    throw conflict;
  }
  const parent = tx.state.images.get(id)?.parent ?? null;
  for (const key of referencesOf(tx.state, id)) removed.push(untag(tx, key, id));
  tx.update(
    { ...tx.state, images: withoutEntries(tx.state.images, (known) => known === id) },
    { type: "image.delete", image: id },
  );
  removed.push({ kind: "deleted", id });
  for (const layer of releaseLayers(tx)) removed.push({ kind: "deleted", id: layer });
  if (how.prune && parent !== null && tx.state.images.has(parent)) {
    deleteImage(tx, parent, removed, { force: false, prune: true, quiet: true });
  }
}

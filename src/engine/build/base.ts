import type { ImageConfig } from "../../core/oci/config.ts";
import { imageId } from "../../core/oci/config.ts";
import type { ChainId, ImageId } from "../../core/oci/digest.ts";
import {
  normalized,
  parseReference,
  type Reference,
  ReferenceError,
  repositoryOf,
  withDefaultTag,
} from "../../core/oci/reference.ts";
import { fetchImage, type PullProgress } from "../operations/pull.ts";
import { type Ports, RegistryError, type ResolvedManifest } from "../ports.ts";
import type { EngineState, Image } from "../state.ts";
import type { Transaction } from "../transaction.ts";
import { BuildError, type Place } from "./build-error.ts";

/** What a stage stands on, or a COPY takes from. */
export interface Base {
  /** null: nothing (scratch). */
  readonly image: { readonly id: ImageId; readonly config: ImageConfig; readonly modelled: boolean } | null;
  /** Bottom first; on disk. */
  readonly layers: readonly ChainId[];
}

export const scratch: Base = { image: null, layers: [] };

/** An image that is known, its layers perhaps not yet here. */
export interface Found {
  readonly reference: Reference;
  /** As BuildKit shows it: with its digest when the registry told it. */
  readonly shown: string;
  readonly from: { readonly here: Image } | { readonly registry: ResolvedManifest };
}

/** "docker.io/library/alpine:3.20". Throws `BuildError`. */
export function baseReference(name: string, place: Place): Reference {
  try {
    return withDefaultTag(parseReference(name));
  } catch (error) {
    if (!(error instanceof ReferenceError)) throw error;
    throw new BuildError(`failed to parse stage name ${JSON.stringify(name)}: ${error.message}`, place);
  }
}

/** What is here is taken; with `pull` the registry is asked in any case. Throws `BuildError`. */
export async function findBase(
  state: EngineState,
  ports: Pick<Ports, "registry">,
  reference: Reference,
  options: { readonly name: string; readonly pull: boolean; readonly place: Place; readonly signal: AbortSignal },
): Promise<Found> {
  const key = normalized(reference);
  const id = state.tags.get(key) ?? state.repoDigests.get(key);
  const here = id === undefined ? undefined : state.images.get(id);
  if (here && !options.pull) return { reference, shown: key, from: { here } };
  try {
    const wanted = reference.digest ?? reference.tag ?? "latest";
    const registry = await ports.registry.resolve(repositoryOf(reference), wanted, options.signal);
    const shown = reference.digest === null ? `${key}@${registry.digest}` : key;
    return { reference, shown, from: { registry } };
  } catch (error) {
    options.signal.throwIfAborted();
    if (!(error instanceof RegistryError)) throw error;
    const reason = reasonOf(error, key);
    const told = `failed to resolve source metadata for ${key}: ${reason}`;
    throw new BuildError(`${options.name}: ${told}`, options.place, reason);
  }
}

function reasonOf({ code, message }: RegistryError, key: string): string {
  if (code === "MANIFEST_UNKNOWN") return `${key}: not found`;
  if (code !== "DENIED") return message;
  const denied = "pull access denied, repository does not exist or may require authorization";
  return `${denied}: server message: insufficient_scope: authorization failed`;
}

/** Its layers, fetched where they are missing. The image itself is not kept: `docker images` does not list it. */
export async function takeBase(
  tx: Transaction,
  ports: Ports,
  { reference, from }: Found,
  options: { readonly signal: AbortSignal; readonly progress?: (progress: PullProgress) => void },
): Promise<Base> {
  if ("here" in from) return { image: from.here, layers: from.here.layers };
  options.progress?.({ kind: "start", tag: reference.tag ?? "latest", repository: reference.path });
  const image = await fetchImage(tx, ports, reference, from.registry, options);
  return { image: { ...image, id: imageId(image.configText) }, layers: image.layers };
}

import type { HistoryEntry } from "../core/oci/config.ts";
import type { ChainId } from "../core/oci/digest.ts";
import { familiar } from "../core/oci/reference.ts";
import { referencesOf } from "./lookup.ts";
import type { EngineState, Image } from "./state.ts";

/** The start of a line that a build wrote, rather than a commit. */
const BUILT = /^(?:#|\|\d+ |[A-Z]+ |\/bin\/sh -c )/;

/** What people read of a history line: the instruction of a build, or the message of a commit. */
export function instructionOf(entry: HistoryEntry): string {
  const { comment = "", created_by: by = "" } = entry;
  if (!BUILT.test(by)) return comment || by;
  const nop = "/bin/sh -c #(nop) ";
  if (by.startsWith(nop)) return by.slice(nop.length).trim();
  const line = by
    .replace(/^# /, "")
    .replace(/ # buildkit$/, "")
    // Build arguments come first, counted: "|2 URL=… SHA=… /bin/sh -c …".
    .replace(/^(RUN )?\|\d+ .*?(?=\/bin\/sh -c )/s, "$1")
    .replace(/^RUN \/bin\/sh -c /, "RUN ");
  return line.startsWith("/bin/sh -c ") ? `RUN ${line.slice("/bin/sh -c ".length)}` : line;
}

/** The history entries that made a layer each, bottom first. */
function layerHistory(image: Image): HistoryEntry[] {
  return (image.config.history ?? []).filter((entry) => entry.empty_layer !== true);
}

/** Familiar names of an image's tags, sorted. */
export function tagsOf(state: EngineState, image: Image): string[] {
  return referencesOf(state, image.id)
    .filter((key) => !key.includes("@"))
    .map(familiar);
}

const PULLED = "pulled from ";

/** As the build cache says of a base that no image here is. */
export const pulledFrom = (reference: string): string => `${PULLED}${reference}`;

/** The base's familiar name; "" for any other record of the cache. */
function pulledName(createdBy: string): string {
  return createdBy.startsWith(PULLED) ? familiar(createdBy.slice(PULLED.length)) : "";
}

export interface LayerStory {
  readonly createdBy: string;
  readonly name: string;
  readonly usedBy: readonly Image[];
}

const told = new WeakMap<
  EngineState["images"],
  Pick<EngineState, "tags" | "buildCache"> & { readonly stories: Map<ChainId, LayerStory> }
>();

/** Who uses each layer, what made it (a layer that only the build cache keeps: the step there), and the name it is known by: that of the image it is the top of. */
export function layerStories(state: EngineState): ReadonlyMap<ChainId, LayerStory> {
  const known = told.get(state.images);
  if (known?.tags === state.tags && known.buildCache === state.buildCache) return known.stories;
  const stories = new Map<ChainId, LayerStory>();
  for (const image of state.images.values()) {
    const history = layerHistory(image);
    image.layers.forEach((layer, at) => {
      const before = stories.get(layer);
      const isTop = at === image.layers.length - 1;
      stories.set(layer, {
        createdBy: before?.createdBy || instructionOf(history[at] ?? {}),
        name: before?.name || (isTop ? (tagsOf(state, image)[0] ?? "") : ""),
        usedBy: [...(before?.usedBy ?? []), image],
      });
    });
  }
  for (const { layer, createdBy } of state.buildCache.values()) {
    const base = pulledName(createdBy);
    const before = stories.get(layer) ?? { createdBy: instructionOf({ created_by: createdBy }), name: "", usedBy: [] };
    stories.set(layer, { ...before, name: before.name || base });
  }
  told.set(state.images, { tags: state.tags, buildCache: state.buildCache, stories });
  return stories;
}

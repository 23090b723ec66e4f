import type { Dictionary } from "../../content/locales/index.ts";
import { type Names, type Phrase, bytes } from "../../content/locales/phrase.ts";
import type { HostState } from "../../engine/host-state.ts";
import type { Removal } from "../../engine/insight/removal.ts";
import { layerOf } from "../layer-color.ts";

/** What an image's removal would take away and leave, in one sentence: layers that stay by the images people know. */
export function removalWords(removal: Removal, names: Names, { sharing }: Dictionary, host: HostState): Phrase[] {
  const { goes, stays, freed, removed } = removal;
  if (!removed.some(({ kind }) => kind === "deleted")) return [sharing.nameGoes];
  if (goes.length === 0) return [sharing.noneGoes];
  if (stays.length === 0) return sharing.allGo(goes.length, bytes(freed));
  const known = stays.filter((layer) => layerOf(host, layer)?.name).toReversed();
  const named = known.slice(0, 2).map((layer) => names.layer(layer));
  return sharing.someGo(goes.length, bytes(freed), named, named.length === 0 ? stays.length : 0);
}

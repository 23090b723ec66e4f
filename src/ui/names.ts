import type { Dictionary } from "../content/locales/index.ts";
import type { Names, Phrase } from "../content/locales/phrase.ts";
import type { ImageId } from "../core/oci/digest.ts";
import { shortOf } from "../core/oci/short.ts";
import type { EngineEvent, EventType } from "../engine/event.ts";
import type { HostImage, HostLayer, HostState } from "../engine/host-state.ts";
import { shortInstruction } from "./instruction.ts";
import { layerOf } from "./layer-color.ts";

/** What people call an image: its first name, else the short ID. */
export function imageName(image: HostImage): string {
  return image.refs[0] ?? shortOf(image.id);
}

/** What people call a layer: the image it is the top of, else what made it, else the short diffID. */
export function layerName(host: HostState, chainId: string): string {
  const layer = layerOf(host, chainId);
  if (!layer) return chainId.slice(7, 19);
  return layer.name || shortInstruction(layer.createdBy) || shortOf(layer.diffId);
}

/** What people call a volume: names that docker made up are as long as an id, and shortened as one. */
export function volumeName(host: HostState, name: string): string {
  const known = host.volumes.find((volume) => volume.name === name);
  return (known ? known.anonymous : /^[0-9a-f]{64}$/.test(name)) ? name.slice(0, 12) : name;
}

/** What stands under a layer's name: what made it, where the name does not say so already. */
export function layerOrigin(layer: HostLayer): string {
  const made = shortInstruction(layer.createdBy);
  return layer.name && made ? made : shortOf(layer.diffId);
}

/** Names as they are in `host`. */
export function namesIn(host: HostState, text: Dictionary): Names {
  const volume = (name: string): Phrase => ({ kind: "volume", text: volumeName(host, name), volume: name });
  return {
    layer(layer, digest): Phrase {
      if (layer === "init") return { kind: "layer", text: text.stack.theInit, layer: null };
      const known = layerOf(host, layer) !== null;
      return { kind: "layer", text: known || !digest ? layerName(host, layer) : shortOf(digest), layer };
    },
    container: (id): Phrase => ({
      kind: "container",
      text: host.containers.find((container) => container.id === id)?.name ?? id.slice(0, 12),
      container: id,
    }),
    image: (id: ImageId): Phrase => {
      const image = host.images.find((one) => one.id === id);
      return { kind: "image", text: image ? imageName(image) : shortOf(id), image: id };
    },
    volume,
    volumesOf(id): Phrase[] {
      const mounts = host.containers.find((container) => container.id === id)?.mounts ?? [];
      return [...new Set(mounts.flatMap((mount) => mount.volume ?? []))].map(volume);
    },
  };
}

/** The one sentence that tells an event. */
export function captionOf(event: EngineEvent, host: HostState, text: Dictionary): Phrase[] {
  const caption = text.captions[event.type] as (
    event: Extract<EngineEvent, { type: EventType }>,
    names: Names,
  ) => Phrase[];
  return caption(event, namesIn(host, text));
}

import type { Dictionary } from "../../content/locales/index.ts";
import { bytes } from "../../content/locales/phrase.ts";
import type { HostState } from "../../engine/host-state.ts";
import { imageName, layerName, layerOrigin, volumeName } from "../names.ts";
import { type OutlineItem, atMost } from "./outline-item.ts";

/** What the host's picture shows: images with their containers, layers with who uses them, volumes, and the disk. */
export function hostOutline(host: HostState, text: Dictionary): readonly OutlineItem[] {
  const { images, layers, containers, volumes, disk } = host;
  const { hostView, outline } = text;
  const line = (key: string, words: readonly string[], items: readonly OutlineItem[] = []): OutlineItem => ({
    key,
    words: outline.facts(words.filter(Boolean)),
    items,
  });
  const namesOf = (ids: readonly string[]): string[] =>
    images.filter(({ id }) => ids.includes(id)).map((image) => imageName(image));
  const mounts = (name: string): string[] =>
    containers.flatMap((one) =>
      one.mounts.flatMap((mount) => (mount.volume === name ? `${one.name} ${mount.target}` : [])),
    );

  const ofImages = images.map((image) => {
    const own = containers.filter((container) => container.image === image.id);
    const lines = own.map((container) =>
      line(container.id, [
        outline.container(container.name),
        container.running ? hostView.running : hostView.stopped,
        outline.writable(bytes(container.upper.size)),
      ]),
    );
    const names = image.refs.length > 0 ? image.refs : [imageName(image)];
    return line(
      image.id,
      [outline.names(names), bytes(image.size), hostView.layers(image.chain.length), ...lowest(image.chain)],
      atMost(lines, outline.more),
    );
  });
  function lowest(chain: readonly string[]): string[] {
    const base = layers.find((layer) => layer.chainId === chain[0]);
    return base && chain.length > 1 ? [outline.standsOn(layerName(host, base.chainId))] : [];
  }
  const ofLayers = layers.map((layer) => {
    const users = namesOf(layer.usedBy);
    const made = layerOrigin(layer);
    const name = layerName(host, layer.chainId);
    return line(layer.chainId, [
      name,
      made === name ? "" : made,
      bytes(layer.size),
      users.length === 0 ? hostView.unused : outline.usedBy(users),
    ]);
  });
  const ofVolumes = volumes.map((volume) =>
    line(volume.name, [
      volumeName(host, volume.name),
      text.stack.files(volume.files),
      bytes(volume.size),
      hostView.mountedBy(mounts(volume.name)),
    ]),
  );
  const group = (key: string, title: string, items: readonly OutlineItem[]): OutlineItem[] =>
    items.length === 0
      ? []
      : [line(key, [`${title}: ${items.length.toLocaleString(text.tag)}`], atMost(items, outline.more))];
  return [
    ...group("images", outline.images, ofImages),
    ...group("layers", hostView.readOnly, ofLayers),
    ...group("volumes", hostView.volumes, ofVolumes),
    line("disk", [
      `${text.panel.disk}: ${text.panel.ledger(bytes(disk.images), bytes(disk.stored), bytes(disk.saved))}`,
    ]),
  ];
}

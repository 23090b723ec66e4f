import type { ChainId, DiffId, Digest, ImageId } from "../core/oci/digest.ts";
import type { ContainerId } from "../engine/event.ts";
import type { HostContainer, HostImage, HostLayer, HostState } from "../engine/host-state.ts";
import type { StackColumn, StackMount, StackRow, StackView } from "../engine/stack-view.ts";

/** Small hosts for tests: what the worker would send. */
export const digestOf = (seed: string): Digest => `sha256:${seed.padEnd(64, "0")}` as Digest;

export function layerFixture(seed: string, parent: string | null = null, more: Partial<HostLayer> = {}): HostLayer {
  return {
    chainId: digestOf(seed) as ChainId,
    parent: parent === null ? null : (digestOf(parent) as ChainId),
    diffId: digestOf(seed) as DiffId,
    digest: digestOf(seed),
    size: 1000,
    counts: { added: 1, changed: 0, deleted: 0 },
    createdBy: "ADD rootfs.tar /",
    name: "",
    usedBy: [],
    cached: false,
    ...more,
  };
}

export function imageFixture(seed: string, layers: readonly string[], more: Partial<HostImage> = {}): HostImage {
  return {
    id: digestOf(seed) as ImageId,
    refs: [`${seed}:1`],
    layers: layers.map((layer) => digestOf(layer) as DiffId),
    chain: layers.map((layer) => digestOf(layer) as ChainId),
    size: 1000 * layers.length,
    createdAt: 0,
    author: "",
    comment: "",
    parent: null,
    modelled: true,
    ...more,
  };
}

export function containerFixture(name: string, image: string, more: Partial<HostContainer> = {}): HostContainer {
  return {
    id: name.padEnd(64, "0") as ContainerId,
    name,
    image: digestOf(image) as ImageId,
    chain: [digestOf(image) as ChainId],
    imageName: `${image}:1`,
    command: "bash",
    status: "Up 1 second",
    running: true,
    createdAt: 0,
    mounts: [],
    readOnly: false,
    building: null,
    upper: { size: 0, counts: { added: 0, changed: 0, deleted: 0 }, changes: [] },
    ...more,
  };
}

/** A container whose layers are not said stands on those of its image. */
export function hostFixture(parts: Partial<HostState>): HostState {
  const layersOf = ({ image }: HostContainer) => parts.images?.find(({ id }) => id === image)?.chain ?? [];
  const containers = (parts.containers ?? []).map((one) =>
    one.chain.length > 0 ? one : { ...one, chain: layersOf(one) },
  );
  return {
    images: [],
    layers: [],
    volumes: [],
    disk: { images: 0, stored: 0, saved: 0, writable: 0, volumes: 0, reclaimable: 0 },
    memory: { files: [], cached: 0, mapped: 0 },
    ...parts,
    containers,
  };
}

/** A mount as "data:/data", ":/run" for a tmpfs, "data:/data:ro". */
export function mountFixture(bind: string, more: Partial<StackMount> = {}): StackMount {
  const [volume = "", target = "", mode] = bind.split(":");
  const type = volume === "" ? ("tmpfs" as const) : ("volume" as const);
  return { type, volume: volume || null, target, readOnly: mode === "ro", size: 0, files: 0, hides: 0, ...more };
}

/** Rows as "writable", "init" or a seed; columns as `name: rows that hold it, top first` ("0w": a whiteout in row 0). */
export function viewFixture(rows: readonly string[], columns: Readonly<Record<string, string>>): StackView {
  const stack = rows.map((row): StackRow => {
    const named = row === "writable" || row === "init";
    const chainId = named ? null : (digestOf(row) as ChainId);
    return {
      layer: named ? row : (digestOf(row) as ChainId),
      chainId,
      size: 10,
      seen: 10,
      total: 10,
      added: 1,
      changed: 0,
      deleted: 0,
    };
  });
  return {
    target: { kind: "container", id: "c".repeat(64) as ContainerId },
    path: "/",
    rows: stack,
    columns: Object.entries(columns).map(([name, text]): StackColumn => {
      const cells = text.split(" ").map((cell, index) => ({
        row: Number.parseInt(cell, 10),
        kind: cell.endsWith("w") ? ("whiteout" as const) : ("file" as const),
        size: 3,
        opaque: false,
        hidden: index > 0,
      }));
      const top = cells[0];
      const merged =
        top && top.kind !== "whiteout" ? { kind: "file" as const, size: 3, row: top.row, mergedFrom: 1 } : null;
      return { name, merged, mount: null, cells };
    }),
    folded: [],
    mergedSize: 10,
    mounts: [],
    inside: null,
    beside: [],
  };
}

import { type Ino, ROOT } from "../../core/filesystem/file-tree.ts";
import { entriesFromTree } from "../../core/filesystem/tree.ts";
import { imageId } from "../../core/oci/config.ts";
import type { ImageConfig } from "../../core/oci/config.ts";
import type { ImageId } from "../../core/oci/digest.ts";
import { familiar, normalized, withDefaultTag } from "../../core/oci/reference.ts";
import type { Reference } from "../../core/oci/reference.ts";
import type { Lower, LowerNode } from "../../core/overlay/lower.ts";
import { appliedChanges } from "../changes.ts";
import { childConfigText } from "../child-config.ts";
import { MAX_LAYER_DEPTH } from "../dockerd.ts";
import { EngineError } from "../error.ts";
import { frozenLayer } from "../frozen-layer.ts";
import { findContainer } from "../lookup.ts";
import { lowerOfLayers } from "../mount.ts";
import type { Ports } from "../ports.ts";
import { mergedConfig } from "../run-config.ts";
import type { Image, Layer } from "../state.ts";
import type { Transaction } from "../transaction.ts";
import { withImage, withLayer, withTag } from "../update.ts";

export interface CommitRequest {
  readonly reference: Reference | null;
  readonly message?: string;
  readonly author?: string;
  /** Dockerfile instructions, as `docker commit -c` takes them. */
  readonly changes?: readonly string[];
  readonly signal?: AbortSignal;
}

/** Where a layer branches: from the root on, while it has nothing but one directory that is below it, too. */
function branching({ tree }: Layer, below: Lower): string {
  let [path, at, under]: [string, Ino, LowerNode | undefined] = ["", ROOT, below.root];
  for (;;) {
    const { entries } = tree.directory(at);
    const [only] = entries;
    if (only === undefined || entries.size > 1) return path || "/";
    const [name, ino] = only;
    const node = tree.node(ino);
    under = under?.children.get(name);
    if (node.kind !== "directory" || node.opaque || under?.node.kind !== "directory") return path || "/";
    [path, at] = [`${path}/${name}`, ino];
  }
}

/** Makes an image of a container: its writable layer on the layers it stands on. (moby, daemon/commit.go) */
export async function commit(
  tx: Transaction,
  ports: Ports,
  nameOrPrefix: string,
  request: CommitRequest,
): Promise<ImageId> {
  const container = findContainer(tx.state, nameOrPrefix);
  if (request.reference !== null && request.reference.digest !== null) {
    throw new EngineError("digest-tag", { reference: familiar(request.reference) });
  }
  const parent = tx.state.images.get(container.image);
  if (parent === undefined) throw new EngineError("no-such-image", { reference: container.image });
  const config = mergedConfig(appliedChanges(container.config, request.changes ?? []), container.config);
  const unchanged = entriesFromTree(container.upper).length === 0;
  if (!unchanged && container.layers.length >= MAX_LAYER_DEPTH) throw new EngineError("max-depth", {});
  const layer = unchanged ? null : await frozenLayer(tx, ports, container, request.signal);
  const configText = childConfigText(parent.config, {
    container: container.id,
    containerConfig: container.config,
    config,
    created: new Date(ports.clock.now()).toISOString(),
    author: request.author ?? "",
    comment: request.message ?? "",
    diffId: layer?.diffId ?? null,
  });
  const image: Image = {
    id: imageId(configText),
    configText,
    config: JSON.parse(configText) as ImageConfig,
    layers: layer === null ? container.layers : [...container.layers, layer.chainId],
    parent: parent.id,
    modelled: parent.modelled,
  };
  let next = withImage(layer === null ? tx.state : withLayer(tx.state, layer), image);
  if (request.reference !== null) next = withTag(next, normalized(request.reference), image.id);
  tx.update(next, {
    type: "container.commit",
    container: container.id,
    name: container.name,
    image: image.id,
    layer: layer?.chainId ?? null,
    diffId: layer?.diffId ?? null,
    size: layer?.size ?? 0,
    reference: request.reference === null ? null : familiar(withDefaultTag(request.reference)),
    message: request.message ?? "",
    path: layer === null ? "/" : branching(layer, lowerOfLayers(tx.state, container.layers)),
  });
  return image.id;
}

import { entriesFromTree, treeFromEntries } from "../core/filesystem/tree.ts";
import { chainId } from "../core/oci/digest.ts";
import { mediaType } from "../core/oci/manifest.ts";
import { stackOn } from "../core/overlay/lower.ts";
import { lowerOfLayers } from "./mount.ts";
import type { Ports } from "./ports.ts";
import type { Container, Layer } from "./state.ts";
import type { Transaction } from "./transaction.ts";

/** A container's writable layer as a layer on disk, also an empty one; the one that is there already when it is the same. */
export async function frozenLayer(
  tx: Transaction,
  ports: Pick<Ports, "layers">,
  { layers, upper }: Pick<Container, "layers" | "upper">,
  signal?: AbortSignal,
): Promise<Layer> {
  const made = await ports.layers.create(entriesFromTree(upper), signal);
  const parent = layers.at(-1) ?? null;
  const chain = chainId(parent, made.diffId);
  const known = tx.state.layers.get(chain);
  if (known) return known;
  const tree = treeFromEntries(made.entries);
  return {
    chainId: chain,
    parent,
    diffId: made.diffId,
    blob: { digest: made.blobDigest, size: made.blobSize, mediaType: mediaType.ociLayerGzip },
    tarSize: made.tarSize,
    size: tree.size,
    tree,
    lower: stackOn(lowerOfLayers(tx.state, layers), tree),
  };
}

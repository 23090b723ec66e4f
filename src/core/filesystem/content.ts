import type { DiffId } from "../oci/digest.ts";

/**
 * A run of a file's bytes. `zeros` costs nothing; `stored` lies in the contents blob of a layer
 * (what was put aside when the layer was extracted), to be read when somebody asks.
 */
export type Segment =
  | { readonly kind: "bytes"; readonly bytes: Uint8Array }
  | { readonly kind: "zeros"; readonly size: number }
  | { readonly kind: "stored"; readonly layer: DiffId; readonly offset: number; readonly size: number };

/**
 * The bytes of a regular file as a rope: appending a line to a 1 GB file of a lower layer makes a
 * new rope of two segments, so the core never has to read what it does not change.
 */
export interface Content {
  /** Bytes. */
  readonly size: number;
  readonly segments: readonly Segment[];
}

/** Reads `size` bytes at `offset` of the contents blob of `layer`. Handed in, the core does no IO. */
export type ReadStored = (layer: DiffId, offset: number, size: number) => Promise<Uint8Array>;

export const emptyContent: Content = { size: 0, segments: [] };

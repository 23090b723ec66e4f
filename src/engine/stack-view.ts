import type { NodeKind } from "../core/filesystem/filesystem.ts";
import type { ChainId, ImageId } from "../core/oci/digest.ts";
import type { ContainerId, LayerRef } from "./event.ts";

/** One container or image as a stack seen from the side, at one directory: rows are layers, columns the directory's entries. */
export interface StackView {
  readonly target: StackTarget;
  /** The open directory, absolute. */
  readonly path: string;
  /** Top first: the writable layer (containers only), dockerd's init layer (containers only), the image's layers. */
  readonly rows: readonly StackRow[];
  /** Changed entries first, then by name; at most as many as were asked for. */
  readonly columns: readonly StackColumn[];
  /** Entries left out of `columns`, by the row that supplies them. */
  readonly folded: readonly { readonly row: number; readonly count: number }[];
  /** Bytes of all files of the whole merged view. */
  readonly mergedSize: number;
}

export type StackTarget =
  | { readonly kind: "container"; readonly id: ContainerId }
  | { readonly kind: "image"; readonly id: ImageId };

export interface StackRow {
  readonly layer: "writable" | LayerRef;
  readonly chainId: ChainId | null;
  /** Bytes of its files. */
  readonly size: number;
  readonly added: number;
  readonly changed: number;
  readonly deleted: number;
}

export interface StackColumn {
  readonly name: string;
  /** What the merged view has there: null when a whiteout hides it (the ghost of the name). */
  readonly merged: {
    readonly kind: NodeKind;
    readonly size: number;
    readonly row: number;
    readonly mergedFrom: number;
  } | null;
  /** One cell a row that holds the name; index into `rows`. */
  readonly cells: readonly StackCell[];
}

export interface StackCell {
  readonly row: number;
  readonly kind: NodeKind | "whiteout";
  /** Bytes of a file; number of entries of a directory in this layer. */
  readonly size: number;
  /** An opaque directory: what lies below it in this column does not show. */
  readonly opaque: boolean;
  /** Nobody sees it from above: something higher hides it. */
  readonly hidden: boolean;
}

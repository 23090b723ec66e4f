import type { NodeKind } from "../filesystem/filesystem.ts";

/** What a call of the chmod, chown or utimes kind sets. */
export type AttributeChange = "mode" | "owner" | "time";

/**
 * Why an object is copied up: it is opened for writing, or emptied (then without its data); an attribute
 * changes; it gets another name; or, for a directory, something below it changes.
 */
export type CopyUpCause = "write" | "truncate" | AttributeChange | "link" | "rename" | "entries";

/**
 * What one system call did to the upper directory, in overlayfs's words. `layer` counts the lower
 * layers from the bottom, 0 first: the one the object was copied from, or that a whiteout hides.
 */
export type OverlayEvent =
  /** The object (and before it each missing parent) was copied into the upper directory, whole. `size`: bytes of file data copied. */
  | {
      readonly type: "copy-up";
      readonly path: string;
      readonly kind: NodeKind;
      readonly size: number;
      readonly layer: number;
      readonly cause: CopyUpCause;
      /** How many names the object had in its layer. Only this one is copied: hard links of lower layers break. */
      readonly names: number;
    }
  /** A new object. `over` tells what stood in the upper directory at that name. */
  | {
      readonly type: "create";
      readonly path: string;
      readonly kind: NodeKind;
      readonly size: number;
      readonly over: "nothing" | "whiteout";
    }
  /** Bytes of a file of the upper directory changed. */
  | { readonly type: "write"; readonly path: string; readonly before: number; readonly size: number }
  | { readonly type: "attributes"; readonly path: string; readonly change: AttributeChange }
  /** A whiteout was put at `path`; it hides what layer `layer` holds there. */
  | { readonly type: "whiteout"; readonly path: string; readonly layer: number }
  /** An object that only the upper directory had is gone, nothing is left. */
  | { readonly type: "remove"; readonly path: string; readonly kind: NodeKind; readonly size: number }
  /** A directory was made opaque: nothing of the layers below it shows through. */
  | { readonly type: "opaque"; readonly path: string }
  | { readonly type: "rename"; readonly path: string; readonly to: string; readonly kind: NodeKind }
  | { readonly type: "link"; readonly path: string; readonly to: string }
  /** rename(2) of a directory that a lower layer holds was refused: whoever wants it there has to copy. Nothing changed. */
  | { readonly type: "exdev"; readonly path: string; readonly to: string };

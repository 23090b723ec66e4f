import type { NodeKind } from "../filesystem/filesystem.ts";

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
  /** Mode, owner or times changed. */
  | { readonly type: "attributes"; readonly path: string }
  /** A whiteout was put at `path`; it hides what layer `layer` holds there. */
  | { readonly type: "whiteout"; readonly path: string; readonly layer: number }
  /** An object that only the upper directory had is gone, nothing is left. */
  | { readonly type: "remove"; readonly path: string; readonly kind: NodeKind; readonly size: number }
  /** A directory was made opaque: nothing of the layers below it shows through. */
  | { readonly type: "opaque"; readonly path: string }
  | { readonly type: "rename"; readonly path: string; readonly to: string; readonly kind: NodeKind }
  | { readonly type: "link"; readonly path: string; readonly to: string };

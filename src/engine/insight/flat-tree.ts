import type { PlateRef } from "./plates.ts";

/**
 * A whole tree as columns, one place an entry, in the order of a walk: a directory before what is in it,
 * siblings by the bytes of their names. So 100,000 entries are a few strings and arrays, which the page
 * takes over at once and filters, sorts and folds by itself (`tree-rows.ts`). Entry 0 is the root.
 */
export interface FlatTree {
  /** Which plate supplies an entry: `rows` are indices into this, bottom first; {@link OUTSIDE}: a mount does. */
  readonly plates: readonly PlateRef[];
  /** Joined by "/", which no name holds; the root's is "". */
  readonly names: string;
  /** One letter an entry, as `ls -l` has it: d - l c b p; "w" a whiteout or the ghost of what it hides. */
  readonly kinds: string;
  /** One letter an entry: A C D as `docker diff` has it, a blank for none. */
  readonly marks: string;
  /** 1: an opaque directory; 2: a mount point. */
  readonly flags: Uint8Array;
  /** The first entry after all that is in this one. */
  readonly ends: Uint32Array;
  /** Bytes of a file or a link's target; of a directory what is in it, a file with several names once. */
  readonly sizes: Float64Array;
  readonly rows: Uint8Array;
}

export const OUTSIDE = 255;
export const OPAQUE = 1;
export const MOUNT = 2;

import type { Content } from "../filesystem/content.ts";

interface Named {
  /** Relative to the root, no leading or trailing slash; "" is the root itself. */
  readonly path: string;
}
interface Owned extends Named {
  /** Permission bits with set-id and sticky. */
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  /** Seconds since 1970. */
  readonly mtime: number;
  /** SCHILY.xattr.* of the PAX header, values as latin1 (one char a byte). */
  readonly xattrs?: Readonly<Record<string, string>>;
  /** Names of its owner and group, where a tar of a program has them; a layer has none. */
  readonly names?: { readonly user: string; readonly group: string };
}

/**
 * One entry of a layer's tar, in the tar's order: the unit of an OCI changeset.
 * (image-spec, layer.md "Change Types"; "Representing Changes")
 */
export type LayerEntry =
  | (Owned & { readonly kind: "file"; readonly content: Content })
  | (Owned & { readonly kind: "directory" })
  | (Owned & { readonly kind: "symlink"; readonly target: string })
  | (Owned & { readonly kind: "hardlink"; readonly target: string })
  | (Owned & { readonly kind: "character" | "block"; readonly rdev: readonly [number, number] })
  | (Owned & { readonly kind: "fifo" })
  /** `.wh.NAME` beside `path`: `path` is what it hides. */
  | (Owned & { readonly kind: "whiteout" })
  /** `.wh..wh..opq` in `path`: nothing of the directory below shows through. */
  | (Owned & { readonly kind: "opaque" });

import type { NodeKind } from "../../core/filesystem/filesystem.ts";
import type { Aspect } from "../../core/image/compare.ts";

/** How two views differ: `before` and `after` are images, containers, moments or some of their layers. */
export interface Comparison {
  readonly added: Sum;
  readonly changed: Sum;
  readonly deleted: Sum;
  /** In the order of paths, a directory before what is in it; at most {@link MOST}. */
  readonly entries: readonly ComparedEntry[];
  /** How many more there are. */
  readonly more: number;
}

/** Files and links, directories not counted; bytes that came, went, or (changed) what the size grew by. */
export interface Sum {
  readonly files: number;
  readonly bytes: number;
}

export type Mark = "A" | "C" | "D";

export interface ComparedEntry {
  readonly path: string;
  readonly mark: Mark;
  readonly before: Compared | null;
  readonly after: Compared | null;
  /** In what a changed one differs. */
  readonly aspects: readonly Aspect[];
}

export interface Compared {
  readonly kind: NodeKind;
  /** Bytes of a file or a link's target, entries of a directory of one layer. */
  readonly size: number;
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  /** Seconds since 1970. */
  readonly mtime: number;
}

/** Longer lists nobody reads. */
export const MOST = 50_000;

/** How many bytes of files more `after` has. */
export function grown({ before, after }: Pick<ComparedEntry, "before" | "after">): number {
  const bytes = (one: Compared | null): number => (one?.kind === "file" ? one.size : 0);
  return bytes(after) - bytes(before);
}

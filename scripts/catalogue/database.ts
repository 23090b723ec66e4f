import type { LoadedPackage } from "./facts.ts";
import type { Root } from "./root.ts";

export interface Installed {
  /** By this layer, in order. */
  readonly added: readonly LoadedPackage[];
  /** All so far. */
  readonly packages: readonly LoadedPackage[];
  /** Names marked as automatically installed. */
  readonly automatic: readonly string[];
}

/** Writes a package manager's own files, as it leaves them. */
export type Database = (root: Root, installed: Installed, mtime: number) => void;

import type { FileSystem } from "./filesystem.ts";

/** A filesystem seen at a path: one line of /proc/mounts. */
export interface Mount {
  /** Absolute and normal, "/" for the root. */
  readonly at: string;
  readonly fs: FileSystem;
  /** What of `fs` is seen there; a file for a bind mount of a file. Default "/". */
  readonly root?: string;
  readonly source: string;
  readonly type: string;
  /** As /proc/mounts shows them: `ro`, `noexec` and `nodev` are obeyed. */
  readonly options: string;
  /** Bytes, as df shows them; absent: it lies on the host's disk, or nothing does. */
  readonly usage?: () => { readonly size: number; readonly used: number };
}

const options = new WeakMap<Mount, ReadonlySet<string>>();

export function hasOption(mount: Mount, option: "ro" | "noexec" | "nodev"): boolean {
  const known = options.get(mount) ?? new Set(mount.options.split(","));
  options.set(mount, known);
  return known.has(option);
}

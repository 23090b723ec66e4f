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
  /** Bytes it can hold, when that is not what the disk can. */
  readonly size?: number;
}

export function hasOption(mount: Mount, option: "ro" | "noexec" | "nodev"): boolean {
  return mount.options.split(",").includes(option);
}

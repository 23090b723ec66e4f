import type { Content } from "./content.ts";

/** A directory entry's type. `character` and `block` are devices. */
export type NodeKind = "file" | "directory" | "symlink" | "character" | "block" | "fifo";

/** Who calls. uid 0 may do what CAP_DAC_OVERRIDE, CAP_FOWNER and CAP_CHOWN allow. */
export interface Credentials {
  readonly uid: number;
  readonly gid: number;
  readonly groups: readonly number[];
  /** Bits taken away from the mode of what is created, e.g. 0o022. */
  readonly umask: number;
}

export const root: Credentials = { uid: 0, gid: 0, groups: [], umask: 0o022 };

/** stat(2). Times are seconds since 1970, with a fraction where there is one. */
export interface Stat {
  readonly kind: NodeKind;
  /** Permission bits with set-id and sticky, 0 to 0o7777. */
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  readonly mtime: number;
  readonly nlink: number;
  /** Bytes of a file, length of a symlink's target, 4096 for a directory. */
  readonly size: number;
  /** Stable while the object lives; equal for two names of one inode. */
  readonly ino: number;
  /** Device numbers, for character and block devices. */
  readonly rdev?: readonly [major: number, minor: number];
}

export interface DirectoryEntry {
  readonly name: string;
  readonly kind: NodeKind;
}

/** open(2)'s flags that matter here; reading is implied unless `write` alone is wanted. */
export interface OpenFlags {
  readonly read?: boolean;
  readonly write?: boolean;
  readonly create?: boolean;
  readonly exclusive?: boolean;
  readonly truncate?: boolean;
  readonly append?: boolean;
  readonly noFollow?: boolean;
  readonly directory?: boolean;
}

/** -1 keeps the owner or group as it is, as in chown(2). */
export type Keep = -1;

export type RenameFlag = "none" | "noreplace" | "exchange" | "whiteout";

/**
 * The system calls a process makes on a filesystem. All are synchronous: data that lies elsewhere is
 * named by a {@link Content}, not fetched. Paths are absolute, seen from the filesystem's own root;
 * symbolic links in the way are followed inside it. Each call throws `FileSystemError`.
 */
export interface FileSystem {
  stat(path: string, who: Credentials): Stat;
  lstat(path: string, who: Credentials): Stat;
  readdir(path: string, who: Credentials): readonly DirectoryEntry[];
  readlink(path: string, who: Credentials): string;
  /** Effective ids, as faccessat(AT_EACCESS). `mode` is any of r, w, x in that order, or "f". */
  access(path: string, mode: string, who: Credentials): void;
  /** The file's bytes; follows links. */
  read(path: string, who: Credentials): Content;
  /** open, then write `content` at the start (after O_TRUNC if asked) or, with `append`, at the end, then close. */
  write(path: string, content: Content, flags: OpenFlags, mode: number, who: Credentials): void;
  truncate(path: string, size: number, who: Credentials): void;
  mkdir(path: string, mode: number, who: Credentials): void;
  rmdir(path: string, who: Credentials): void;
  unlink(path: string, who: Credentials): void;
  rename(from: string, to: string, who: Credentials, flag?: RenameFlag): void;
  link(existing: string, created: string, who: Credentials): void;
  symlink(target: string, path: string, who: Credentials): void;
  mknod(
    path: string,
    kind: "character" | "block" | "fifo",
    mode: number,
    rdev: readonly [number, number],
    who: Credentials,
  ): void;
  chmod(path: string, mode: number, who: Credentials): void;
  chown(path: string, uid: number | Keep, gid: number | Keep, who: Credentials, options?: { follow: boolean }): void;
  /** "now" needs no more than to be allowed to write (else EACCES); a chosen time is the owner's to set (else EPERM). */
  utimes(path: string, mtime: number | "now", who: Credentials, options?: { follow: boolean }): void;
  /** Names that something is mounted on, as this filesystem's paths: removing and renaming them is EBUSY. */
  readonly mountPoints?: Set<string>;
}

import { FileSystemError } from "../filesystem/errno.ts";
import type { Credentials, FileSystem, Stat } from "../filesystem/filesystem.ts";
import { dirname, join, normalize } from "../filesystem/path.ts";
import { named } from "../filesystem/path-error.ts";
import type { LayerEntry } from "../image/layer-entry.ts";
import { TarError } from "./header.ts";

export interface UnpackOptions {
  readonly who: Credentials;
  /** Who owns what is unpacked: as the tar says, one for all, or null for whoever unpacks it. */
  readonly owner: "entry" | { readonly uid: number; readonly gid: number } | null;
}

type Placed = Exclude<LayerEntry, { kind: "whiteout" | "opaque" }>;

/**
 * Unpacks a tar into a directory that is there, as `docker cp` does: what is in the way is removed first, so
 * a file is a new one; a directory and a directory become one; the two kinds never replace each other.
 * Throws `PathError` or `TarError`; what had been done stays. (moby go-archive, Unpack with NoOverwriteDirNonDir)
 */
export function unpackInto(
  fs: FileSystem,
  directory: string,
  entries: readonly LayerEntry[],
  options: UnpackOptions,
): void {
  const { who } = options;
  const times: [path: string, mtime: number][] = [];
  for (const entry of entries) {
    // Names of whiteouts mean nothing here.
    if (entry.kind === "whiteout" || entry.kind === "opaque") continue;
    const path = normalize(join("/", directory, entry.path));
    if (path !== normalize(directory) && !`${path}/`.startsWith(`${normalize(directory)}/`.replace("//", "/"))) {
      throw new TarError(`"${path}" is outside of "${directory}"`);
    }
    makeParents(fs, dirname(path), who);
    const present = lookUp(fs, path, who);
    if (present !== null) {
      if (entry.path === "" && present.kind === "directory") continue;
      clear(fs, path, directory, present, entry.kind === "directory", who);
    }
    create(fs, path, entry, { directory, who, exists: present?.kind === "directory" });
    attributes(fs, path, entry, options);
    if (entry.kind === "directory") times.push([path, entry.mtime]);
  }
  // Putting something into a directory has moved its time.
  for (const [path, mtime] of times) named("chtimes", path, () => fs.utimes(path, mtime, who));
}

function clear(
  fs: FileSystem,
  path: string,
  directory: string,
  present: Stat,
  toDirectory: boolean,
  who: Credentials,
): void {
  const isDirectory = present.kind === "directory";
  if (isDirectory && toDirectory) return;
  if (isDirectory) throw new TarError(`cannot overwrite directory "${path}" with non-directory "${directory}"`);
  if (toDirectory) throw new TarError(`cannot overwrite non-directory "${path}" with directory "${directory}"`);
  named("unlinkat", path, () => fs.unlink(path, who));
}

function create(
  fs: FileSystem,
  path: string,
  entry: Placed,
  { directory, who, exists }: { directory: string; who: Credentials; exists: boolean },
): void {
  switch (entry.kind) {
    case "directory":
      if (!exists) named("mkdir", path, () => fs.mkdir(path, entry.mode, who));
      return;
    case "file": {
      const flags = { write: true, create: true };
      return named("open", path, () => fs.write(path, entry.content, flags, entry.mode & 0o777, who));
    }
    case "symlink":
      return named("symlink", path, () => fs.symlink(entry.target, path, who));
    case "hardlink": {
      const target = normalize(join("/", directory, entry.target));
      return named("link", target, () => fs.link(target, path, who));
    }
    case "fifo":
      return named("mknod", path, () => fs.mknod(path, "fifo", entry.mode, [0, 0], who));
    default:
      return named("mknod", path, () => fs.mknod(path, entry.kind, entry.mode, entry.rdev, who));
  }
}

/** Only what is not so already: the outcome is the same, and there is less to tell. */
function attributes(fs: FileSystem, path: string, entry: Placed, { who, owner }: UnpackOptions): void {
  const { uid, gid } = owner === "entry" ? entry : (owner ?? who);
  const present = (): Stat => named("lstat", path, () => fs.lstat(path, who));
  const made = present();
  if (owner !== null && (made.uid !== uid || made.gid !== gid)) {
    named("lchown", path, () => fs.chown(path, uid, gid, who, { follow: false }));
  }
  if (entry.kind !== "symlink" && present().mode !== entry.mode) {
    named("chmod", path, () => fs.chmod(path, entry.mode, who));
  }
  if (entry.kind !== "directory") named("chtimes", path, () => fs.utimes(path, entry.mtime, who, { follow: false }));
}

/** A tar need not name the directories that its files are in. */
function makeParents(fs: FileSystem, path: string, who: Credentials): void {
  if (lookUp(fs, path, who) !== null) return;
  makeParents(fs, dirname(path), who);
  named("mkdir", path, () => fs.mkdir(path, 0o755, who));
}

function lookUp(fs: FileSystem, path: string, who: Credentials): Stat | null {
  return named("lstat", path, () => {
    try {
      return fs.lstat(path, who);
    } catch (error) {
      if (error instanceof FileSystemError && error.code === "ENOENT") return null;
      throw error;
    }
  });
}

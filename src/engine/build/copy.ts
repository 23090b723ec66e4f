import type { ReadStored } from "../../core/filesystem/content.ts";
import { FileSystemError } from "../../core/filesystem/errno.ts";
import { type FileSystem, root } from "../../core/filesystem/filesystem.ts";
import { basename, dirname, join, normalize } from "../../core/filesystem/path.ts";
import { PathError } from "../../core/filesystem/path-error.ts";
import type { LayerEntry } from "../../core/image/layer-entry.ts";
import { TarError } from "../../core/tar/header.ts";
import { readTarContent } from "../../core/tar/read.ts";
import { unpackInto } from "../../core/tar/unpack.ts";
import { isArchive, unpackedContent } from "../archive/unpacked-content.ts";
import { processUser } from "../user.ts";
import { BuildError, type Place } from "./build-error.ts";
import type { Selected } from "./source-files.ts";

/** Where a COPY puts things, and as whose. */
export interface Destination {
  /** Absolute; with a slash at its end it is a directory, whatever is there. */
  readonly path: string;
  readonly owner: { readonly uid: number; readonly gid: number } | null;
  /** Permission bits of all that is copied; null: those of the source. */
  readonly mode: number | null;
}

/** A path of a destination, from the working directory; what it says of being a directory stays. (pathRelativeToWorkingDir) */
export function destinationPath(workdir: string, path: string): string {
  const at = normalize(path.startsWith("/") ? path : `${workdir || "/"}/${path}`);
  return at !== "/" && /(^|\/)\.?$/.test(path) ? `${at}/` : at;
}

/** `--chown`: a number alone is the group too. (BuildKit, file/user_linux.go) */
export async function ownerOf(
  fs: FileSystem,
  chown: string,
  read: ReadStored,
): Promise<{ readonly uid: number; readonly gid: number }> {
  if (/^\d+$/.test(chown)) return { uid: Number(chown), gid: Number(chown) };
  const { uid, gid } = (await processUser(fs, chown, read)).who;
  return { uid, gid };
}

export function modeOf(chmod: string, place: Place): number {
  if (/^[0-7]{1,5}$/.test(chmod) && Number.parseInt(chmod, 8) <= 0o7777) return Number.parseInt(chmod, 8);
  const should = "it should be octal string and between 0 and 07777";
  throw new BuildError(`invalid chmod parameter: '${chmod}'. ${should}`, place);
}

/** ADD takes archives apart: what is in one, instead of itself. */
export async function unpacked(selection: readonly Selected[], read: ReadStored): Promise<Selected[]> {
  return Promise.all(
    selection.map(async (each): Promise<Selected> => {
      const [entry] = each.entries;
      if (each.isDirectory || entry?.kind !== "file" || !(await isArchive(entry.content, read))) return each;
      const entries = await readTarContent(await unpackedContent(entry.content, read), read);
      return { name: each.name, isDirectory: true, entries };
    }),
  );
}

/** Puts what a COPY has selected where it belongs. Throws `BuildError`; what had been done stays. (tonistiigi/fsutil, copy) */
export function placeSelection(fs: FileSystem, selection: readonly Selected[], to: Destination, place: Place): void {
  const who = { ...root, umask: 0 };
  const options = { who, owner: to.owner ?? ("entry" as const) };
  const path = normalize(to.path);
  try {
    for (const { name, isDirectory, entries } of selection) {
      if (isDirectory) {
        makeOwned(fs, path, to.owner);
        if (!isDirectoryAt(fs, path)) throw new BuildError(`cannot copy to non-directory: ${path}`, place);
        unpackInto(fs, path, entries.filter((entry) => !isThere(fs, path, entry)).map(moded(to.mode)), options);
        continue;
      }
      const target = to.path.endsWith("/") || isDirectoryAt(fs, path) ? join(path, name) : path;
      makeOwned(fs, dirname(target), to.owner);
      const renamed = entries.map((entry) => ({ ...entry, path: basename(target) }));
      unpackInto(fs, dirname(target), renamed.map(moded(to.mode)), options);
    }
  } catch (error) {
    if (error instanceof PathError || error instanceof TarError) throw new BuildError(error.message, place);
    throw error;
  }
}

const moded =
  (mode: number | null) =>
  (entry: LayerEntry): LayerEntry =>
    mode === null || entry.kind === "whiteout" || entry.kind === "opaque" ? entry : { ...entry, mode };

/** A directory that is there keeps its mode, owner and time. */
function isThere(fs: FileSystem, directory: string, entry: LayerEntry): boolean {
  return entry.kind === "directory" && isDirectoryAt(fs, normalize(join(directory, entry.path)));
}

function isDirectoryAt(fs: FileSystem, path: string): boolean {
  try {
    return fs.stat(path, root).kind === "directory";
  } catch (error) {
    if (error instanceof FileSystemError) return false;
    throw error;
  }
}

/** mkdir -p; what is made gets the owner. Throws `PathError`. */
export function makeOwned(fs: FileSystem, path: string, owner: Destination["owner"]): void {
  try {
    fs.stat(path, root);
    return;
  } catch (error) {
    if (!(error instanceof FileSystemError)) throw error;
    if (error.code !== "ENOENT") throw new PathError("mkdir", path, error.code);
  }
  makeOwned(fs, dirname(path), owner);
  fs.mkdir(path, 0o755, root);
  if (owner && (owner.uid !== 0 || owner.gid !== 0)) fs.chown(path, owner.uid, owner.gid, root);
}

import { FileSystemError } from "../core/filesystem/errno.ts";
import type { Credentials, Stat } from "../core/filesystem/filesystem.ts";
import type { MountedFileSystem } from "../core/filesystem/mounted.ts";
import { basename, dirname, join, normalize } from "../core/filesystem/path.ts";
import { named, PathError } from "../core/filesystem/path-error.ts";
import { CommandError } from "./verb.ts";

/** One end of a copy. (moby go-archive, copy.go; its rules, and its words) */
export interface CopyInfo {
  readonly path: string;
  readonly exists: boolean;
  readonly isDirectory: boolean;
  /** The name it was asked for by, when following links led to another one; "" otherwise. */
  readonly rebaseName: string;
}

export interface Look {
  readonly fs: MountedFileSystem;
  readonly who: Credentials;
}

const endsInSlash = (path: string): boolean => path.endsWith("/");
const endsInDot = (path: string): boolean => goBase(path) === ".";

/** Go's filepath.Base. */
const goBase = (path: string): string => (path === "" ? "." : basename(path));

/** `clean` with the "/" or "/." that `original` ends in. */
export function keepEnd(clean: string, original: string): string {
  let kept = clean;
  if (!endsInDot(kept) && endsInDot(original)) kept = `${endsInSlash(kept) ? kept : `${kept}/`}.`;
  return !endsInSlash(kept) && endsInSlash(original) ? `${kept}/` : kept;
}

/** Directory and last name of a path; "." stays when it is the last. */
export function splitEntry(path: string): readonly [directory: string, base: string] {
  const clean = path === "" ? "." : path.startsWith("/") ? normalize(path) : normalize(path).slice(1) || ".";
  const whole = endsInDot(path) ? `${clean === "/" ? "" : clean}/.` : clean;
  return [dirname(whole), basename(whole)];
}

/** Every link followed. */
function realpath({ fs, who }: Look, path: string): string {
  try {
    const real = fs.realpath(path, who);
    named("lstat", real, () => fs.lstat(real, who));
    if (endsInSlash(path)) fs.stat(path, who);
    return real;
  } catch (error) {
    if (!(error instanceof FileSystemError)) throw error;
    if (error.code === "ENOTDIR") throw new CommandError("not a directory");
    throw new PathError("lstat", error.path.replace(/(.)\/$/, "$1"), error.code);
  }
}

/** What a followed link is, under the name that was asked for. */
export function rebased(path: string, resolved: string): readonly [path: string, rebaseName: string] {
  let whole = resolved;
  if (endsInDot(path) && !endsInDot(whole)) whole += "/.";
  if (endsInSlash(path) && !endsInSlash(whole)) whole += "/";
  return [whole, goBase(path) === goBase(whole) ? "" : goBase(path)];
}

/** What is to be copied from the host; it must be there. `path`: absolute. */
export function copySource(path: string, follow: boolean, look: Look): CopyInfo {
  let at: string;
  let rebaseName = "";
  if (follow) [at, rebaseName] = rebased(path, realpath(look, path));
  else {
    const slash = path.lastIndexOf("/") + 1;
    const directory = realpath(look, path.slice(0, slash));
    at = `${directory === "/" ? "" : directory}/${path.slice(slash)}`;
    if (endsInSlash(path) && goBase(path) !== goBase(at)) rebaseName = goBase(path);
  }
  const stat = named("lstat", at, () => look.fs.lstat(at, look.who));
  return { path: at, exists: true, isDirectory: stat.kind === "directory", rebaseName };
}

const MOST_LINKS = 10;

/** Where something is to be copied to on the host: it need not be there, but its directory must. */
export function copyDestination(path: string, { fs, who }: Look): CopyInfo {
  const lstat = (at: string): Stat | null => {
    try {
      return fs.lstat(at, who);
    } catch (error) {
      if (!(error instanceof FileSystemError)) throw error;
      if (error.code === "ENOENT") return null;
      throw new PathError("lstat", at, error.code);
    }
  };
  let at = path;
  let stat = lstat(at);
  for (let links = 0; stat?.kind === "symlink"; links++) {
    if (links > MOST_LINKS) throw new CommandError(`too many symlinks in ${path}`);
    const link = fs.readlink(at, who);
    at = link.startsWith("/") ? link : join(splitEntry(at)[0], link);
    stat = lstat(at);
  }
  if (stat !== null) return { path: at, exists: true, isDirectory: stat.kind === "directory", rebaseName: "" };
  const [parent] = splitEntry(at);
  const above = named("stat", parent, () => fs.stat(parent, who));
  if (above.kind !== "directory") throw new CommandError("not a directory");
  return { path: at, exists: false, isDirectory: false, rebaseName: "" };
}

/** Into which directory the source is unpacked, and under which name; "." is its content without itself. */
export function copyPlan(source: CopyInfo, target: CopyInfo): { readonly directory: string; readonly as: string } {
  const [directory, base] = splitEntry(target.path);
  if (target.exists && target.isDirectory) {
    return { directory: target.path, as: source.rebaseName || splitEntry(source.path)[1] };
  }
  if (target.exists && source.isDirectory) throw new CommandError("cannot copy directory");
  const assertsDirectory = endsInSlash(target.path) || endsInDot(target.path);
  if (!target.exists && !source.isDirectory && assertsDirectory) throw new CommandError("no such directory");
  return { directory, as: base };
}

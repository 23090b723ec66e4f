import { FileSystemError } from "../core/filesystem/errno.ts";
import type { Credentials, FileSystem } from "../core/filesystem/filesystem.ts";

/** Where a path that is being typed is looked up. */
export interface Lookup {
  readonly fs: FileSystem;
  readonly who: Credentials;
  readonly cwd: string;
  /** What "~" stands for; none in a container. */
  readonly home?: string;
}

const escaped = (name: string): string => name.replace(/([\s'"\\$&;|<>()*?[\]#~`!])/g, "\\$1");

/** The paths that begin with `word`, written as it is written; directories end in a slash. */
export function completePath(word: string, { fs, who, cwd, home }: Lookup): string[] {
  const plain = word.replace(/\\(.)/g, "$1");
  const slash = plain.lastIndexOf("/") + 1;
  const directory = home === undefined ? plain.slice(0, slash) : plain.slice(0, slash).replace(/^~(?=\/)/, home);
  const path = directory.startsWith("/") ? directory : `${cwd}/${directory}`;
  const hidden = plain.slice(slash).startsWith(".");
  const isDirectory = (name: string): boolean =>
    answer(() => fs.stat(`${path}/${name}`, who).kind === "directory") ?? false;
  return (answer(() => fs.readdir(path, who)) ?? [])
    .filter(({ name }) => name.startsWith(plain.slice(slash)) && (hidden || !name.startsWith(".")))
    .map(({ name }) => `${plain.slice(0, slash)}${escaped(name)}${isDirectory(name) ? "/" : ""}`);
}

function answer<T>(call: () => T): T | null {
  try {
    return call();
  } catch (error) {
    if (error instanceof FileSystemError) return null;
    throw error;
  }
}

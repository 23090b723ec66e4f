import { readContent, type ReadStored } from "../../core/filesystem/content.ts";
import { FileSystemError } from "../../core/filesystem/errno.ts";
import type { Credentials, FileSystem } from "../../core/filesystem/filesystem.ts";
import { basename } from "../../core/filesystem/path.ts";
import { PathError } from "../../core/filesystem/path-error.ts";
import { treeFromEntries } from "../../core/filesystem/tree.ts";
import { emptyLower, stackOn } from "../../core/overlay/lower.ts";
import { packPath } from "../../core/tar/pack.ts";
import { BuildError } from "./build-error.ts";
import { type Ignored, ignored } from "./ignore.ts";
import { filesOf, type SourceFiles } from "./source-files.ts";

/** Where a build takes its files from: a directory, as whoever builds may read it. */
export interface BuildFiles {
  readonly fs: FileSystem;
  readonly who: Credentials;
  /** Absolute; null: there is no context, only a Dockerfile. */
  readonly directory: string | null;
  /** An absolute path, or the text itself. */
  readonly dockerfile: { readonly path: string } | { readonly text: string };
}

/** The name that is shown for the Dockerfile. */
export function dockerfileName({ dockerfile }: BuildFiles): string {
  return "path" in dockerfile ? basename(dockerfile.path) : "Dockerfile";
}

async function textAt({ fs, who }: BuildFiles, path: string, read: ReadStored): Promise<string> {
  return new TextDecoder().decode(await readContent(fs.read(path, who), read));
}

/** Throws `BuildError` when there is none. */
export async function readDockerfile(files: BuildFiles, read: ReadStored): Promise<string> {
  const { dockerfile } = files;
  if ("text" in dockerfile) return dockerfile.text;
  try {
    return await textAt(files, dockerfile.path, read);
  } catch (error) {
    if (!(error instanceof FileSystemError)) throw error;
    const reason = error.code === "EACCES" ? "permission denied" : "no such file or directory";
    throw new BuildError(`failed to read dockerfile: open ${basename(dockerfile.path)}: ${reason}`);
  }
}

/** What the `.dockerignore` says, and its size in bytes; that of the Dockerfile's own name comes first. */
export async function readIgnore(
  files: BuildFiles,
  read: ReadStored,
): Promise<{ readonly ignored: Ignored; readonly name: string; readonly size: number } | null> {
  if (files.directory === null) return null;
  const own = "path" in files.dockerfile ? [`${files.dockerfile.path}.dockerignore`] : [];
  for (const path of [...own, `${files.directory}/.dockerignore`]) {
    try {
      const text = await textAt(files, path, read);
      return { ignored: ignored(text), name: basename(path), size: new TextEncoder().encode(text).length };
    } catch (error) {
      if (!(error instanceof FileSystemError)) throw error;
    }
  }
  return null;
}

/** The build context: the directory without what is ignored. All of it is root's. */
export function contextFiles({ fs, who, directory }: BuildFiles, leftOut: Ignored): SourceFiles {
  if (directory === null) return filesOf(emptyLower);
  try {
    const entries = packPath(fs, directory, "", who)
      .filter(({ path }) => path === "" || !leftOut(path))
      .map((entry) => ({ ...entry, uid: 0, gid: 0 }));
    return filesOf(stackOn(emptyLower, treeFromEntries(entries)));
  } catch (error) {
    if (!(error instanceof PathError)) throw error;
    throw new BuildError(`error from sender: ${error.message}`);
  }
}

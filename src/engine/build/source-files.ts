import { type Content, readContent, type ReadStored } from "../../core/filesystem/content.ts";
import { FileSystemError } from "../../core/filesystem/errno.ts";
import { type FileSystem, root } from "../../core/filesystem/filesystem.ts";
import { MountedFileSystem } from "../../core/filesystem/mounted.ts";
import { compareNames } from "../../core/filesystem/name.ts";
import { basename, normalize, split } from "../../core/filesystem/path.ts";
import { emptyTree } from "../../core/filesystem/tree.ts";
import type { LayerEntry } from "../../core/image/layer-entry.ts";
import { type Digest, sha256 } from "../../core/oci/digest.ts";
import type { Lower } from "../../core/overlay/lower.ts";
import { OverlayFileSystem } from "../../core/overlay/overlay.ts";
import { packPath } from "../../core/tar/pack.ts";
import { nameMatches } from "./ignore.ts";

/** A file or directory that a COPY takes: what is to be put at its destination. */
export interface Selected {
  /** Its name there, when the destination is a directory. */
  readonly name: string;
  readonly isDirectory: boolean;
  /** Of a directory what is in it; of anything else one entry of path "". */
  readonly entries: readonly LayerEntry[];
}

/** Where a COPY takes its files from: the build context, a stage, an image. */
export type SourceFiles = MountedFileSystem;

/** Layers as a source. */
export function filesOf(lower: Lower): SourceFiles {
  const fs = new OverlayFileSystem(lower, emptyTree, { now: () => 0 });
  return new MountedFileSystem([{ at: "/", fs, source: "overlay", type: "overlay", options: "ro" }]);
}

const WILDCARD = /[*?[]/;

/** A source of a COPY that is not there. */
export class MissingSource extends Error {
  override readonly name = "MissingSource";
  constructor(
    /** In the source's own root. */
    readonly path: string,
  ) {
    super(`${JSON.stringify(path)}: not found`);
  }
}

/** What a source of a COPY means, in the order of names. Throws {@link MissingSource} for a path without wildcards. */
export function select(files: SourceFiles, source: string): Selected[] {
  const path = normalize(`/${source}`);
  const found = WILDCARD.test(path) ? matches(files, path) : [path];
  return found.map((each) => selected(files, each));
}

function matches(files: FileSystem, pattern: string): string[] {
  let found = [""];
  for (const name of split(pattern)) {
    found = found.flatMap((above) => names(files, above || "/", name).map((each) => `${above}/${each}`));
  }
  return found;
}

function names(files: FileSystem, directory: string, pattern: string): string[] {
  try {
    return files
      .readdir(directory, root)
      .map(({ name }) => name)
      .filter((name) => nameMatches(name, pattern))
      .toSorted(compareNames);
  } catch (error) {
    if (error instanceof FileSystemError) return [];
    throw error;
  }
}

function selected(files: SourceFiles, path: string): Selected {
  try {
    // The path itself is followed; links below it are copied as links.
    const real = files.realpath(path, root);
    const isDirectory = files.stat(real, root).kind === "directory";
    const entries = packPath(files, real, "", root);
    return { name: basename(path), isDirectory, entries: isDirectory ? entries.slice(1) : entries };
  } catch (error) {
    if (!(error instanceof FileSystemError)) throw error;
    throw new MissingSource(path);
  }
}

/** Contents up to so many bytes are hashed as they are; longer ones by what they are made of, which costs no reading. */
const HASHED_WHOLE = 1024 * 1024;

/** What the cache knows files by: names, contents, modes, owners and link targets, but not times. (BuildKit, cache/contenthash) */
export async function checksum(selection: readonly Selected[], read: ReadStored): Promise<Digest> {
  const lines: string[] = [];
  for (const { name, isDirectory, entries } of selection) {
    lines.push(JSON.stringify([name, isDirectory]));
    for (const entry of entries) {
      if (entry.kind === "whiteout" || entry.kind === "opaque") continue;
      const { kind, path, mode, uid, gid } = entry;
      const what =
        kind === "file"
          ? await contentSum(entry.content, read)
          : kind === "symlink" || kind === "hardlink"
            ? entry.target
            : "";
      lines.push(JSON.stringify([kind, path, mode, uid, gid, what]));
    }
  }
  return sha256(new TextEncoder().encode(lines.join("\n")));
}

async function contentSum(content: Content, read: ReadStored): Promise<string> {
  if (content.size <= HASHED_WHOLE) return sha256(await readContent(content, read));
  return content.segments
    .map((segment) => {
      if (segment.kind === "bytes") return sha256(segment.bytes);
      return segment.kind === "zeros" ? `0:${segment.size}` : `${segment.layer}:${segment.offset}:${segment.size}`;
    })
    .join(" ");
}

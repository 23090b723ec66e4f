import type { Content } from "../filesystem/content.ts";
import { walk } from "../filesystem/changeset.ts";
import { FileSystemError } from "../filesystem/errno.ts";
import { root, type Stat } from "../filesystem/filesystem.ts";
import type { FileTree } from "../filesystem/file-tree.ts";
import type { OverlayFileSystem } from "./overlay.ts";
import type { Dump, Dumped } from "./trace.ts";

/** Times from here on were set by a clock. */
export const NOW = 1_600_000_000;

export const LETTER = {
  directory: "d",
  file: "f",
  symlink: "l",
  character: "c",
  block: "b",
  fifo: "p",
  whiteout: "w",
} as const;

/** The merged view through the filesystem's own calls, as the recorder dumps it. */
export function mergedDump(fs: OverlayFileSystem): Dump {
  const dump: Record<string, Dumped> = {};
  const inodes = new Map<number, string[]>();
  const visit = (path: string) => {
    const stat = fs.lstat(path, root);
    dump[path] = dumped(fs, path, stat);
    if (stat.kind !== "directory") inodes.set(stat.ino, [...(inodes.get(stat.ino) ?? []), path]);
    else {
      for (const { name } of fs.readdir(path, root)) {
        const at = path === "/" ? `/${name}` : `${path}/${name}`;
        try {
          visit(at);
        } catch (error) {
          if (!(error instanceof FileSystemError && error.code === "ENOENT")) throw error;
          dump[at] = { t: "ghost" };
        }
      }
    }
  };
  visit("/");
  return withGroups(dump, inodes.values());
}

/** The upper directory itself. */
export function upperDump(tree: FileTree): Dump {
  const dump: Record<string, Dumped> = {};
  const inodes = new Map<number, string[]>();
  for (const { path, ino, node } of walk(tree)) {
    const key = `/${path}`;
    if (node.kind === "whiteout") {
      dump[key] = { t: "w" };
      continue;
    }
    if (node.kind !== "directory") inodes.set(ino, [...(inodes.get(ino) ?? []), key]);
    const { uid, gid, mtime, nlink } = node;
    dump[key] = {
      t: LETTER[node.kind],
      ...(node.kind !== "symlink" && { m: node.mode }),
      u: uid,
      g: gid,
      mt: time(mtime),
      n: nlink,
      ...(node.kind === "file" && { c: contentText(node.content) }),
      ...(node.kind === "symlink" && { to: node.target }),
      ...((node.kind === "character" || node.kind === "block") && { rdev: node.rdev }),
      ...(node.kind === "directory" && node.opaque && { o: 1 as const }),
    };
  }
  return withGroups(dump, inodes.values());
}

function dumped(fs: OverlayFileSystem, path: string, stat: Stat): Dumped {
  return {
    t: LETTER[stat.kind],
    ...(stat.kind !== "symlink" && { m: stat.mode }),
    u: stat.uid,
    g: stat.gid,
    mt: time(stat.mtime),
    n: stat.nlink,
    ...(stat.kind === "file" && { c: contentText(fs.read(path, root)) }),
    ...(stat.kind === "symlink" && { to: fs.readlink(path, root) }),
    ...(stat.rdev && { rdev: stat.rdev }),
  };
}

/** What stat(2) gives. */
export function statResult(stat: Stat): Dumped & { z?: number } {
  return {
    t: LETTER[stat.kind],
    ...(stat.kind !== "symlink" && { m: stat.mode }),
    u: stat.uid,
    g: stat.gid,
    n: stat.nlink,
    mt: time(stat.mtime),
    ...((stat.kind === "file" || stat.kind === "symlink") && { z: stat.size }),
  };
}

function withGroups(dump: Record<string, Dumped>, groups: Iterable<string[]>): Dump {
  let number = 0;
  const linked = [...groups].filter((paths) => paths.length > 1).map((paths) => paths.sort());
  linked.sort((a, b) => ((a[0] ?? "") < (b[0] ?? "") ? -1 : 1));
  for (const paths of linked) {
    number += 1;
    for (const path of paths) dump[path] = { ...(dump[path] as Dumped), hl: number };
  }
  return dump;
}

function time(mtime: number): number | "now" {
  return mtime >= NOW ? "now" : Math.floor(mtime);
}

/** Traces hold small files; a large one made by truncate is zeros. */
export function contentText(content: Content): string {
  let text = "";
  for (const segment of content.segments) {
    if (segment.kind === "zeros") text += "\0".repeat(segment.size);
    else if (segment.kind === "bytes") for (const byte of segment.bytes) text += String.fromCharCode(byte);
  }
  return text;
}

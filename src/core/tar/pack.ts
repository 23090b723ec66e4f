import type { Credentials, FileSystem, Stat } from "../filesystem/filesystem.ts";
import { named } from "../filesystem/path-error.ts";
import { compareNames } from "../filesystem/name.ts";
import type { LayerEntry } from "../image/layer-entry.ts";

/**
 * What lies at `path` and below it as the entries of a tar, in the order of a lexical walk; a second name of
 * one inode is a hard link. `as`: the name of `path` itself there, "" or "." for its content beside the root.
 * Throws `PathError`. (moby go-archive, Tarballer.Do)
 */
export function packPath(fs: FileSystem, path: string, as: string, who: Credentials): LayerEntry[] {
  const entries: LayerEntry[] = [];
  const first = new Map<number, string>();
  visit(
    path,
    as === "." ? "" : as,
    named("lstat", path, () => fs.lstat(path, who)),
  );
  return entries;

  function visit(at: string, name: string, stat: Stat): void {
    const { mode, uid, gid, mtime } = stat;
    const common = { path: name, mode, uid, gid, mtime };
    if (stat.kind === "directory") {
      entries.push({ ...common, kind: "directory" });
      const inside = at.replace(/\/\.?$/, "");
      const prefix = name !== "" ? `${name}/` : as === "." ? "./" : "";
      const children = named("open", at, () => fs.readdir(at, who)).toSorted((a, b) => compareNames(a.name, b.name));
      for (const child of children) {
        const below = `${inside}/${child.name}`;
        visit(
          below,
          prefix + child.name,
          named("lstat", below, () => fs.lstat(below, who)),
        );
      }
      return;
    }
    const target = stat.nlink > 1 ? first.get(stat.ino) : undefined;
    if (target !== undefined) {
      entries.push({ ...common, kind: "hardlink", target });
      return;
    }
    if (stat.nlink > 1) first.set(stat.ino, name);
    if (stat.kind === "symlink") entries.push({ ...common, kind: "symlink", target: fs.readlink(at, who) });
    else if (stat.kind === "fifo") entries.push({ ...common, kind: "fifo" });
    else if (stat.kind === "file") {
      entries.push({ ...common, kind: "file", content: named("open", at, () => fs.read(at, who)) });
    } else entries.push({ ...common, kind: stat.kind, rdev: stat.rdev ?? [0, 0] });
  }
}

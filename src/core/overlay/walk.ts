import { FileSystemError } from "../filesystem/errno.ts";
import type { Credentials } from "../filesystem/filesystem.ts";
import type { FileTree } from "../filesystem/file-tree.ts";
import { longerThan } from "../filesystem/name.ts";
import { type Dentry, type Found, isFound, lookup, pathOf, rootDentry } from "./dentry.ts";
import type { Lower } from "./lower.ts";
import { EXECUTE, permits } from "./permission.ts";

const NAME_MAX = 255;
export const PATH_MAX = 4096;
/** Links followed in one lookup. (include/linux/namei.h) */
const MAXSYMLINKS = 40;

/** The last component of a path, its directory found and nothing of itself looked up yet. */
export interface Last {
  readonly parent: Found;
  /** "." and ".." and "/" name a directory without having a name of their own. */
  readonly kind: "name" | "dot" | "dotdot" | "root";
  readonly name: string;
  /** A slash follows: only a directory will do. */
  readonly slash: boolean;
}

/** One system call's way along a path, link by link. (fs/namei.c, link_path_walk and path_lookupat) */
export class Walk {
  private links = 0;
  readonly root: Found;

  constructor(
    readonly path: string,
    private readonly who: Credentials,
    lower: Lower,
    private readonly tree: FileTree,
  ) {
    this.root = rootDentry(lower, tree);
    if (path === "") throw this.error("ENOENT");
    if (longerThan(path, PATH_MAX - 1)) throw this.error("ENAMETOOLONG");
  }

  /** Walks to the directory of the last component. */
  last(text: string = this.path, from: Found = this.root): Last {
    let at = text.startsWith("/") ? this.root : from;
    let name = "";
    for (let start = 0; start < text.length; ) {
      const slash = text.indexOf("/", start);
      const end = slash < 0 ? text.length : slash;
      if (end > start) {
        // Another component follows the one before: that was a directory to enter.
        if (name !== "") at = this.enter(at, name);
        name = text.slice(start, end);
      }
      start = end + 1;
    }
    if (name === "") return { parent: at, kind: "root", name, slash: true };
    this.search(at);
    const kind = name === "." ? "dot" : name === ".." ? "dotdot" : "name";
    return { parent: at, kind, name, slash: text.endsWith("/") };
  }

  /** What the last component names; `follow`: not a link itself but what it leads to. */
  end(last: Last, follow: boolean): Dentry {
    const dentry = this.lookup(last);
    if (!isFound(dentry)) return dentry;
    const isLink = dentry.node.kind === "symlink" && (follow || last.slash);
    const found = isLink ? this.follow(dentry) : dentry;
    if (last.slash && isFound(found) && found.node.kind !== "directory") throw this.error("ENOTDIR");
    return found;
  }

  /** The object at the path, or ENOENT. */
  find(follow: boolean): Found {
    const dentry = this.end(this.last(), follow);
    if (!isFound(dentry)) throw this.error("ENOENT");
    return dentry;
  }

  /** Looks the last component up, without following it. */
  lookup(last: Last): Dentry {
    return last.kind === "root" ? last.parent : this.step(last.parent, last.name);
  }

  /** The last component of the path a link holds. */
  lastOf(link: Found): Last {
    if (++this.links > MAXSYMLINKS) throw this.error("ELOOP");
    const target = link.node.kind === "symlink" ? link.node.target : "";
    return this.last(target, link.parent as Found);
  }

  error(code: ConstructorParameters<typeof FileSystemError>[0]): FileSystemError {
    return new FileSystemError(code, this.path);
  }

  /** Absolute, without links, as the events tell it. */
  pathOf(dentry: Dentry): string {
    return pathOf(dentry);
  }

  private follow(link: Found): Dentry {
    return this.end(this.lastOf(link), true);
  }

  private enter(directory: Found, name: string): Found {
    this.search(directory);
    const dentry = this.step(directory, name);
    const found = dentry.node?.kind === "symlink" ? this.follow(dentry as Found) : dentry;
    if (!isFound(found)) throw this.error("ENOENT");
    if (found.node.kind !== "directory") throw this.error("ENOTDIR");
    return found;
  }

  private step(directory: Found, name: string): Dentry {
    if (name === ".") return directory;
    if (name === "..") return (directory.parent as Found | null) ?? directory;
    if (longerThan(name, NAME_MAX)) throw this.error("ENAMETOOLONG");
    return lookup(directory, name, this.tree);
  }

  private search(directory: Found): void {
    if (!permits(directory.node, this.who, EXECUTE)) throw this.error("EACCES");
  }
}

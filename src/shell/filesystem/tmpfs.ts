import { type Content, emptyContent, slice } from "../../core/filesystem/content.ts";
import { FileSystemError } from "../../core/filesystem/errno.ts";
import type { Credentials, OpenFlags, Stat } from "../../core/filesystem/filesystem.ts";
import type { FileTree } from "../../core/filesystem/tree.ts";
import { emptyLower } from "../../core/overlay/lower.ts";
import { OverlayFileSystem } from "../../core/overlay/overlay.ts";
import type { OverlayOptions } from "../../core/overlay/overlay.ts";

const PAGE = 4096;
/** What a directory's size counts for each of its names, "." and ".." among them. (mm/shmem.c, BOGO_DIRENT_SIZE) */
const NAME_SIZE = 20;

const pages = (bytes: number): number => Math.ceil(bytes / PAGE) * PAGE;

/** A tmpfs: files in memory that no layer holds. It gives out whole pages, and ENOSPC when there are no more. (mm/shmem.c) */
export class TmpFileSystem extends OverlayFileSystem {
  /** Bytes, whole pages. */
  readonly size: number;

  constructor(tree: FileTree, size: number, options: OverlayOptions) {
    super(emptyLower, tree, options);
    this.size = pages(size);
  }

  /** Bytes that its files take up. */
  get used(): number {
    let used = 0;
    for (const [, node] of this.upper.inodes()) if (node.kind === "file") used += pages(node.content.size);
    return used;
  }

  override stat(path: string, who: Credentials): Stat {
    return this.#sized(super.stat(path, who));
  }
  override lstat(path: string, who: Credentials): Stat {
    return this.#sized(super.lstat(path, who));
  }

  /** What still fits is written, as by a program that writes block after block. */
  override write(path: string, content: Content, flags: OpenFlags, mode: number, who: Credentials): void {
    const { size, count } = this.upper;
    // At most one page a file is begun and not full.
    const surelyFits = size + count * PAGE + content.size <= this.size;
    if (surelyFits || content.size === 0) return super.write(path, content, flags, mode, who);
    super.write(path, emptyContent, flags, mode, who);
    const { kind, size: before } = this.stat(path, who);
    const again: OpenFlags = { write: true, append: flags.append ?? false };
    if (kind !== "file") return super.write(path, content, again, mode, who);
    const at = flags.append ? before : 0;
    const end = Math.max(before, this.size - this.used + pages(before));
    const fits = Math.max(0, Math.min(content.size, end - at));
    if (fits > 0) super.write(path, slice(content, 0, fits), again, mode, who);
    if (fits < content.size) throw new FileSystemError("ENOSPC", path);
  }

  #sized(stat: Stat): Stat {
    if (stat.kind !== "directory") return stat;
    return { ...stat, size: (this.upper.directory(stat.ino).entries.size + 2) * NAME_SIZE };
  }
}

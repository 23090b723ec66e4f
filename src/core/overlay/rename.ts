import { FileSystemError } from "../filesystem/errno.ts";
import type { Credentials, RenameFlag } from "../filesystem/filesystem.ts";
import {
  type CopiedUp,
  type Dentry,
  type Found,
  isDirectory,
  isEmpty,
  isFound,
  lowerPositive,
  pathOf,
  sameInode,
} from "./dentry.ts";
import { demand, mayCreate, mayDelete, WRITE } from "./permission.ts";
import type { Upper } from "./upper.ts";
import type { Last, Walk } from "./walk.ts";

/** rename(2) and renameat2(2): the VFS's checks in their order, then overlayfs's own. (fs/namei.c, do_renameat2; vfs_rename) */
export function rename(from: Walk, to: Walk, who: Credentials, flag: RenameFlag, upper: Upper): void {
  const oldLast = from.last();
  const newLast = to.last();
  const exchange = flag === "exchange";
  if (oldLast.kind !== "name") throw from.error("EBUSY");
  if (newLast.kind !== "name") throw to.error(flag === "noreplace" ? "EEXIST" : "EBUSY");
  const source = from.lookup(oldLast);
  if (!isFound(source)) throw from.error("ENOENT");
  const target = to.lookup(newLast);
  if (isFound(target)) {
    if (flag === "noreplace") throw to.error("EEXIST");
    if (exchange && newLast.slash && !isDirectory(target)) throw to.error("ENOTDIR");
  } else if (exchange) throw to.error("ENOENT");
  if (!isDirectory(source) && (oldLast.slash || (!exchange && newLast.slash))) throw from.error("ENOTDIR");
  if (within(newLast, source)) throw from.error("EINVAL");
  if (within(oldLast, target)) throw to.error(exchange ? "EINVAL" : "ENOTEMPTY");
  if (isFound(target) && sameInode(source, target)) return;

  mayDelete(source, who, isDirectory(source) ? "directory" : "other");
  if (!isFound(target)) mayCreate(newLast.parent, who);
  else mayDelete(target, who, isDirectory(exchange ? target : source) ? "directory" : "other");
  if (pathOf(oldLast.parent) !== pathOf(newLast.parent)) {
    if (isDirectory(source)) demand(source, who, WRITE);
    if (exchange && isFound(target) && isDirectory(target)) demand(target, who, WRITE);
  }
  upper.mustNotBeBusy(source);
  upper.mustNotBeBusy(target);
  if (flag === "whiteout") throw from.error("EINVAL");
  if (exchange && isFound(target)) swap(source, target, upper);
  else replace(source, target, upper);
}

/** True when the directory of `last` is `dentry` or lies in it. */
function within(last: Last, dentry: Dentry): boolean {
  const path = pathOf(dentry);
  const parent = pathOf(last.parent);
  return parent === path || parent.startsWith(`${path}/`);
}

/** fs/overlayfs/dir.c, ovl_rename, without RENAME_EXCHANGE. */
function replace(source: Found, target: Dentry, upper: Upper): void {
  mustMove(source, target, upper);
  const onto = isFound(target) && isDirectory(target) ? target : null;
  // A directory that only the upper side has is left to the filesystem below, which looks later.
  if (onto?.lower && !isEmpty(onto, upper.tree)) throw new FileSystemError("ENOTEMPTY", pathOf(target));
  const below = lowerPositive(source);
  const moved = upper.copyUp(source, "rename");
  const newParent = upper.copyUp(target.parent as Found, "entries");
  const oldParent = moved.parent as CopiedUp;
  isolate(moved, newParent, upper);
  if (onto && !onto.lower && onto.upper !== null && upper.tree.directory(onto.upper).entries.size > 0) {
    throw new FileSystemError("ENOTEMPTY", pathOf(target));
  }
  upper.clear(newParent.upper, target);
  const from = oldParent.upper;
  upper.tree = upper.tree.move(from, source.name, newParent.upper, target.name);
  upper.emit({ type: "rename", path: pathOf(source), to: pathOf(target), kind: source.node.kind });
  if (below) upper.hide(from, source, below);
  upper.touch(from);
  upper.touch(newParent.upper);
}

function swap(source: Found, target: Found, upper: Upper): void {
  mustMove(source, target, upper);
  mustMove(target, source, upper);
  const one = upper.copyUp(source, "rename");
  const two = upper.copyUp(target, "rename");
  const oneParent = one.parent as CopiedUp;
  const twoParent = two.parent as CopiedUp;
  isolate(one, twoParent, upper);
  isolate(two, oneParent, upper);
  upper.tree = upper.tree.exchange(oneParent.upper, one.name, twoParent.upper, two.name);
  upper.emit({ type: "rename", path: pathOf(source), to: pathOf(target), kind: source.node.kind });
  upper.emit({ type: "rename", path: pathOf(target), to: pathOf(source), kind: target.node.kind });
  upper.touch(oneParent.upper);
  upper.touch(twoParent.upper);
}

/** Without redirect_dir a directory that the layers hold cannot move: the caller copies instead. (overlayfs.rst, "renaming directories") */
function mustMove(dentry: Found, to: Dentry, upper: Upper): void {
  if (!isDirectory(dentry) || !dentry.lower) return;
  const path = pathOf(dentry);
  upper.emit({ type: "exdev", path, to: pathOf(to) });
  throw new FileSystemError("EXDEV", path);
}

/** A directory that comes to lie among merged names must not merge with what the layers have there. */
function isolate(directory: CopiedUp, parent: Found, upper: Upper): void {
  if (directory.node.kind !== "directory" || directory.node.opaque || !parent.lower) return;
  upper.makeOpaque(directory);
}

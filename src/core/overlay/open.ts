import { emptyContent } from "../filesystem/content.ts";
import type { Credentials, OpenFlags } from "../filesystem/filesystem.ts";
import { type Dentry, type Found, isDirectory, isFound } from "./dentry.ts";
import { isDevice } from "./device.ts";
import { OpenFile, type OpenObjects, reads } from "./open-file.ts";
import { demand, mayCreate, owned, READ, withoutSetId, WRITE } from "./permission.ts";
import type { Upper } from "./upper.ts";
import type { Last, Walk } from "./walk.ts";

/** open(2): lookup or creation, the checks, copy-up, truncation, in the kernel's order. (fs/namei.c, path_openat; fs/overlayfs/file.c) */
export function openFile(
  walk: Walk,
  flags: OpenFlags,
  mode: number,
  who: Credentials,
  upper: Upper,
  objects: OpenObjects,
): OpenFile {
  if (flags.create && flags.directory) throw walk.error("EINVAL");
  const place = flags.create ? lookupToCreate(walk, flags) : walk.end(walk.last(), !flags.noFollow);
  if (isFound(place)) return openExisting(walk, place, flags, who, upper, objects);
  if (!flags.create) throw walk.error("ENOENT");
  const parent = place.parent as Found;
  mayCreate(parent, who);
  const attributes = { ...owned(parent, mode, "file", who), mtime: upper.now() };
  const ino = upper.create(place, { kind: "file", content: emptyContent, ...attributes });
  const created: Found = {
    ...place,
    parent: upper.copyUp(parent, "entries"),
    upper: ino,
    lower: null,
    node: upper.node(ino),
  };
  return new OpenFile(objects.hold(created, flags), objects, flags, upper);
}

/** A dangling link is followed to the name that it wants. */
function lookupToCreate(walk: Walk, flags: OpenFlags): Dentry {
  const follows = !flags.noFollow && !flags.exclusive;
  let last: Last = walk.last();
  for (;;) {
    if (last.kind !== "name") return walk.lookup(last);
    if (last.slash) throw walk.error("EISDIR");
    const dentry = walk.lookup(last);
    if (!isFound(dentry) || dentry.node.kind !== "symlink" || !follows) return dentry;
    last = walk.lastOf(dentry);
  }
}

function openExisting(
  walk: Walk,
  found: Found,
  flags: OpenFlags,
  who: Credentials,
  upper: Upper,
  objects: OpenObjects,
): OpenFile {
  const { node } = found;
  if (flags.create && flags.exclusive) throw walk.error("EEXIST");
  if (flags.create && isDirectory(found)) throw walk.error("EISDIR");
  if (flags.directory && !isDirectory(found)) throw walk.error("ENOTDIR");
  if (node.kind === "symlink") throw walk.error("ELOOP");
  const writes = flags.write === true || flags.truncate === true;
  if (writes && isDirectory(found)) throw walk.error("EISDIR");
  demand(found, who, (reads(flags) ? READ : 0) | (writes ? WRITE : 0));
  const unserved = isDevice(node) && objects.driver(node) === undefined;
  // Opens do not wait here: a fifo that nobody reads cannot be written. (fifo(7))
  const unread = node.kind === "fifo" && flags.write && !reads(flags) && !objects.isRead(found);
  if (unserved || unread) throw walk.error("ENXIO");
  if (node.kind !== "file" || !writes) return new OpenFile(objects.hold(found, flags), objects, flags, upper);

  const copied = upper.copyUp(found, flags.truncate ? "truncate" : "write");
  if (flags.truncate) {
    const before = node.content.size;
    const mode = withoutSetId(node, who);
    upper.change(copied.upper, { content: emptyContent, mtime: upper.now(), mode });
    upper.emit({ type: "write", path: walk.pathOf(found), before, size: 0 });
  }
  return new OpenFile(objects.hold(copied, flags), objects, flags, upper);
}

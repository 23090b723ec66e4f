import type { LayerEntry } from "../image/layer-entry.ts";
import { FileSystemError } from "./errno.ts";
import { type FileTree, type Ino, type NewNode, type Node, ROOT } from "./file-tree.ts";
import { compareNames } from "./name.ts";
import { directory, type DraftDirectory, type DraftNode, TreeDraft } from "./tree-draft.ts";

/**
 * The files of one layer from its tar's entries: what an overlay2 layer directory holds after docker
 * has unpacked it. Where the image-spec (layer.md) and docker differ, the spec decides: a whiteout
 * speaks of the layers below only, in whatever order it stands. Missing parents become root's 0755
 * directories. Throws `FileSystemError` (ENOENT, EPERM) for a hard link to what this layer lacks, as
 * docker refuses it.
 */
export function treeFromEntries(entries: readonly LayerEntry[]): FileTree {
  const draft = new TreeDraft();
  // A directory's path as entries wrote it: its inode, as long as the draft has that.
  const known = new Map<string, Ino>();
  for (const entry of entries) apply(draft, entry, known);
  return draft.tree();
}

function apply(draft: TreeDraft, entry: LayerEntry, known: Map<string, Ino>): void {
  const place = locate(draft, entry, known);
  if (place === null) return applyToRoot(draft.root, entry);
  const { parent, name } = place;
  const present = draft.directory(parent).entries.get(name);
  const node = present === undefined ? undefined : draft.node(present);

  switch (entry.kind) {
    case "whiteout":
      if (!node) draft.insert(parent, name, drafted(entry));
      else if (node.kind === "directory") node.opaque = true;
      return;
    case "opaque":
      draft.directory(enter(draft, parent, name, entry.mtime)).opaque = true;
      return;
    case "hardlink": {
      const names = inside(entry.target);
      if (present !== undefined && draft.find(names) === present) return;
      draft.remove(parent, name);
      const target = draft.find(names);
      if (target === undefined) throw new FileSystemError("ENOENT", entry.target);
      const { kind } = draft.node(target);
      if (kind === "directory" || kind === "whiteout") throw new FileSystemError("EPERM", entry.target);
      return draft.link(parent, name, target);
    }
    case "directory":
      return setAttributes(draft.directory(enter(draft, parent, name, entry.mtime)), entry);
    default: {
      const made = drafted(entry);
      if (entry.xattrs) made.xattrs = entry.xattrs;
      draft.insert(parent, name, made);
    }
  }
}

function applyToRoot(root: DraftDirectory, entry: LayerEntry): void {
  if (entry.kind === "opaque") root.opaque = true;
  if (entry.kind === "directory") setAttributes(root, entry);
}

function setAttributes(directory: DraftDirectory, entry: LayerEntry): void {
  directory.mode = entry.mode;
  directory.uid = entry.uid;
  directory.gid = entry.gid;
  directory.mtime = entry.mtime;
  if (entry.xattrs) directory.xattrs = entry.xattrs;
}

type ObjectEntry = Exclude<LayerEntry, { kind: "directory" | "opaque" | "hardlink" }>;

/** The node of an entry; one literal a kind, since spreading costs most of the time a large layer takes. */
function drafted(entry: ObjectEntry): DraftNode {
  const { mode, uid, gid, mtime } = entry;
  const nlink = 0;
  switch (entry.kind) {
    case "file":
      return { kind: "file", mode, uid, gid, mtime, nlink, content: entry.content };
    case "symlink":
      return { kind: "symlink", mode, uid, gid, mtime, nlink, target: entry.target };
    case "fifo":
      return { kind: "fifo", mode, uid, gid, mtime, nlink };
    case "whiteout":
      return { kind: "whiteout", mode: 0, uid: 0, gid: 0, mtime, nlink };
    default:
      return { kind: entry.kind, mode, uid, gid, mtime, nlink, rdev: entry.rdev };
  }
}

/** The directory that a path's last name is in, made where it is missing; null for the root. */
function locate(draft: TreeDraft, { path, mtime }: LayerEntry, known: Map<string, Ino>) {
  const slash = path.lastIndexOf("/");
  const above = slash < 0 ? "" : path.slice(0, slash);
  const last = path.slice(slash + 1);
  const plain = last !== "" && last !== "." && last !== "..";
  const found = plain ? known.get(above) : undefined;
  if (found !== undefined && draft.has(found)) return { parent: found, name: last };
  const names = inside(path);
  const name = names.pop();
  if (name === undefined) return null;
  const parent = names.reduce((at, each) => enter(draft, at, each, mtime), ROOT);
  if (plain) known.set(above, parent);
  return { parent, name };
}

/** The directory `name`, made where it is missing; `mtime` is its time then. */
function enter(draft: TreeDraft, parent: Ino, name: string, mtime: number): Ino {
  const present = draft.directory(parent).entries.get(name);
  const kind = present === undefined ? undefined : draft.node(present).kind;
  if (present !== undefined && kind === "directory") return present;
  // Over a whiteout of this same layer: what the layers below have there stays hidden.
  return draft.insert(parent, name, directory(0o755, 0, 0, mtime, kind === "whiteout"));
}

/** The names of a tar path, held inside the root whatever ".." it has. */
function inside(path: string): string[] {
  const names: string[] = [];
  for (const name of path.split("/")) {
    if (name === "..") names.pop();
    else if (name !== "" && name !== ".") names.push(name);
  }
  return names;
}

export function whiteout(mtime: number): NewNode {
  return { kind: "whiteout", mode: 0, uid: 0, gid: 0, mtime };
}

/**
 * The entries of the tar that `docker commit` makes of an upper directory with the overlay2 driver:
 * a lexical walk without the root, everything the upper directory holds. A whiteout stands at its
 * NAME's place with mode 0600; an opaque directory is followed at once by its marker (permission bits
 * of the directory, time 0); later names of an inode are hard links. (moby go-archive, `Tarballer.Do`,
 * `overlayWhiteoutConverter.ConvertWrite`)
 */
export function entriesFromTree(tree: FileTree): LayerEntry[] {
  const entries: LayerEntry[] = [];
  const first = new Map<Ino, string>();
  for (const { path, ino, node } of walk(tree)) {
    if (path === "") continue;
    const common = attributes(path, node);
    if (node.kind === "whiteout") {
      entries.push({ ...common, mode: 0o600, kind: "whiteout" });
      continue;
    }
    const target = first.get(ino);
    if (target !== undefined) {
      entries.push({ ...common, kind: "hardlink", target });
      continue;
    }
    if (node.kind !== "directory" && node.nlink > 1) first.set(ino, path);
    if (node.kind === "file") entries.push({ ...common, kind: "file", content: node.content });
    else if (node.kind === "symlink") entries.push({ ...common, kind: "symlink", target: node.target });
    else if (node.kind === "directory") {
      entries.push({ ...common, kind: "directory" });
      if (node.opaque) {
        const { uid, gid } = common;
        entries.push({ path, uid, gid, mode: common.mode & 0o777, mtime: 0, kind: "opaque" });
      }
    } else if (node.kind === "fifo") entries.push({ ...common, kind: "fifo" });
    else entries.push({ ...common, kind: node.kind, rdev: node.rdev });
  }
  return entries;
}

function attributes(path: string, node: Node) {
  const { mode, uid, gid, mtime, xattrs } = node;
  return { path, mode, uid, gid, mtime, ...(xattrs && { xattrs }) };
}

export interface Walked {
  /** As in {@link LayerEntry}: no leading slash, "" is the root. */
  readonly path: string;
  readonly ino: Ino;
  readonly node: Node;
}

/** Every name of the tree, a directory before what is in it, siblings in byte order. */
export function* walk(tree: FileTree): Generator<Walked> {
  const todo: Walked[] = [{ path: "", ino: ROOT, node: tree.root }];
  for (let next = todo.pop(); next; next = todo.pop()) {
    yield next;
    const { path, node } = next;
    if (node.kind !== "directory") continue;
    // The last one put here is the next one out.
    for (const [name, ino] of [...node.entries].sort((a, b) => compareNames(b[0], a[0]))) {
      todo.push({ path: path === "" ? name : `${path}/${name}`, ino, node: tree.node(ino) });
    }
  }
}

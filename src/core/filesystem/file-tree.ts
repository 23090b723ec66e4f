import { Map } from "immutable";
import type { Content } from "./content.ts";
import { InodeTable } from "./inode-table.ts";

/** An inode number, unique in its tree. */
export type Ino = number;

interface Attributes {
  /** Permission bits with set-id and sticky. */
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  /** Seconds since 1970, with a fraction where there is one. */
  readonly mtime: number;
  /** Names of this inode; for a directory 2 and its subdirectories, as ext4 counts. */
  readonly nlink: number;
  /** Values as latin1, one char a byte. */
  readonly xattrs?: Readonly<Record<string, string>>;
  /** What `st_ino` shows after a copy-up: the lower object's number (trusted.overlay.origin). */
  readonly origin?: number;
}

export interface DirectoryNode extends Attributes {
  readonly kind: "directory";
  readonly entries: Map<string, Ino>;
  /** trusted.overlay.opaque=y: nothing of the layers below shows through. */
  readonly opaque: boolean;
}
export interface FileNode extends Attributes {
  readonly kind: "file";
  readonly content: Content;
}
export interface SymlinkNode extends Attributes {
  readonly kind: "symlink";
  readonly target: string;
}
export interface DeviceNode extends Attributes {
  readonly kind: "character" | "block";
  readonly rdev: readonly [major: number, minor: number];
}
export interface FifoNode extends Attributes {
  readonly kind: "fifo";
}
/** The character device 0:0 that hides a name of the layers below. (overlayfs.rst, "whiteouts and opaque directories") */
export interface WhiteoutNode extends Attributes {
  readonly kind: "whiteout";
}

/** What a process can see. */
export type VisibleNode = DirectoryNode | FileNode | SymlinkNode | DeviceNode | FifoNode;
export type Node = VisibleNode | WhiteoutNode;
/** A node before it has a name. */
export type NewNode = Node extends infer N ? (N extends Node ? Omit<N, "nlink" | "entries"> : never) : never;
/** What chmod, chown, utimes, a write or an opaque mark change. */
export interface NodeChange {
  readonly mode?: number;
  readonly uid?: number;
  readonly gid?: number;
  readonly mtime?: number;
  readonly content?: Content;
  readonly opaque?: boolean;
  readonly xattrs?: Readonly<Record<string, string>>;
}

export const ROOT: Ino = 1;

/**
 * One layer's files: an immutable table of inodes, and directories that name them, so hard links are
 * real. Both share structure: a change makes a new tree in O(log n), and the old one stays valid. A tree of the upper directory holds whiteouts and opaque marks as overlayfs does.
 */
export class FileTree {
  private constructor(
    private readonly nodes: InodeTable<Node>,
    private readonly next: Ino,
    /** Bytes of its regular files, each inode once. */
    readonly size: number,
  ) {}

  /** A tree of a root directory alone, root:root 0755. */
  static fresh(mtime: number): FileTree {
    const root: DirectoryNode = {
      kind: "directory",
      mode: 0o755,
      uid: 0,
      gid: 0,
      mtime,
      nlink: 2,
      entries: Map(),
      opaque: false,
    };
    return new FileTree(InodeTable.from<Node>([undefined, root]), ROOT + 1, 0);
  }

  /** Throws `RangeError` for a number this tree does not have: a fault of the caller, not of a user. */
  node(ino: Ino): Node {
    const node = this.nodes.get(ino);
    if (!node) throw new RangeError(`no inode ${ino}`);
    return node;
  }

  has(ino: Ino): boolean {
    return this.nodes.get(ino) !== undefined;
  }

  directory(ino: Ino): DirectoryNode {
    const node = this.node(ino);
    if (node.kind !== "directory") throw new RangeError(`inode ${ino} is no directory`);
    return node;
  }

  get root(): DirectoryNode {
    return this.directory(ROOT);
  }

  /** How many inodes. */
  get count(): number {
    return this.nodes.size;
  }

  child(directory: Ino, name: string): Ino | undefined {
    return this.directory(directory).entries.get(name);
  }

  /** Follows directories only; undefined when there is nothing. */
  find(names: readonly string[]): Ino | undefined {
    let at: Ino | undefined = ROOT;
    for (const name of names) {
      const node: Node = this.node(at);
      at = node.kind === "directory" ? node.entries.get(name) : undefined;
      if (at === undefined) return undefined;
    }
    return at;
  }

  /** Puts a new object at a free name. */
  insert(directory: Ino, name: string, created: NewNode): { tree: FileTree; ino: Ino } {
    const ino = this.next;
    const node: Node =
      created.kind === "directory" ? { ...created, nlink: 2, entries: Map() } : { ...created, nlink: 1 };
    const size = this.size + (node.kind === "file" ? node.content.size : 0);
    const added = new FileTree(this.nodes.set(ino, node), ino + 1, size);
    return { tree: added.attach(directory, name, ino), ino };
  }

  /** Gives an inode one more name, which must be free. */
  bind(directory: Ino, name: string, ino: Ino): FileTree {
    const node = this.node(ino);
    const attached = this.attach(directory, name, ino);
    if (node.kind === "directory") return attached;
    return new FileTree(attached.nodes.set(ino, { ...node, nlink: node.nlink + 1 }), this.next, this.size);
  }

  /** Takes a name away, and with its last name the inode; a directory goes with all that is in it. */
  unbind(directory: Ino, name: string): FileTree {
    const ino = this.child(directory, name);
    if (ino === undefined) return this;
    const node = this.node(ino);
    const inner = node.kind === "directory" ? [...node.entries.keys()] : [];
    const tree = inner.reduce((rest: FileTree, each) => rest.unbind(ino, each), this).detach(directory, name);
    if (node.kind !== "directory" && node.nlink > 1) {
      return new FileTree(tree.nodes.set(ino, { ...node, nlink: node.nlink - 1 }), this.next, tree.size);
    }
    const freed = node.kind === "file" ? node.content.size : 0;
    return new FileTree(tree.nodes.set(ino, undefined), this.next, tree.size - freed);
  }

  /** Moves a name; what stood at the new one must be gone. The inode keeps its number. */
  move(from: Ino, name: string, to: Ino, newName: string): FileTree {
    const ino = this.child(from, name);
    if (ino === undefined) throw new RangeError(`no ${name} in inode ${from}`);
    return this.detach(from, name).attach(to, newName, ino);
  }

  /** Two names trade their inodes. */
  exchange(one: Ino, oneName: string, two: Ino, twoName: string): FileTree {
    const first = this.child(one, oneName);
    const second = this.child(two, twoName);
    if (first === undefined || second === undefined) throw new RangeError(`no ${oneName} or no ${twoName}`);
    return this.detach(one, oneName).detach(two, twoName).attach(one, oneName, second).attach(two, twoName, first);
  }

  private detach(directory: Ino, name: string): FileTree {
    const parent = this.directory(directory);
    const ino = parent.entries.get(name) as Ino;
    const nlink = parent.nlink - (this.node(ino).kind === "directory" ? 1 : 0);
    const without = { ...parent, entries: parent.entries.delete(name), nlink };
    return new FileTree(this.nodes.set(directory, without), this.next, this.size);
  }

  private attach(directory: Ino, name: string, ino: Ino): FileTree {
    const parent = this.directory(directory);
    const nlink = parent.nlink + (this.node(ino).kind === "directory" ? 1 : 0);
    const added = { ...parent, entries: parent.entries.set(name, ino), nlink };
    return new FileTree(this.nodes.set(directory, added), this.next, this.size);
  }

  change(ino: Ino, change: NodeChange): FileTree {
    const node = this.node(ino);
    const before = node.kind === "file" ? node.content.size : 0;
    const after = node.kind === "file" && change.content ? change.content.size : before;
    return new FileTree(this.nodes.set(ino, { ...node, ...change } as Node), this.next, this.size + after - before);
  }

  *inodes(): Generator<[Ino, Node]> {
    for (let ino = ROOT; ino < this.next; ino++) {
      const node = this.nodes.get(ino);
      if (node) yield [ino, node];
    }
  }

  /** The inodes that are not the same in both, those of one alone too, ascending. Costs what the trees do not share. */
  static changed(before: FileTree, after: FileTree): Ino[] {
    return before.nodes.differences(after.nodes);
  }

  /** The inverse of reading `inodes()`; trusts its caller. */
  static from(inodes: Iterable<[Ino, Node]>): FileTree {
    const nodes: (Node | undefined)[] = [];
    let size = 0;
    for (const [ino, node] of inodes) {
      nodes[ino] = node;
      if (node.kind === "file") size += node.content.size;
    }
    return new FileTree(InodeTable.from(nodes), Math.max(nodes.length, ROOT + 1), size);
  }
}

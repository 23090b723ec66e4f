import { diff } from "../../core/container/diff.ts";
import type { FileTree, Ino, Node } from "../../core/filesystem/file-tree.ts";
import { ROOT } from "../../core/filesystem/file-tree.ts";
import { compareNames } from "../../core/filesystem/name.ts";
import { emptyTree } from "../../core/filesystem/tree.ts";
import { type Found, isFound, list, lookup, rootDentry } from "../../core/overlay/dentry.ts";
import { type Lower, lowerIno } from "../../core/overlay/lower.ts";
import type { StackTarget } from "../stack-view.ts";
import type { EngineState } from "../state.ts";
import { visibleIn } from "./file.ts";
import { type FlatTree, MOUNT, OPAQUE, OUTSIDE } from "./flat-tree.ts";
import { type PlateRef, platesOf, viewOfPlates } from "./plates.ts";
import { mountsOf, sizeOf, treeOfMount } from "./xray.ts";

const LETTERS = { directory: "d", file: "-", symlink: "l", character: "c", block: "b", fifo: "p", whiteout: "w" };

/** What the writable layer, or in an image the topmost of several, did to what is below it; or one layer by itself. */
export function listTree(state: EngineState, target: StackTarget, layer: PlateRef | null): FlatTree | null {
  const plates = platesOf(state, target);
  if (!plates) return null;
  const refs = plates.map((plate) => plate.layer);
  const index = layer === null ? plates.length - 1 : refs.indexOf(layer);
  const plate = plates[index];
  if (!plate) return null;
  const { lower: below } = viewOfPlates(state, target, index);
  const marks = index === 0 && layer === null ? [] : diff(below, plate.tree);
  const writer = new Writer(refs, new Map(marks.map(([mark, path]) => [path, mark])));
  if (layer !== null) writer.tree(plate.tree, ROOT, "", "", index);
  else new Merged(state, target, writer, below, index).write();
  return writer.done();
}

interface Entry {
  readonly name: string;
  /** Without the root's slash: "" is the root. */
  readonly path: string;
  readonly node: Node;
  readonly row: number;
  readonly flags?: number;
  readonly size?: number;
}

const whiteout: Node = { kind: "whiteout", mode: 0, uid: 0, gid: 0, mtime: 0, nlink: 1 };

/** Puts entries into the columns as they come. */
class Writer {
  readonly #names: string[] = [];
  readonly #kinds: string[] = [];
  readonly #marks: string[] = [];
  readonly #flags: number[] = [];
  readonly #ends: number[] = [];
  readonly #sizes: number[] = [];
  readonly #rows: number[] = [];
  readonly #counted = new Set<number>();

  constructor(
    private readonly plates: readonly PlateRef[],
    readonly marked: ReadonlyMap<string, string>,
  ) {}

  /** `inside` writes what is in it. `inode`: of a file with several names, so that its bytes count once. */
  entry(
    { name, path, node, row, flags = 0, size = sizeOf(node) }: Entry,
    inode: number | null,
    inside?: () => void,
  ): void {
    const at = this.#names.length;
    const again = inode !== null && this.#counted.has(inode);
    if (inode !== null) this.#counted.add(inode);
    this.#names.push(name);
    this.#kinds.push(LETTERS[node.kind]);
    this.#marks.push(node.kind === "whiteout" ? "D" : (this.marked.get(path) ?? " "));
    this.#flags.push(flags | (node.kind === "directory" && node.opaque ? OPAQUE : 0));
    this.#rows.push(row);
    this.#sizes.push(node.kind === "directory" ? 0 : size);
    this.#ends.push(0);
    inside?.();
    this.#ends[at] = this.#names.length;
    if (node.kind === "directory") this.#sizes[at] = this.#within(at);
    // Counted where its first name is; the others show their size and add nothing.
    else if (again) this.#again.add(at);
  }

  readonly #again = new Set<number>();

  #within(at: number): number {
    let sum = 0;
    for (let child = at + 1; child < this.#names.length; child = this.#ends[child] as number) {
      if (this.#kinds[child] !== "w" && !this.#again.has(child)) sum += this.#sizes[child] as number;
    }
    return sum;
  }

  /** All of a tree from one of its directories on. */
  tree(tree: FileTree, ino: Ino, name: string, path: string, row: number, flags = 0): void {
    const node = tree.node(ino);
    const inode = node.kind === "file" && node.nlink > 1 ? ino : null;
    this.entry({ name, path, node, row, flags }, inode, () => {
      if (node.kind !== "directory") return;
      for (const [each, child] of [...node.entries].sort((a, b) => compareNames(a[0], b[0]))) {
        this.tree(tree, child, each, `${path}/${each}`, row);
      }
    });
  }

  done(): FlatTree {
    return {
      plates: this.plates,
      names: this.#names.join("/"),
      kinds: this.#kinds.join(""),
      marks: this.#marks.join(""),
      flags: Uint8Array.from(this.#flags),
      ends: Uint32Array.from(this.#ends),
      sizes: Float64Array.from(this.#sizes),
      rows: Uint8Array.from(this.#rows),
    };
  }
}

/** What one sees looking down, mounts in front, and the ghosts of what the top plate deletes. */
class Merged {
  readonly #upper: FileTree;
  readonly #root: Found;
  readonly #ghosts = new Map<string, string[]>();
  readonly #mounts: ReadonlyMap<string, FileTree | null>;

  constructor(
    state: EngineState,
    target: StackTarget,
    private readonly writer: Writer,
    private readonly below: Lower,
    private readonly top: number,
  ) {
    const view = viewOfPlates(state, target);
    this.#upper = view.upper;
    this.#root = rootDentry(view.lower, view.upper);
    this.#mounts = new Map(mountsOf(state, target).map(({ at, mount }) => [at, treeOfMount(state, mount)]));
    for (const [path, mark] of writer.marked) {
      if (mark !== "D") continue;
      const slash = path.lastIndexOf("/");
      const [directory, name] = [path.slice(0, slash), path.slice(slash + 1)];
      this.#ghosts.set(directory, [...(this.#ghosts.get(directory) ?? []), name]);
    }
  }

  write(): void {
    this.#visit(this.#root, "", "");
  }

  #visit(dentry: Found, name: string, path: string): void {
    const { node } = dentry;
    const mounted = this.#mounts.get(path);
    if (mounted !== undefined) return this.writer.tree(mounted ?? emptyTree, ROOT, name, path, OUTSIDE, MOUNT);
    const row = dentry.upper !== null ? this.top : (dentry.lower?.layer ?? this.top);
    const several = node.kind === "file" && node.nlink > 1;
    const inode = several ? (dentry.upper ?? (dentry.lower ? lowerIno(dentry.lower) : null)) : null;
    this.writer.entry({ name, path, node, row }, inode, () => {
      if (node.kind !== "directory") return;
      const listed = list(dentry, this.#upper).map((entry) => ({ name: entry.name, ghost: false }));
      const ghosts = (this.#ghosts.get(path) ?? []).map((each) => ({ name: each, ghost: true }));
      const all = ghosts.length === 0 ? listed : [...listed, ...ghosts].sort((a, b) => compareNames(a.name, b.name));
      for (const { name: each, ghost } of all) {
        const at = `${path}/${each}`;
        if (ghost) this.#ghost(each, at);
        else {
          const child = lookup(dentry, each, this.#upper);
          if (isFound(child)) this.#visit(child, each, at);
        }
      }
    });
  }

  /** What was there keeps its size, so that one sees how big it was. */
  #ghost(name: string, path: string): void {
    const old = visibleIn({ lower: this.below, upper: emptyTree }, path);
    const size = old?.kind === "file" ? old.content.size : 0;
    this.writer.entry({ name, path, node: whiteout, row: this.top, size }, null);
  }
}

import type { PackageEntry } from "../../src/content/packages/format.ts";

/** A node of the root filesystem under construction. */
export type Node =
  | {
      readonly kind: "file";
      readonly mode: number;
      readonly uid: number;
      readonly gid: number;
      readonly mtime: number;
      /** Bytes of text, or a number of zeros. */
      readonly content: string | number;
    }
  | {
      readonly kind: "directory";
      readonly mode: number;
      readonly uid: number;
      readonly gid: number;
      readonly mtime: number;
    }
  | { readonly kind: "symlink"; readonly target: string; readonly mtime: number }
  | { readonly kind: "hardlink"; readonly target: string; readonly mtime: number };

/**
 * The merged root while layers are laid on each other: what is there decides where a package's path
 * goes, because `bin/bash` lands in `usr/bin/bash` where `bin` is a symbolic link.
 */
export class Root {
  readonly #lower: ReadonlyMap<string, Node>;
  readonly #upper = new Map<string, Node>();
  readonly #removed = new Set<string>();

  constructor(lower: ReadonlyMap<string, Node>) {
    this.#lower = lower;
  }

  get(path: string): Node | undefined {
    return this.#upper.get(path) ?? (this.#removed.has(path) ? undefined : this.#lower.get(path));
  }

  /** The layer: what was put, with the directories above it, parents first. */
  layer(): Map<string, Node> {
    return new Map([...this.#upper].sort(([a], [b]) => comparePaths(a, b)));
  }

  /** Lower and upper as one. */
  merged(): Map<string, Node> {
    const all = new Map([...this.#lower].filter(([path]) => !this.#removed.has(path)));
    for (const [path, node] of this.#upper) all.set(path, node);
    return all;
  }

  get removed(): readonly string[] {
    return [...this.#removed].sort(comparePaths);
  }

  /** Follows symbolic links in the directories of `path`. */
  resolve(path: string, depth = 0): string {
    if (depth > 40) throw new Error(`${path}: too many levels of symbolic links`);
    const parts = path.split("/");
    let at = "";
    for (const [index, part] of parts.slice(0, -1).entries()) {
      at = at === "" ? part : `${at}/${part}`;
      const node = this.get(at);
      if (node?.kind !== "symlink") continue;
      const rest = parts.slice(index + 1);
      const base = node.target.startsWith("/") ? [] : at.split("/").slice(0, -1);
      const real: string[] = base;
      for (const step of node.target.split("/")) {
        if (step === "..") real.pop();
        else if (step !== "" && step !== ".") real.push(step);
      }
      return this.resolve([...real, ...rest].join("/"), depth + 1);
    }
    return path;
  }

  /** Puts an entry. A directory never replaces a directory or a link to one unless `override`. */
  put(entry: PackageEntry, mtime: number, texts: Readonly<Record<string, string>>, override = false): void {
    const path = this.resolve(entry.path);
    const there = this.get(path);
    if (entry.kind === "directory") {
      if (there?.kind === "symlink") return;
      if (there?.kind === "directory" && !override) return;
      this.set(path, { kind: "directory", mode: entry.mode, uid: entry.uid, gid: entry.gid, mtime });
    } else if (entry.kind === "symlink") {
      if (there?.kind === "directory") throw new Error(`${entry.path}: a link where a directory is`);
      this.set(path, { kind: "symlink", target: entry.target, mtime });
    } else if (entry.kind === "hardlink") {
      this.set(path, { kind: "hardlink", target: this.resolve(entry.target), mtime });
    } else {
      const content = entry.size ?? texts[entry.path];
      if (content === undefined) throw new Error(`${entry.path}: no text`);
      this.set(path, { kind: "file", mode: entry.mode, uid: entry.uid, gid: entry.gid, mtime, content });
    }
  }

  /** Puts a text of root's, mode 0644 unless it was there with another. */
  putText(path: string, content: string, mtime: number, mode = 0o644): void {
    const there = this.get(path);
    const owner = there?.kind === "file" ? there : { mode, uid: 0, gid: 0 };
    this.set(path, { kind: "file", mode: owner.mode, uid: owner.uid, gid: owner.gid, mtime, content });
  }

  /** The text at `path`; "" where there is none. */
  text(path: string): string {
    const node = this.get(path);
    return node?.kind === "file" && typeof node.content === "string" ? node.content : "";
  }

  remove(path: string): void {
    if (!this.#lower.has(path)) throw new Error(`${path}: nothing to hide in the layers below`);
    for (const known of this.#lower.keys()) {
      if (known === path || known.startsWith(`${path}/`)) this.#removed.add(known);
    }
    for (const known of this.#upper.keys()) {
      if (known === path || known.startsWith(`${path}/`)) throw new Error(`${known}: hidden and put in one layer`);
    }
  }

  private set(path: string, node: Node): void {
    const slash = path.lastIndexOf("/");
    if (slash > 0) this.#parent(path.slice(0, slash), node.mtime);
    this.#upper.set(path, node);
  }

  /** A layer's tar names every directory above what it holds, with the attributes it has. */
  #parent(path: string, mtime: number): void {
    if (this.#upper.has(path)) return;
    const slash = path.lastIndexOf("/");
    if (slash > 0) this.#parent(path.slice(0, slash), mtime);
    const there = this.get(path);
    if (there !== undefined && there.kind !== "directory") throw new Error(`${path}: not a directory`);
    this.#upper.set(path, there ?? { kind: "directory", mode: 0o755, uid: 0, gid: 0, mtime });
  }
}

/** Parents before children, siblings by code unit: the order of a walk. */
export function comparePaths(a: string, b: string): number {
  const x = a.split("/");
  const y = b.split("/");
  for (let i = 0; i < Math.min(x.length, y.length); i++) {
    const p = x[i] ?? "";
    const q = y[i] ?? "";
    if (p !== q) return p < q ? -1 : 1;
  }
  return x.length - y.length;
}

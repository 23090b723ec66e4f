import type { FlatTree } from "./flat-tree.ts";

/** What of a tree is asked for. A filter shows what it meets and the directories above it. */
export interface TreeQuestion {
  /** Only entries with one of these marks; empty: all. */
  readonly marks: string;
  /** Part of a name, or with "*" or "?" a pattern for it; with "/" for the whole path. Case does not matter. */
  readonly name: string;
  /** Bytes that a file must have, or a directory hold. */
  readonly minimum: number;
  readonly sort: "name" | "size";
  /** Directories that are the other way round: opened, and while something is asked for closed. */
  readonly turned: ReadonlySet<number>;
}

/** A tree that has come over, with what one needs to go up and down in it. */
export class TreeRows {
  readonly names: readonly string[];
  /** Index of the directory an entry is in; the root's is -1. */
  readonly parents: Int32Array;

  constructor(readonly flat: FlatTree) {
    this.names = flat.names.split("/");
    const { length } = this.names;
    this.parents = new Int32Array(length).fill(-1);
    for (let directory = 0; directory < length; directory++) {
      for (let child = directory + 1; child < this.end(directory); child = this.end(child)) {
        this.parents[child] = directory;
      }
    }
  }

  /** How many entries, the root not counted. */
  get count(): number {
    return this.names.length - 1;
  }

  end(entry: number): number {
    return this.flat.ends[entry] ?? entry + 1;
  }

  isDirectory(entry: number): boolean {
    return this.flat.kinds[entry] === "d";
  }

  path(entry: number): string {
    const names: string[] = [];
    for (let at = entry; at > 0; at = this.parents[at] ?? -1) names.unshift(this.names[at] ?? "");
    return `/${names.join("/")}`;
  }

  depth(entry: number): number {
    let depth = 0;
    for (let at = entry; at > 0; at = this.parents[at] ?? -1) depth += 1;
    return depth;
  }

  /** The entry with that path; -1 when there is none. */
  find(path: string): number {
    let at = 0;
    for (const name of path.split("/").filter((each) => each !== "")) {
      let child = at + 1;
      while (child < this.end(at) && this.names[child] !== name) child = this.end(child);
      if (child >= this.end(at)) return -1;
      at = child;
    }
    return at;
  }

  isOpen(entry: number, question: TreeQuestion): boolean {
    return this.isDirectory(entry) && question.turned.has(entry) !== isAsking(question);
  }

  /** What `turned` is when every directory is open, or every one closed. */
  allTurned(open: boolean, question: TreeQuestion): ReadonlySet<number> {
    const turned = new Set<number>();
    if (open === isAsking(question)) return turned;
    for (let entry = 1; entry <= this.count; entry++) if (this.isDirectory(entry)) turned.add(entry);
    return turned;
  }

  /** The entries to show, in their order, the root left out. */
  rows(question: TreeQuestion): number[] {
    const kept = isAsking(question) ? this.#kept(question) : null;
    return question.sort === "size" ? this.#bySize(question, kept) : this.#byName(question, kept);
  }

  /** They lie in this order. */
  #byName(question: TreeQuestion, kept: Uint8Array | null): number[] {
    const rows: number[] = [];
    for (let entry = 1; entry <= this.count; ) {
      const shown = !kept || kept[entry] === 1;
      if (shown) rows.push(entry);
      entry = shown && this.isOpen(entry, question) ? entry + 1 : this.end(entry);
    }
    return rows;
  }

  #bySize(question: TreeQuestion, kept: Uint8Array | null): number[] {
    const rows: number[] = [];
    const todo: number[] = [0];
    for (let entry = todo.pop(); entry !== undefined; entry = todo.pop()) {
      if (entry !== 0) rows.push(entry);
      if (entry !== 0 && !this.isOpen(entry, question)) continue;
      const children: number[] = [];
      for (let child = entry + 1; child < this.end(entry); child = this.end(child)) {
        if (!kept || kept[child]) children.push(child);
      }
      // The smallest lies deepest on the pile; of equals the first comes first.
      children.sort((a, b) => (this.flat.sizes[a] ?? 0) - (this.flat.sizes[b] ?? 0) || b - a);
      for (const child of children) todo.push(child);
    }
    return rows;
  }

  /** How many entries meet what is asked for. */
  met(question: TreeQuestion): number {
    return this.#met(question).reduce((sum, one) => sum + one, 0);
  }

  #met({ marks, name, minimum }: TreeQuestion): Uint8Array {
    const { flat } = this;
    const met = new Uint8Array(this.names.length);
    const pattern = name === "" ? null : patternOf(name);
    const wholePath = name.includes("/");
    for (let entry = 1; entry < met.length; entry++) {
      if (marks !== "" && !marks.includes(flat.marks[entry] as string)) continue;
      if (minimum > 0 && ((flat.sizes[entry] ?? 0) < minimum || this.isDirectory(entry))) continue;
      if (pattern && !pattern.test(wholePath ? this.path(entry) : (this.names[entry] as string))) continue;
      met[entry] = 1;
    }
    return met;
  }

  #kept(question: TreeQuestion): Uint8Array {
    const kept = this.#met(question);
    // What is in a directory comes after it.
    for (let entry = kept.length - 1; entry > 0; entry--) if (kept[entry]) kept[this.parents[entry] as number] = 1;
    return kept;
  }
}

export function isAsking({ marks, name, minimum }: TreeQuestion): boolean {
  return marks !== "" || name !== "" || minimum > 0;
}

function patternOf(name: string): RegExp {
  const escaped = name.replaceAll(/[.+^${}()|[\]\\]/g, "\\$&");
  if (!/[*?]/.test(name)) return new RegExp(escaped, "i");
  return new RegExp(`^${escaped.replaceAll("*", ".*").replaceAll("?", ".")}$`, "i");
}

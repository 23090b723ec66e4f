import type { NodeKind } from "../filesystem/filesystem.ts";
import { type FileTree, type Ino, type Node, ROOT } from "../filesystem/file-tree.ts";
import { compareNames, nameLength } from "../filesystem/name.ts";
import { split } from "../filesystem/path.ts";

/** One directory of a stack, seen from the side: what each layer holds at each name. Rows are counted from the top, 0 first. */
export interface DirectoryView {
  /** Names the top row touches first, then those that are wanted, then by name; at most `limit`. */
  readonly columns: readonly ColumnView[];
  /** The rest, by the row that supplies them, in row order. */
  readonly folded: readonly { readonly row: number; readonly count: number }[];
}
export interface ColumnView {
  readonly name: string;
  readonly merged: {
    readonly kind: NodeKind;
    /** Bytes of a file; entries of a directory in the row that supplies it. */
    readonly size: number;
    readonly row: number;
    /** How many rows a directory is merged from; 1 for all else. */
    readonly mergedFrom: number;
  } | null;
  readonly cells: readonly CellView[];
}
export interface CellView {
  readonly row: number;
  readonly kind: NodeKind | "whiteout";
  readonly size: number;
  readonly opaque: boolean;
  readonly hidden: boolean;
  /** The writable layer has it from a layer below (trusted.overlay.origin). Left out: made anew, or not known. */
  readonly copiedUp?: true;
}

interface Row {
  readonly row: number;
  readonly tree: FileTree;
  readonly directory: Ino;
  /** Something above hides this whole directory. */
  readonly hidden: boolean;
}

/**
 * @param lowers bottom first
 * @param upper the writable layer, row 0 when there is one
 * @param path absolute, without links
 * @param wanted names that come before others of their kind
 */
export function directoryView(
  lowers: readonly FileTree[],
  upper: FileTree | null,
  path: string,
  limit: number,
  wanted: ReadonlySet<string> = new Set(),
): DirectoryView {
  const stack = lowers.toReversed();
  if (upper) stack.unshift(upper);
  const rows = openRows(stack, split(path));
  const supplier = suppliers(rows);
  const changed: string[] = [];
  const plain: string[] = [];
  const asked: string[] = [];
  const top = upper ? 0 : -1;
  for (const [name, row] of supplier) (row === top ? changed : wanted.has(name) ? asked : plain).push(name);
  changed.sort(compareNames);
  changed.push(...asked.sort(compareNames));
  // All names of a directory of 10,000 need not be sorted to show the first of them.
  const room = Math.max(0, limit - changed.length);
  const shown = [...changed.slice(0, limit), ...smallest(plain, room)];
  const columns = shown.map((name) => column(name, rows, upper));
  return { columns, folded: fold(supplier, new Set(shown)) };
}

/** The directory in each layer that has it, topmost first, and whether it can be seen there. */
function openRows(stack: readonly FileTree[], names: readonly string[]): Row[] {
  const rows: Row[] = [];
  // For each depth of the path, whether a row above ended what can be seen from there on.
  let ended = Number.POSITIVE_INFINITY;
  stack.forEach((tree, row) => {
    let at: Ino | undefined = ROOT;
    let end = Number.POSITIVE_INFINITY;
    for (let depth = 0; ; depth++) {
      const node: Node | undefined = at === undefined ? undefined : tree.node(at);
      if (!node) break;
      if (node.kind !== "directory" || node.opaque) end = Math.min(end, depth);
      if (node.kind !== "directory") break;
      if (depth === names.length) {
        rows.push({ row, tree, directory: at as Ino, hidden: ended <= depth });
        break;
      }
      at = node.entries.get(names[depth] as string);
    }
    ended = Math.min(ended, end);
  });
  return rows;
}

/** For each name the row that decides it: the topmost one that is seen and has it, or hides it. */
function suppliers(rows: readonly Row[]): Map<string, number> {
  const supplier = new Map<string, number>();
  for (const { row, tree, directory } of rows) {
    for (const name of tree.directory(directory).entries.keys()) if (!supplier.has(name)) supplier.set(name, row);
  }
  return supplier;
}

function column(name: string, rows: readonly Row[], upper: FileTree | null): ColumnView {
  const cells: CellView[] = [];
  let top: { kind: NodeKind; size: number; row: number } | null = null;
  let mergedFrom = 0;
  let ended = false;
  for (const { row, tree, directory, hidden } of rows) {
    const ino = tree.child(directory, name);
    if (ino === undefined) continue;
    const node = tree.node(ino);
    const opaque = node.kind === "directory" && node.opaque;
    // Under a directory only directories show through; a file or a whiteout below ends it unseen.
    const covered = hidden || ended || (top !== null && node.kind !== "directory");
    const copiedUp = tree === upper && node.origin !== undefined;
    cells.push({ row, kind: node.kind, size: sizeOf(node), opaque, hidden: covered, ...(copiedUp && { copiedUp }) });
    if (hidden || ended) continue;
    if (node.kind !== "whiteout" && !covered) {
      top ??= { kind: node.kind, size: sizeOf(node), row };
      mergedFrom += 1;
    }
    ended = node.kind !== "directory" || opaque;
  }
  return { name, merged: top && { ...top, mergedFrom }, cells };
}

function sizeOf(node: Node): number {
  if (node.kind === "file") return node.content.size;
  if (node.kind === "symlink") return nameLength(node.target);
  return node.kind === "directory" ? node.entries.size : 0;
}

function fold(supplier: ReadonlyMap<string, number>, shown: ReadonlySet<string>): DirectoryView["folded"] {
  const counts = new Map<number, number>();
  for (const [name, row] of supplier) if (!shown.has(name)) counts.set(row, (counts.get(row) ?? 0) + 1);
  return [...counts].sort((a, b) => a[0] - b[0]).map(([row, count]) => ({ row, count }));
}

function smallest(names: string[], count: number): string[] {
  if (count === 0) return [];
  return names.sort(compareNames).slice(0, count);
}

import type { StackColumn, StackInside, StackView } from "../../engine/stack-view.ts";
import { clamp } from "./box.ts";
import { columnOf } from "./outside.ts";

/** What is really seen at a name, when the open directory lies in something that is mounted over the layers. */
export type InsideEntry = StackInside["entries"][number];

export interface ColumnBox {
  readonly name: string;
  readonly x: number;
  readonly width: number;
  /** What the layers have at the name; all of it hidden where a mount lies over it. */
  readonly column: StackColumn;
  /** Set for a file of the mounted volume itself. */
  readonly entry: InsideEntry | null;
  /** A mount or an opaque directory covers it: the merged view shows nothing that the layers have here. */
  readonly covered: boolean;
}

export interface Fold {
  /** The row that supplies them; -1: hidden ones, {@link INSIDE}: those of the open volume. */
  readonly row: number;
  readonly count: number;
}

/** Stands for a row where the mounted volume gives the entries. */
export const INSIDE = -2;

const COLUMN_GAP = 8;
const FOLD_WIDTH = 140;
const NARROW_FOLD_WIDTH = 116;
/** With room to spare tiles are wider than their names. */
const MOST_STRETCH = 1.6;
export const SMALLEST_FONT = 11.5;

/** Tiles are as wide as their names, within reason. JetBrains Mono is 0.604 of its size wide. */
export function columnWidth(name: string, font = SMALLEST_FONT, lines: 1 | 2 = 1): number {
  const grown = font / SMALLEST_FONT;
  const wide = lines === 1 ? cellsOf(name) : cellsInTwoLines(name);
  return Math.round(clamp(wide * 0.604 * font + 20 * grown, { least: 60 * grown, most: 152 * grown }));
}

function cellsOf(name: string): number {
  let cells = 0;
  for (const character of name) cells += (character.codePointAt(0) ?? 0) > 0x2e80 ? 2 : 1;
  return cells;
}

const SHORT = 9;

/** Where a name may go on in the next line: "bash." "bashrc". */
export const piecesOf = (name: string): string[] => name.match(/[^._+-]*(?:[._+-]+|$)/g)?.filter(Boolean) ?? [name];

function cellsInTwoLines(name: string): number {
  const whole = cellsOf(name);
  if (whole <= SHORT) return whole;
  let [best, before] = [whole, 0];
  for (const piece of piecesOf(name)) {
    before += cellsOf(piece);
    best = Math.min(best, Math.max(before, whole - before));
  }
  return Math.max(SHORT, best);
}

/** Not seen and not deleted by name: the open directory is opaque in a layer above. */
export function underLid({ merged, mount, cells }: StackColumn): boolean {
  return merged === null && mount === null && cells.length > 0 && cells.every((cell) => cell.hidden);
}

type Entry = Omit<ColumnBox, "x" | "width">;

/** A whiteout says so in words, a mount point by its mark. */
function widthOf({ column, entry, name }: Entry, { font, lines, least }: Room): number {
  const kind = entry?.kind ?? column.merged?.kind;
  return Math.max(
    least,
    columnWidth(kind === "directory" ? `${name}/` : name, font, lines) + (column.mount === null ? 0 : 16),
    // "2 layers", under the name.
    (column.merged?.mergedFrom ?? 1) > 1 ? columnWidth("2 layers", font - 1) : 0,
    column.cells.some((cell) => cell.kind === "whiteout") ? columnWidth("whiteout", font) : 0,
  );
}

/** The entries of the open directory: those of the layers, or those of the volume over them and then what it hides. */
export function entriesOf(view: StackView): Entry[] {
  const hidden = (column: StackColumn): StackColumn => ({
    ...column,
    cells: column.cells.map((cell) => ({ ...cell, hidden: true })),
  });
  if (!view.inside) {
    return view.columns.map((column) => {
      const covered = column.mount !== null || underLid(column);
      return { name: column.name, column: covered ? hidden(column) : column, entry: null, covered };
    });
  }
  const below = new Map(view.columns.map((column) => [column.name, hidden(column)]));
  const seen = view.inside.entries.map((entry): Entry => {
    const column = below.get(entry.name) ?? { name: entry.name, merged: null, mount: null, cells: [] };
    below.delete(entry.name);
    return { name: entry.name, column, entry, covered: true };
  });
  return [...seen, ...[...below.values()].map((column) => ({ name: column.name, column, entry: null, covered: true }))];
}

/** What is seen from above, and the ghosts of what whiteouts hide; not what lies under a mount or a lid. */
export function seenIn(view: StackView): readonly Entry[] {
  return entriesOf(view).filter(({ entry, column, covered }) => entry !== null || column.mount !== null || !covered);
}

/**
 * What the top layer holds comes first, whoever it belongs to: that is what the layer is about. Mount
 * points stand together where their volumes are: at the right, on a phone (where those lie on top) at the left.
 */
function ordered(view: StackView, narrow: boolean): { plain: Entry[]; mounts: Entry[] } {
  const top = view.rows.length > 1 ? 0 : -1;
  const first = ({ column, entry }: Entry): number =>
    (narrow && leads.has(column.name) ? -2 : 0) +
    (entry ? -1 : 0) +
    // What only the volume has: who wrote it looks for it.
    (entry && column.cells.length === 0 ? -2 : 0) +
    (column.cells.some((cell) => cell.row === top) ? 0 : 1) +
    // What its neighbours have changed stands near, to be compared.
    (near.has(column.name) ? 0 : 1);
  const near = new Set(view.beside.flatMap(({ cells }) => cells.map(({ name }) => name)));
  const leads = new Set(view.mounts.flatMap(({ target }) => columnOf(view.path, target) ?? []));
  const all = entriesOf(view);
  const byName = new Map(all.map((entry) => [entry.name, entry]));
  return {
    plain: all.filter(({ name }) => narrow || !leads.has(name)).toSorted((a, b) => first(a) - first(b)),
    mounts: narrow ? [] : [...leads].flatMap((name) => byName.get(name) ?? []),
  };
}

interface Room {
  /** Of the sheets, px. */
  readonly width: number;
  readonly narrow: boolean;
  readonly expanded: boolean;
  /** The name that is spoken of: if its column would fold, it takes the place of the last that does not. */
  readonly spoken: string | null;
  readonly labelWidth: number;
  readonly factsWidth: number;
  readonly font: number;
  /** That a name may have in a tile. */
  readonly lines: 1 | 2;
  /** Width of a tile, px: a high one that is narrow looks like a wall. */
  readonly least: number;
}

export function layoutColumns(view: StackView, room: Room) {
  const { plain, mounts } = ordered(view, room.narrow);
  const spoken = plain.find(({ name }) => name === room.spoken);
  const columns = layoutOrdered(view, room, plain, mounts);
  const isShown = ({ boxes }: typeof columns): boolean => boxes.some(({ name }) => name === spoken?.name);
  if (!spoken || isShown(columns)) return columns;
  const others = plain.filter((entry) => entry !== spoken);
  for (let place = columns.boxes.length - mounts.length - 1; place > 0; place--) {
    const order = [...others.slice(0, place), spoken, ...others.slice(place)];
    const next = layoutOrdered(view, room, order, mounts);
    if (isShown(next)) return next;
  }
  return layoutOrdered(view, room, [spoken, ...others], mounts);
}

function layoutOrdered(view: StackView, at: Room, plain: readonly Entry[], mounts: readonly Entry[]) {
  const { width, narrow, expanded, labelWidth, factsWidth } = at;
  const sized = (entries: readonly Entry[], most = Number.POSITIVE_INFINITY) =>
    entries.map((entry) => ({ ...entry, width: Math.min(most, widthOf(entry, at)) }));
  const sum = (boxes: readonly { width: number }[]): number =>
    boxes.reduce((all, box) => all + box.width + COLUMN_GAP, 0);
  const [natural, last] = [sized(plain), sized(mounts)];
  const left = view.folded.reduce((all, fold) => all + fold.count, 0) + (view.inside?.more ?? 0);
  const room = width - labelWidth - factsWidth - (narrow ? 0 : 12);
  const needsFold = left > 0 || (!expanded && sum(natural) + sum(last) > room);
  const foldWidth = narrow ? NARROW_FOLD_WIDTH : FOLD_WIDTH;
  // At least three columns on a phone, though they have to be scrolled to; two in a small picture, which stands still,
  // and where what a layer weighs stands behind the last.
  const small = !narrow || width < 340;
  const least = small ? 2 : 3;
  const most = Math.floor((room - foldWidth) / 2) - COLUMN_GAP;
  const others = small && needsFold ? sized(plain, most) : natural;
  const end = expanded ? Number.POSITIVE_INFINITY : room - (needsFold ? foldWidth : 0) - sum(last);
  let used = 0;
  const fitting = others.findIndex((box, index) => {
    const fits = index + last.length < least || used + box.width <= end;
    used += box.width + COLUMN_GAP;
    return !fits;
  });
  const shown = fitting < 0 ? others : others.slice(0, fitting);
  const standing = [...shown, ...last];
  const spare = room - (needsFold ? foldWidth : 0) - sum(standing);
  const stretch = clamp(1 + spare / Math.max(1, sum(standing) - COLUMN_GAP * standing.length), {
    least: 1,
    most: MOST_STRETCH,
  });
  let x = labelWidth;
  const boxes = standing.map((box): ColumnBox => {
    const placed = { ...box, x, width: Math.floor(box.width * stretch) };
    x += placed.width + COLUMN_GAP;
    return placed;
  });
  const counts = new Map(view.folded.map((fold) => [fold.row, fold.count]));
  if (view.inside && view.inside.more > 0) counts.set(INSIDE, view.inside.more);
  for (const { column, entry } of others.slice(shown.length)) {
    const row = entry ? INSIDE : (column.merged?.row ?? -1);
    counts.set(row, (counts.get(row) ?? 0) + 1);
  }
  const folded: Fold[] = [...counts]
    .map(([row, count]) => ({ row, count }))
    .filter((fold) => fold.count > 0)
    .toSorted((a, b) => b.count - a.count);
  return { boxes, folded, foldX: x, foldWidth: foldWidth - 8, end: x + (folded.length > 0 ? foldWidth : 0) };
}

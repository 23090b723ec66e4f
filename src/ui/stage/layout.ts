import type { StackColumn, StackRow, StackView } from "../../engine/stack-view.ts";

/** Space on the page, in CSS pixels. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface RowBox {
  readonly key: string;
  /** Index into the view's rows; -1 is the merged view. */
  readonly index: number;
  readonly y: number;
  readonly height: number;
  /** "thin": a name on a line; "line": one of many, told of together. */
  readonly form: "open" | "thin" | "line";
}

export interface ColumnBox {
  readonly name: string;
  readonly x: number;
  readonly width: number;
  readonly column: StackColumn;
}

/** Where everything of a stack stands: the same view and size give the same places, so motions need no page. */
export interface StackGeometry {
  readonly width: number;
  readonly height: number;
  readonly merged: RowBox;
  readonly rows: readonly RowBox[];
  readonly columns: readonly ColumnBox[];
  /** Runs of rows without entries: their label's place. */
  readonly quiet: readonly { readonly y: number; readonly height: number; readonly count: number }[];
  /** Entries there is no room for, by the row that supplies them (-1: hidden ones), and where that is said. */
  readonly folded: readonly { readonly row: number; readonly count: number }[];
  readonly foldX: number;
  readonly labelWidth: number;
  readonly factsWidth: number;
  /** Between a sheet's edge and its tiles. */
  readonly inset: number;
  /** Of the names in tiles, px: type grows with the sheets. */
  readonly font: number;
}

export interface StackSize {
  readonly width: number;
  readonly height: number;
  /** All entries, to be scrolled through. */
  readonly expanded: boolean;
}

const TOP = 12;
/** Sheets and what lies between them grow with the space that is there, within reason. */
const SHEET = { least: 44, most: 120 };
const GAP = { least: 10, most: 26 };
/** A sheet this high has room for a third line at its left. */
export const TALL = 78;
const COLUMN_GAP = 8;
const FOLD_WIDTH = 172;
/** Room for a button, and no figures. */
export const NARROW_FACTS = 34;
const THIN = 20;
/** So many rows without entries keep a line each with their name. */
const NAMED_THIN = 3;
const MOST_LINES_HEIGHT = 56;

function rowKey(row: StackRow): string {
  return row.layer;
}

const SMALLEST_FONT = 11.5;
const clamp = (value: number, { least, most }: { least: number; most: number }): number =>
  Math.min(most, Math.max(least, value));

/** Tiles are as wide as their names, within reason. JetBrains Mono is 0.604 of its size wide. */
export function columnWidth(name: string, font = SMALLEST_FONT): number {
  const grown = font / SMALLEST_FONT;
  let cells = 0;
  for (const character of name) cells += (character.codePointAt(0) ?? 0) > 0x2e80 ? 2 : 1;
  return Math.round(clamp(cells * 0.604 * font + 20 * grown, { least: 68 * grown, most: 152 * grown }));
}

/** A whiteout says so in words. */
const widthOf = (column: StackColumn, font: number): number =>
  Math.max(
    columnWidth(column.merged?.kind === "directory" ? `${column.name}/` : column.name, font),
    column.cells.some((cell) => cell.kind === "whiteout") ? columnWidth("whiteout", font) : 0,
  );

/** So much of the stack that it fills the height when all rows that are open in it are as high as this. */
function sheetsFor(height: number, open: number, thin: number) {
  const quiet = Math.min(thin * (THIN + 4) + (thin > 0 ? GAP.least : 0), 92);
  const pitch = (height - TOP * 2 - 4 - quiet) / Math.max(1, open);
  const sheet = Math.round(clamp(pitch * 0.835, SHEET));
  const gap = Math.round(clamp(pitch - sheet, GAP));
  return {
    sheet,
    gap,
    inset: Math.round(clamp(sheet * 0.13, { least: 7, most: 16 })),
    font: clamp(SMALLEST_FONT + (sheet - 60) * 0.05, { least: SMALLEST_FONT, most: 14.5 }),
  };
}

export function layoutStack(view: StackView, size: StackSize): StackGeometry {
  const narrow = size.width < 560;
  const plainRows = view.rows.length <= 6;
  const opensWith = (withEntries: ReadonlySet<number>) => (row: StackRow, index: number) =>
    withEntries.has(index) || row.layer === "writable" || (plainRows && row.layer !== "init");
  const measure = (withEntries: ReadonlySet<number>) => {
    const open = view.rows.filter(opensWith(withEntries)).length;
    const grown = sheetsFor(size.height, open + 1, view.rows.length - open);
    // A phone's width is for the names: tiles stay small there.
    return narrow ? { ...grown, sheet: Math.min(grown.sheet, 76), font: SMALLEST_FONT } : grown;
  };
  const labelWidth = narrow ? 112 : Math.round(clamp(size.width * 0.19, { least: 168, most: 236 }));
  const factsWidth = narrow ? NARROW_FACTS : 104;
  const arrange = (measured: ReturnType<typeof measure>) => {
    const columns = layoutColumns(view, size, labelWidth, factsWidth, measured.font);
    return { columns, entries: new Set(columns.boxes.flatMap((box) => box.column.cells.map((cell) => cell.row))) };
  };
  // How high the sheets are depends on which of them have tiles, which depends on how wide tiles are: twice is enough.
  const first = measure(new Set(view.columns.flatMap((column) => column.cells.map((cell) => cell.row))));
  const { sheet: height, gap, inset, font } = measure(arrange(first).entries);
  const { columns, entries } = arrange({ sheet: height, gap, inset, font });
  const shown = columns.boxes;
  const opens = opensWith(entries);
  const open = view.rows.filter(opens).length + 1;
  // A small stack in a large window stands a little lower, as on a table.
  const spare = size.height - 2 * TOP - open * (height + gap) - (view.rows.length - open + 1) * (THIN + 4);
  const top = TOP + Math.round(clamp(spare / 3, { least: 0, most: 48 }));

  let y = top;
  const merged: RowBox = { key: "merged", index: -1, y, height, form: "open" };
  y += height + gap;
  const rows: RowBox[] = [];
  const quiet: { y: number; height: number; count: number }[] = [];
  for (let index = 0; index < view.rows.length; ) {
    const row = view.rows[index];
    if (!row) break;
    if (opens(row, index)) {
      rows.push({ key: rowKey(row), index, y, height, form: "open" });
      y += height + gap;
      index++;
      continue;
    }
    let end = index;
    while (end < view.rows.length && !opens(view.rows[end] as StackRow, end)) end++;
    const count = end - index;
    if (count <= NAMED_THIN) {
      for (; index < end; index++) {
        const thin = view.rows[index];
        if (thin) rows.push({ key: rowKey(thin), index, y, height: THIN, form: "thin" });
        y += THIN + 4;
      }
      y += gap - 4;
      continue;
    }
    const all = Math.min(MOST_LINES_HEIGHT, Math.max(24, count * 5));
    quiet.push({ y, height: all, count });
    for (let line = 0; index < end; index++, line++) {
      const thin = view.rows[index];
      const top = y + (line * all) / count;
      if (thin) rows.push({ key: rowKey(thin), index, y: top, height: Math.max(1, all / count - 2), form: "line" });
    }
    y += all + gap;
  }
  const right = columns.end + factsWidth;
  return {
    width: Math.max(size.width, right),
    height: y - gap + TOP,
    merged,
    rows,
    columns: shown,
    quiet,
    folded: columns.folded,
    foldX: columns.foldX,
    labelWidth,
    factsWidth,
    inset,
    font,
  };
}

function layoutColumns(view: StackView, size: StackSize, labelWidth: number, factsWidth: number, font: number) {
  // What the top layer holds comes first, whoever it belongs to: that is what the layer is about.
  const top = view.rows.length > 1 ? 0 : -1;
  const first = (column: StackColumn): number => (column.cells.some((cell) => cell.row === top) ? 0 : 1);
  const all = view.columns
    .toSorted((a, b) => first(a) - first(b))
    .map((column) => ({ column, width: widthOf(column, font) }));
  const total = all.reduce((sum, { width }) => sum + width + COLUMN_GAP, 0);
  const left = view.folded.reduce((sum, fold) => sum + fold.count, 0);
  const room = size.width - labelWidth - factsWidth - 12;
  const needsFold = left > 0 || (!size.expanded && total > room);
  const end = size.expanded ? Number.POSITIVE_INFINITY : room - (needsFold ? FOLD_WIDTH : 0);
  const boxes: ColumnBox[] = [];
  let x = labelWidth;
  for (const { column, width } of all) {
    // At least three columns, though they have to be scrolled to on a phone.
    if (boxes.length >= 3 && x + width - labelWidth > end) break;
    boxes.push({ name: column.name, x, width, column });
    x += width + COLUMN_GAP;
  }
  const counts = new Map(view.folded.map((fold) => [fold.row, fold.count]));
  for (const { column } of all.slice(boxes.length)) {
    const row = column.merged?.row ?? -1;
    counts.set(row, (counts.get(row) ?? 0) + 1);
  }
  const folded = [...counts]
    .map(([row, count]) => ({ row, count }))
    .filter((fold) => fold.count > 0)
    .toSorted((a, b) => b.count - a.count);
  return { boxes, folded, foldX: x, end: x + (folded.length > 0 ? FOLD_WIDTH : 0) };
}

/** The tile of `name` in the row `key` ("merged" is the merged view); null when it is not drawn. */
export function tileBox(geometry: StackGeometry, key: string, name: string): Box | null {
  const column = geometry.columns.find((one) => one.name === name);
  const row = key === "merged" ? geometry.merged : geometry.rows.find((one) => one.key === key);
  if (!column || !row || row.form !== "open") return null;
  if (key !== "merged" && !column.column.cells.some((cell) => cell.row === row.index)) return null;
  return { x: column.x, y: row.y + geometry.inset, width: column.width, height: row.height - 2 * geometry.inset };
}

import type { StackRow, StackView } from "../../engine/stack-view.ts";
import { type Box, clamp } from "./box.ts";
import { type ColumnBox, type Fold, SMALLEST_FONT, layoutColumns } from "./columns.ts";
import { type OutsideGeometry, aboveStack, besideStack, layoutOutside } from "./outside-layout.ts";
import type { Outside } from "./outside.ts";

export type { Box } from "./box.ts";

export interface RowBox {
  readonly key: string;
  /** Index into the view's rows; -1 is the merged view. */
  readonly index: number;
  readonly y: number;
  readonly height: number;
  /** "thin": a name on a line; "line": one of many, told of together. */
  readonly form: "open" | "thin" | "line";
}

/** Where everything of a stack stands: the same view and size give the same places, so motions need no page. */
export interface StackGeometry {
  readonly width: number;
  /** Of the sheets: what is outside the layers stands beside them. */
  readonly stackWidth: number;
  readonly height: number;
  readonly merged: RowBox;
  readonly rows: readonly RowBox[];
  readonly columns: readonly ColumnBox[];
  /** Runs of rows without entries: their label's place. */
  readonly quiet: readonly { readonly y: number; readonly height: number; readonly count: number }[];
  /** Entries there is no room for, and where that is said. */
  readonly folded: readonly Fold[];
  readonly foldX: number;
  readonly labelWidth: number;
  readonly factsWidth: number;
  /** Between a sheet's edge and its tiles. */
  readonly inset: number;
  /** Of the names in tiles, px: type grows with the sheets. */
  readonly font: number;
  /** What the container mounts, and the ways from there into the merged view. */
  readonly outside: OutsideGeometry;
  /** The mount that lies over the layers in the open directory, between them and the merged view. */
  readonly cover: { readonly y: number; readonly height: number } | null;
}

export interface StackSize {
  readonly width: number;
  readonly height: number;
  /** All entries, to be scrolled through. */
  readonly expanded: boolean;
  /** A name that must not fold: the step is about it. */
  readonly spoken?: string | null;
}

const TOP = 12;
/** Sheets and what lies between them grow with the space that is there, within reason. */
const SHEET = { least: 44, most: 120 };
const GAP = { least: 10, most: 26 };
/** A sheet this high has room for a third line at its left. */
export const TALL = 78;
/** Room for a button, and no figures. */
export const NARROW_FACTS = 34;
const THIN = 20;
/** So many rows without entries keep a line each with their name. */
const NAMED_THIN = 3;
const MOST_LINES_HEIGHT = 56;
const COVER = 24;

function rowKey(row: StackRow): string {
  return row.layer;
}

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

/** `things`: what stands outside, beside the stack (outside.ts). */
export function layoutStack(view: StackView, size: StackSize, things: readonly Outside[] = []): StackGeometry {
  const narrow = size.width < 560;
  const room = { things, size, narrow };
  const sheetWidth = size.width - besideStack(room);
  const above = aboveStack(room);
  const plainRows = view.rows.length <= 6;
  const opensWith = (withEntries: ReadonlySet<number>) => (row: StackRow, index: number) =>
    withEntries.has(index) || row.layer === "writable" || (plainRows && row.layer !== "init");
  const measure = (withEntries: ReadonlySet<number>) => {
    const open = view.rows.filter(opensWith(withEntries)).length;
    const taken = above + (view.inside ? COVER + GAP.least : 0);
    const grown = sheetsFor(size.height - taken, open + 1, view.rows.length - open);
    // A phone's width is for the names: tiles stay small there.
    return narrow ? { ...grown, sheet: Math.min(grown.sheet, 76), font: SMALLEST_FONT } : grown;
  };
  const labelWidth = narrow ? 112 : Math.round(clamp(sheetWidth * 0.19, { least: 168, most: 236 }));
  const factsWidth = narrow ? NARROW_FACTS : 104;
  const arrange = ({ font }: { font: number }) => {
    const { expanded, spoken = null } = size;
    const columns = layoutColumns(view, { width: sheetWidth, narrow, expanded, spoken, labelWidth, factsWidth, font });
    return { columns, entries: new Set(columns.boxes.flatMap((box) => box.column.cells.map((cell) => cell.row))) };
  };
  // How high the sheets are depends on which of them have tiles, which depends on how wide tiles are: twice is enough.
  const first = measure(new Set(view.columns.flatMap((column) => column.cells.map((cell) => cell.row))));
  const { sheet: height, gap, inset, font } = measure(arrange(first).entries);
  const { columns, entries } = arrange({ font });
  const opens = opensWith(entries);
  const open = view.rows.filter(opens).length + 1;
  const lid = view.inside ? COVER + gap : 0;
  // A small stack in a large window stands a little lower, as on a table.
  const spare =
    size.height - 2 * TOP - above - lid - open * (height + gap) - (view.rows.length - open + 1) * (THIN + 4);
  const top = TOP + above + Math.round(clamp(spare / 3, { least: 0, most: 48 }));
  const merged: RowBox = { key: "merged", index: -1, y: top, height, form: "open" };
  const cover = view.inside ? { y: top + height + Math.round(gap / 2), height: COVER } : null;
  const { rows, quiet, bottom } = layoutRows(view, opens, { y: top + height + gap + lid, height, gap });
  const stackWidth = Math.max(sheetWidth, columns.end + factsWidth);
  const outside = layoutOutside({ ...room, view, columns: columns.boxes, merged, cover, inset, stackWidth });
  const reached = outside.boxes.map((box) => ({ right: box.x + box.width, bottom: box.y + box.height }));
  return {
    width: Math.max(size.width, stackWidth, ...reached.map((box) => box.right)),
    stackWidth,
    height: Math.max(bottom, ...reached.map((box) => box.bottom)) + TOP,
    merged,
    rows,
    columns: columns.boxes,
    quiet,
    folded: columns.folded,
    foldX: columns.foldX,
    labelWidth,
    factsWidth,
    inset,
    font,
    outside,
    cover,
  };
}

function layoutRows(
  view: StackView,
  opens: (row: StackRow, index: number) => boolean,
  { y: top, height, gap }: { readonly y: number; readonly height: number; readonly gap: number },
) {
  let y = top;
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
  return { rows, quiet, bottom: y - gap };
}

/** The tile of `name` in the row `key` ("merged" is the merged view); null when it is not drawn. */
export function tileBox(geometry: StackGeometry, key: string, name: string): Box | null {
  const column = geometry.columns.find((one) => one.name === name);
  const row = key === "merged" ? geometry.merged : geometry.rows.find((one) => one.key === key);
  if (!column || !row || row.form !== "open") return null;
  if (key !== "merged" && !column.column.cells.some((cell) => cell.row === row.index)) return null;
  return { x: column.x, y: row.y + geometry.inset, width: column.width, height: row.height - 2 * geometry.inset };
}

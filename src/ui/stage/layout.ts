import type { StackRow, StackView } from "../../engine/stack-view.ts";
import { type Box, clamp } from "./box.ts";
import { type BesideGeometry, CHIPS, placeBeside, planBeside } from "./beside-layout.ts";
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
  /** Of the part of it that is on the page. */
  readonly viewWidth: number;
  /** Of the sheets: what is outside the layers stands beside them. */
  readonly stackWidth: number;
  /** Of those that are the container's own; what it shares with its neighbours lies under them too. */
  readonly ownWidth: number;
  readonly height: number;
  readonly merged: RowBox;
  readonly rows: readonly RowBox[];
  readonly columns: readonly ColumnBox[];
  /** Runs of rows without entries: their label's place. */
  readonly quiet: readonly { readonly y: number; readonly height: number; readonly count: number }[];
  /** Entries there is no room for, and where that is said. */
  readonly folded: readonly Fold[];
  readonly foldX: number;
  readonly foldWidth: number;
  /** Before the first tile; the sheets' names stand there, or on a line above the tiles when it is narrow. */
  readonly labelWidth: number;
  /** Behind the last tile; 0: what a sheet weighs stands on the line of its name. */
  readonly factsWidth: number;
  /** Of that line, within a sheet and above its tiles; 0 when names stand beside the tiles. */
  readonly head: number;
  /** Of the line of names above the merged view; 0 on a phone. */
  readonly heading: number;
  /** Between a sheet's edge, or the line of its name, and its tiles. */
  readonly inset: number;
  /** Of the names in tiles, px: type grows with the sheets. */
  readonly font: number;
  /** Lines that a name may have in a tile. */
  readonly lines: 1 | 2;
  /** What the container mounts, and the ways from there into the merged view. */
  readonly outside: OutsideGeometry;
  /** The mount that lies over the layers in the open directory, between them and the merged view. */
  readonly cover: { readonly y: number; readonly height: number } | null;
  /** Over an image's layers: where a container of it would begin to write. */
  readonly next: { readonly y: number; readonly height: number } | null;
  /** The other containers on these layers, each with its own writable plate. */
  readonly beside: BesideGeometry;
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
const SHEET = { least: 44, most: 136 };
/** With its name on a line of its own. */
const NARROW_SHEET = { least: 60, most: 92 };
const GAP = { least: 10, most: 30 };
const NARROW_GAP = { least: 8, most: 16 };
/** A sheet this high has room for a third line at its left. */
export const TALL = 78;
const NARROW_HEAD = 22;
const HEADING = 20;
const MOST_FONT = 16;
/** Width of the narrowest tile to its height. */
const BROAD = 0.8;
const THIN = 20;
/** So many rows without entries keep a line each with their name. */
const NAMED_THIN = 3;
const MOST_LINES_HEIGHT = 56;
const COVER = 24;

function rowKey(row: StackRow): string {
  return row.layer;
}

interface Measures {
  readonly sheet: number;
  readonly gap: number;
  readonly head: number;
  readonly inset: number;
  readonly font: number;
  readonly lines: 1 | 2;
}

/** So much of the stack that it fills the height when all rows that are open in it are as high as this. */
function measuresFor({ width, height, open, thin }: { width: number; height: number; open: number; thin: number }) {
  const quiet = Math.min(thin * (THIN + 4) + (thin > 0 ? GAP.least : 0), 92);
  const pitch = (height - TOP * 2 - 4 - quiet) / Math.max(1, open);
  const narrow = isNarrow(width);
  const sheet = Math.round(clamp(pitch * 0.835, narrow ? NARROW_SHEET : SHEET));
  const gap = Math.round(clamp(pitch - sheet, narrow ? NARROW_GAP : GAP));
  if (narrow) return { sheet, gap, head: NARROW_HEAD, inset: 4, font: SMALLEST_FONT, lines: 1 } satisfies Measures;
  const inset = Math.round(clamp(sheet * 0.13, { least: 7, most: 16 }));
  // As large as the sheets are high, but not at the price of columns.
  const most = clamp(SMALLEST_FONT + (width - 700) / 160, { least: SMALLEST_FONT, most: MOST_FONT });
  const font = clamp(SMALLEST_FONT + (sheet - 60) * 0.06, { least: SMALLEST_FONT, most });
  const lines = sheet - 2 * inset >= font * 4.2 + 6 ? 2 : 1;
  return { sheet, gap, head: 0, inset, font, lines } satisfies Measures;
}

const isNarrow = (width: number): boolean => width < 560;

/** `things`: what stands outside, beside the stack (outside.ts). */
export function layoutStack(view: StackView, size: StackSize, things: readonly Outside[] = []): StackGeometry {
  const narrow = isNarrow(size.width);
  const room = { things, size, narrow };
  const allWidth = size.width - besideStack(room);
  const neighbours = planBeside(view, allWidth, narrow);
  const sheetWidth = allWidth - neighbours.taken;
  const above = aboveStack(room);
  const heading = narrow ? 0 : HEADING;
  const plainRows = view.rows.length <= (narrow ? 3 : 6);
  const opensWith = (withEntries: ReadonlySet<number>) => (row: StackRow, index: number) =>
    withEntries.has(index) || row.layer === "writable" || (plainRows && row.layer !== "init");
  const measure = (withEntries: ReadonlySet<number>): Measures => {
    const open = view.rows.filter(opensWith(withEntries)).length;
    const below = narrow && view.beside.length > 0 ? CHIPS + 12 : 0;
    const taken = above + heading + below + (hasLid(view) ? COVER + GAP.least : 0);
    return measuresFor({
      width: sheetWidth,
      height: size.height - taken,
      open: open + 1,
      thin: view.rows.length - open,
    });
  };
  const labelWidth = narrow ? 14 : Math.round(clamp(sheetWidth * 0.17, { least: 156, most: 236 }));
  const factsWidth = narrow ? 0 : sheetWidth > 900 ? 128 : 104;
  const arrange = ({ sheet, head, inset, font, lines }: Measures) => {
    const { expanded, spoken = null } = size;
    const least = Math.round((sheet - head - 2 * inset) * BROAD);
    const room = { width: sheetWidth, narrow, expanded, spoken, labelWidth, factsWidth, font, lines, least };
    const columns = layoutColumns(view, room);
    return { columns, entries: new Set(columns.boxes.flatMap((box) => box.column.cells.map((cell) => cell.row))) };
  };
  // How high the sheets are depends on which of them have tiles, which depends on how wide tiles are: twice is enough.
  const first = measure(new Set(view.columns.flatMap((column) => column.cells.map((cell) => cell.row))));
  const measures = measure(arrange(first).entries);
  const { sheet: height, gap, head, inset, font, lines } = measures;
  const { columns, entries } = arrange(measures);
  const opens = opensWith(entries);
  const open = view.rows.filter(opens).length + 1;
  const lid = hasLid(view) ? COVER + gap : 0;
  // A small stack in a large window stands a little lower, as on a table.
  const spare =
    size.height - 2 * TOP - above - heading - lid - open * (height + gap) - (view.rows.length - open + 1) * (THIN + 4);
  const top = TOP + above + heading + Math.round(clamp(spare / 3, { least: 0, most: 48 }));
  const merged: RowBox = { key: "merged", index: -1, y: top, height, form: "open" };
  const below = { y: top + height + Math.round(gap / 2), height: COVER };
  const cover = view.inside ? below : null;
  const { rows, quiet, bottom } = layoutRows(view, opens, { y: top + height + gap + lid, height, gap });
  const ownWidth = Math.max(sheetWidth, columns.end + factsWidth);
  const span = (row: RowBox) => tileSpan({ head, inset }, row);
  const writable = rows.find(({ key }) => key === "writable");
  const { right: stackWidth, ...beside } = placeBeside(neighbours, {
    view,
    from: ownWidth,
    columns: columns.boxes,
    bottom: writable
      ? { own: span(writable).y + span(writable).height, beside: writable.y + writable.height - 8 }
      : { own: 0, beside: 0 },
    rowAt: (index) => {
      const row = rows.find((one) => one.index === index);
      return row?.form === "open" ? { y: row.y, tiles: span(row).y } : null;
    },
  });
  const chips = narrow && view.beside.length > 0 ? bottom + 12 : null;
  const tiles = merged.y + head + inset;
  const outside = layoutOutside({
    ...room,
    view,
    columns: columns.boxes,
    merged,
    heading,
    tiles,
    cover,
    stackWidth,
    ownWidth,
  });
  const reached = outside.boxes.map((box) => ({ right: box.x + box.width, bottom: box.y + box.height }));
  return {
    width: Math.max(size.width, stackWidth, ...reached.map((box) => box.right)),
    viewWidth: size.width,
    stackWidth,
    ownWidth,
    beside: { ...beside, chips },
    height: Math.max(chips === null ? bottom : chips + CHIPS, ...reached.map((box) => box.bottom)) + TOP,
    merged,
    rows,
    columns: columns.boxes,
    quiet,
    folded: columns.folded,
    foldX: columns.foldX,
    foldWidth: columns.foldWidth,
    labelWidth,
    factsWidth,
    head,
    heading,
    inset,
    font,
    lines,
    outside,
    cover,
    next: view.target.kind === "image" ? below : null,
  };
}

/** Something thin lies between the merged view and the layers. */
const hasLid = ({ inside, target }: StackView): boolean => inside !== null || target.kind === "image";

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
  return { x: column.x, width: column.width, ...tileSpan(geometry, row) };
}

/** Where the tiles of a row stand, on the page. */
export function tileSpan({ head, inset }: Pick<StackGeometry, "head" | "inset">, row: RowBox) {
  return { y: row.y + head + inset, height: row.height - head - 2 * inset };
}

import type { SiblingCell, StackSibling } from "../../engine/stack-beside.ts";
import type { StackView } from "../../engine/stack-view.ts";
import { type Point, clamp } from "./box.ts";
import { type ColumnBox, SMALLEST_FONT, columnWidth } from "./columns.ts";

/** Another container on the same layers: its own narrow plate, with the entries that it has changed. */
export interface SiblingBox {
  readonly sibling: StackSibling;
  readonly x: number;
  readonly width: number;
  /** `x` from the plate's edge. */
  readonly tiles: readonly { readonly cell: SiblingCell; readonly x: number; readonly width: number }[];
  /** Entries there is no room for. */
  readonly more: number;
}

/** From what a container has of its own down to the one file that it was copied from, or hides. */
export interface Tie {
  readonly key: string;
  readonly kind: "copy" | "whiteout";
  readonly points: readonly Point[];
}

export interface BesideGeometry {
  readonly boxes: readonly SiblingBox[];
  readonly ties: readonly Tie[];
  /** On a phone, where they are told of below the stack: where. */
  readonly chips: number | null;
  /** Containers there is no room for: the first of them, how many, and where that is said. */
  readonly others: { readonly first: StackSibling; readonly count: number; readonly x: number } | null;
}

const PLATE = { least: 204, most: 320 };
const GAP = 14;
const TILE_GAP = 6;
/** Of the stack's width, for all of them together. */
const SHARE = 0.46;
export const OTHERS = 44;
/** Height of the line below the stack. */
export const CHIPS = 34;
/** Between a plate's edge and its tiles. */
export const EDGE = 10;
const MOST_TIES = 6;

/** In a neighbour's sheet: its name on a line above its tiles. */
export function siblingSpan(height: number): { readonly y: number; readonly height: number } {
  const head = Math.round(clamp(height * 0.26, { least: 18, most: 30 }));
  return { y: head, height: height - head - 8 };
}

/** Plates beside the one that is looked at, not placed yet: how wide each is, and what is in it. */
export interface BesidePlan {
  readonly plates: readonly Omit<SiblingBox, "x">[];
  readonly others: { readonly first: StackSibling; readonly count: number } | null;
  /** That the container's own sheets leave to them; on a phone they are scrolled to. */
  readonly taken: number;
}

export function planBeside(view: StackView, width: number, narrow: boolean): BesidePlan {
  const { beside } = view;
  if (beside.length === 0) return { plates: [], others: null, taken: 0 };
  const room = narrow ? Number.POSITIVE_INFINITY : Math.round(width * SHARE);
  const fits = (space: number): number => Math.floor(space / (PLATE.least + GAP));
  const count = Math.max(1, beside.length <= fits(room) ? beside.length : Math.min(beside.length, fits(room - OTHERS)));
  const first = beside[count];
  const others = first ? { first, count: beside.length - count } : null;
  const space = room - (others ? OTHERS + GAP : 0);
  const most = { least: PLATE.least, most: Math.min(PLATE.most, Math.floor(space / count) - GAP) };
  const named = sharedNames(view);
  const plates = beside.slice(0, count).map((sibling) => plateOf(sibling, named, most));
  const all = plates.reduce((sum, plate) => sum + plate.width + GAP, others ? OTHERS + GAP : 0);
  return { plates, others, taken: narrow ? 0 : all };
}

/** Names that more than one of the containers has changed here: the same file, differently. */
function sharedNames({ columns, beside }: StackView): ReadonlySet<string> {
  const own = columns.filter(({ cells }) => cells.some(({ row }) => row === 0)).map(({ name }) => name);
  const all = [own, ...beside.map(({ cells }) => cells.map(({ name }) => name))];
  return new Set(
    all.flatMap((names, at) => names.filter((name) => all.some((one, by) => by !== at && one.includes(name)))),
  );
}

function plateOf(
  sibling: StackSibling,
  shared: ReadonlySet<string>,
  most: { readonly least: number; readonly most: number },
): Omit<SiblingBox, "x"> {
  const sorted = sibling.cells.toSorted((a, b) => Number(shared.has(b.name)) - Number(shared.has(a.name)));
  const tiles: { cell: SiblingCell; x: number; width: number }[] = [];
  let x = EDGE;
  for (const cell of sorted) {
    const name = cell.kind === "directory" ? `${cell.name}/` : cell.name;
    const width = columnWidth(name, SMALLEST_FONT);
    if (tiles.length > 0 && x + width + EDGE > most.most) break;
    tiles.push({ cell, x, width: Math.min(width, most.most - 2 * EDGE) });
    x += width + TILE_GAP;
  }
  const width = Math.round(clamp(x - TILE_GAP + EDGE, most));
  return { sibling, width, tiles, more: sibling.more + sibling.cells.length - tiles.length };
}

interface Place {
  readonly view: StackView;
  /** Right edge of the container's own sheets. */
  readonly from: number;
  readonly columns: readonly ColumnBox[];
  /** Lower edge of the tiles in the row of writable plates: its own, and its neighbours'. */
  readonly bottom: { readonly own: number; readonly beside: number };
  /** Where a row is, and the tiles in it; null when it shows none. */
  readonly rowAt: (index: number) => { readonly y: number; readonly tiles: number } | null;
}

export function placeBeside(
  { plates, others }: BesidePlan,
  place: Place,
): Omit<BesideGeometry, "chips"> & { readonly right: number } {
  let x = place.from + GAP;
  const boxes = plates.map((plate): SiblingBox => {
    const box = { ...plate, x };
    x += plate.width + GAP;
    return box;
  });
  const right = boxes.length === 0 ? place.from : x - GAP + (others ? GAP + OTHERS : 0);
  return { boxes, ties: tiesOf(boxes, place), others: others && { ...others, x }, right };
}

const LANE = 5;

/** Each way runs above the row it leads to, so that it does not cross the tiles there. */
function tiesOf(boxes: readonly SiblingBox[], { view, columns, bottom, rowAt }: Place): Tie[] {
  const found = boxes.flatMap((box) =>
    box.tiles.flatMap(({ cell, x, width }) => {
      const column = columns.find(({ name }) => name === cell.name);
      const source = column?.column.cells.find((one) => one.kind !== "whiteout" && isImageRow(view, one.row));
      const row = source && rowAt(source.row);
      return column && row && isTied(cell) ? [{ box, cell, column, row, from: box.x + x + width / 2 }] : [];
    }),
  );
  const ties = found.slice(0, MOST_TIES);
  const away = ties.map(({ box, cell, column, row, from }, index): Tie => {
    const into = column.x + column.width / 2 + 8 + (index % 3) * LANE;
    const lane = row.y - 6 - (index % 3) * LANE;
    const points = [
      { x: from, y: bottom.beside },
      { x: from, y: lane },
      { x: into, y: lane },
      { x: into, y: row.tiles },
    ];
    return { key: `${box.sibling.container} ${cell.name}`, kind: kindOf(cell), points };
  });
  // Its own version of the same file hangs on the same tile.
  const own = new Map(ties.map(({ column, row }) => [column.name, { column, row }]));
  return [
    ...away,
    ...[...own.values()].flatMap(({ column, row }): Tie[] => {
      const cell = column.column.cells.find((one) => one.row === 0);
      if (!cell || !isTied(cell)) return [];
      const x = column.x + column.width / 2 - 8;
      return [
        {
          key: column.name,
          kind: kindOf(cell),
          points: [
            { x, y: bottom.own },
            { x, y: row.tiles },
          ],
        },
      ];
    }),
  ];
}

/** It was copied from below, or hides what is there. A directory is merged with the one below it. */
const isTied = ({ kind, copiedUp }: Pick<SiblingCell, "kind" | "copiedUp">): boolean =>
  kind === "whiteout" || (copiedUp === true && kind !== "directory");

const kindOf = ({ kind }: Pick<SiblingCell, "kind">): Tie["kind"] => (kind === "whiteout" ? "whiteout" : "copy");

const isImageRow = (view: StackView, row: number): boolean => (view.rows[row]?.chainId ?? null) !== null;

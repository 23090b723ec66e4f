import type { StackGeometry } from "../layout.ts";
import {
  type Change,
  LINES,
  NEXT,
  type Motion,
  SETTLE,
  appear,
  containerPart,
  headPart,
  imagePart,
  platePart,
  rowPart,
  tilePart,
  volumePart,
  wasPart,
} from "./motion.ts";

/** More of what stays in the picture would cost frames; the rest stands at its new place at once. */
const MOST_SHIFTS = 30;
/** px that nobody sees. */
const LEAST = 2;
const DURATION = 460;

interface Place {
  readonly x: number;
  readonly y: number;
}
type Places = ReadonlyMap<string, Place>;

/**
 * What is in both pictures, and stands elsewhere now, goes there; what was folded away is drawn out from
 * where it was. `moved`: parts that the event itself moves.
 */
export function shifts({ before, after }: Pick<Change, "before" | "after">, moved: ReadonlySet<string>): Motion[] {
  const { was, is } =
    before.plates && after.plates
      ? { was: platesOf(before.plates), is: platesOf(after.plates) }
      : { was: rowsOf(before.stack), is: rowsOf(after.stack) };
  const shifted: Motion[] = [];
  for (const [part, to] of is) {
    const from = was.get(part);
    if (from && !moved.has(part)) shifted.push(...shift(part, { x: from.x - to.x, y: from.y - to.y }));
  }
  if (after.plates) return shifted.slice(0, MOST_SHIFTS);
  const columns = columnsShifted(before.stack, after.stack, moved);
  const all = [...shifted, ...columns].slice(0, MOST_SHIFTS);
  // What ties the tiles together would hang in the air meanwhile.
  return all.length > 0 ? [...all, appear(LINES, DURATION - 160)] : [];
}

function shift(part: string, { x, y }: Place, hidden = false): Motion[] {
  if (Math.abs(x) < LEAST && Math.abs(y) < LEAST) return [];
  const keyframes = [
    { transform: `translate(${x}px, ${y}px)`, ...(hidden && { opacity: 0 }) },
    { transform: "none", ...(hidden && { opacity: 1 }) },
  ];
  return [{ part, phase: "enter", keyframes, duration: DURATION, easing: SETTLE }];
}

/** Tiles move along their rows; the rows take them up and down. */
function columnsShifted(
  before: StackGeometry | null,
  after: StackGeometry | null,
  moved: ReadonlySet<string>,
): Motion[] {
  if (!before || !after) return [];
  const old = new Map(before.columns.map(({ name, x }) => [name, x]));
  // Another directory: nothing of it was here.
  if (!after.columns.some(({ name }) => old.has(name))) return [];
  const folds = before.folded.length > 0;
  const keys = new Map(after.rows.flatMap(({ form, index, key }) => (form === "open" ? [[index, key] as const] : [])));
  return after.columns.flatMap(({ name, x, column }) => {
    const from = old.get(name);
    if (from === undefined && !folds) return [];
    const rows = column.cells.flatMap(({ row }) => keys.get(row) ?? []);
    const way = { x: (from ?? before.foldX) - x, y: 0 };
    const tiles = ["merged", ...rows].map((row) => tilePart(row, name)).filter((part) => !moved.has(part));
    return [
      ...[headPart(name), ...tiles].flatMap((part) => shift(part, way, from === undefined)),
      ...(moved.has(wasPart(name)) ? shift(wasPart(name), way) : []),
    ];
  });
}

function rowsOf(stack: StackGeometry | null): Places {
  if (!stack) return new Map();
  const rows = [stack.merged, ...stack.rows].filter(({ form }) => form !== "line");
  return new Map([
    ...rows.map(({ key, y }): [string, Place] => [rowPart(key), { x: 0, y }]),
    ...(stack.next ? [[rowPart(NEXT), { x: 0, y: stack.next.y }] as const] : []),
    ...stack.outside.boxes.map(({ thing, x, y }): [string, Place] => [volumePart(thing.key), { x, y }]),
  ]);
}

function platesOf({ plates, containers, names, shelf }: NonNullable<Change["after"]["plates"]>): Places {
  return new Map([
    ...plates.map(({ layer, x, y }): [string, Place] => [platePart(layer.chainId), { x, y }]),
    ...containers.map(({ container, x, y }): [string, Place] => [containerPart(container.id), { x, y }]),
    ...names.map(({ image, x, y }): [string, Place] => [imagePart(image.id), { x, y }]),
    ...shelf.boxes.map(({ volume, x, y }): [string, Place] => [volumePart(volume.name), { x, y }]),
  ]);
}

import type { StackView } from "../../engine/stack-view.ts";
import { type Box, type Point, clamp } from "./box.ts";
import type { ColumnBox } from "./columns.ts";
import { type Outside, columnOf } from "./outside.ts";

export interface OutsideBox extends Box {
  readonly thing: Outside;
}

/** The way from a mounted thing to where it is seen in the merged view: from above, as layers are seen from below. */
export interface Bridge {
  readonly key: string;
  readonly points: readonly Point[];
  /** "tile": the mount point; "below": a directory above it; "cover": the open directory lies in it; "aside": elsewhere. */
  readonly end: "tile" | "below" | "cover" | "aside";
}

export interface OutsideGeometry {
  readonly boxes: readonly OutsideBox[];
  readonly bridges: readonly Bridge[];
  /** Where it is said that these lie outside; null on a phone. */
  readonly label: Point | null;
}

const TOP = 12;
/** Between two ways that run beside each other. */
const LANE = 7;
const THING = { least: 80, most: 104 };
const THING_GAP = 16;
/** The same at every height of the page: a sentence of two lines moves nothing here. */
const DOCK_TOP = 96;
const DOCK = { least: 168, most: 224 };
/** On a phone, where they lie on a shelf above the stack. */
const SHELF = { width: 158, height: 58, gap: 8 };

interface Room {
  readonly things: readonly Outside[];
  readonly size: { readonly width: number; readonly height: number };
  readonly narrow: boolean;
}

/** Width that is taken from the sheets. */
export function besideStack({ things, size, narrow }: Room): number {
  if (things.length === 0 || narrow) return 0;
  return dockWidth(size) + gutter(things.length);
}

/** Height that is taken from above the sheets. */
export function aboveStack({ things, narrow }: Room): number {
  if (things.length === 0) return 0;
  return things.length * LANE + 3 + (narrow ? SHELF.height : 0);
}

const dockWidth = ({ width }: Room["size"]): number => Math.round(clamp(width * 0.165, DOCK));
const gutter = (count: number): number => 22 + count * LANE;

interface Frame extends Room {
  readonly view: StackView;
  readonly columns: readonly ColumnBox[];
  readonly merged: { readonly y: number; readonly height: number };
  readonly cover: { readonly y: number; readonly height: number } | null;
  /** Height of the line of names above the merged view. */
  readonly heading: number;
  /** Top of the merged view's tiles. */
  readonly tiles: number;
  readonly stackWidth: number;
  /** Right edge of the merged view: other containers' sheets may stand between it and the dock. */
  readonly ownWidth: number;
}

export function layoutOutside(frame: Frame): OutsideGeometry {
  const boxes = frame.narrow ? shelf(frame) : dock(frame);
  const attached = boxes.filter(({ thing }) => thing.attached);
  const bridges = attached.flatMap((box, index) => bridge(box, index, attached.length, frame) ?? []);
  const first = boxes[0];
  return { boxes, bridges, label: first && !frame.narrow ? { x: first.x, y: first.y - 26 } : null };
}

/** Beside the stack; where they stand depends on the size of the page alone, so that what is left behind does not move. */
function dock({ things, size, stackWidth }: Frame): OutsideBox[] {
  const width = dockWidth(size);
  const x = stackWidth + gutter(things.length);
  const space = size.height - 2 * TOP - 40;
  const height = Math.round(clamp(space / things.length - THING_GAP, THING));
  const all = things.length * (height + THING_GAP) - THING_GAP;
  const y = Math.max(TOP + 34, Math.min(DOCK_TOP, size.height - all - 2 * TOP));
  return things.map((thing, index) => ({ thing, x, y: y + index * (height + THING_GAP), width, height }));
}

function shelf({ things }: Frame): OutsideBox[] {
  const { width, height, gap } = SHELF;
  return things.map((thing, index) => ({ thing, x: index * (width + gap), y: TOP - 6, width, height }));
}

function bridge(box: OutsideBox, index: number, count: number, frame: Frame): Bridge | null {
  const { thing } = box;
  const { view, columns, merged, heading, tiles, cover, stackWidth, ownWidth, narrow } = frame;
  const lane = merged.y - heading - 6 - (count - 1 - index) * LANE;
  const out = narrow
    ? { x: box.x + box.width / 2, y: box.y + box.height }
    : { x: box.x, y: Math.round(box.y + box.height / 2) };
  // The uppermost thing's way is the outermost: no way crosses another while mount points stand in the same order.
  const turn = narrow ? out.x : box.x - 11 - index * LANE;
  const name = columnOf(view.path, thing.target);
  const column = columns.find((one) => one.name === name);
  if (column) {
    const x = column.x + Math.round(column.width / 2);
    const points = [out, { x: turn, y: out.y }, { x: turn, y: lane }, { x, y: lane }, { x, y: tiles }];
    const below = view.path === "/" ? thing.target.slice(1) : thing.target.slice(view.path.length + 1);
    return { key: thing.key, points: simple(points), end: below === name ? "tile" : "below" };
  }
  const open = view.inside !== null && view.mounts[view.inside.mount]?.target === thing.target;
  // What is elsewhere would only cross the one way that matters here.
  if (view.inside && !open) return null;
  const end = open ? "cover" : "aside";
  if (narrow) return { key: thing.key, points: [out, { x: out.x, y: merged.y }], end };
  const y = open && cover ? cover.y + cover.height / 2 : merged.y + merged.height / 2 + index * LANE;
  const start = [out, { x: turn, y: out.y }];
  if (ownWidth === stackWidth)
    return { key: thing.key, points: simple([...start, { x: turn, y }, { x: ownWidth, y }]), end };
  // Over the neighbours, and down between them and the container's own sheets.
  const down = ownWidth + 4 + index * 3;
  const over = [
    { x: turn, y: lane },
    { x: down, y: lane },
    { x: down, y },
    { x: ownWidth, y },
  ];
  return { key: thing.key, points: simple([...start, ...over]), end };
}

const simple = (points: readonly Point[]): Point[] =>
  points.filter((point, index) => index === 0 || point.x !== points[index - 1]?.x || point.y !== points[index - 1]?.y);

/** An SVG path along the points, its corners rounded. */
export function pathOf(points: readonly Point[], radius = 6): string {
  return points
    .map((point, index) => {
      const [before, after] = [points[index - 1], points[index + 1]];
      if (!before) return `M ${point.x} ${point.y}`;
      if (!after) return `L ${point.x} ${point.y}`;
      const towards = (other: Point): Point => {
        const length = Math.hypot(other.x - point.x, other.y - point.y);
        const part = Math.min(radius, length / 2) / (length || 1);
        return { x: point.x + (other.x - point.x) * part, y: point.y + (other.y - point.y) * part };
      };
      const [from, to] = [towards(before), towards(after)];
      return `L ${from.x} ${from.y} Q ${point.x} ${point.y} ${to.x} ${to.y}`;
    })
    .join(" ");
}

import type { EngineEvent } from "../../engine/event.ts";
import type { Point } from "./box.ts";
import { type StackGeometry, tileBox } from "./layout.ts";
import type { OutsideBox } from "./outside-layout.ts";
import { nameOf } from "./animations/motion.ts";

/** A file on its way between two things of the picture: drawn where it arrives, seen only while it moves. */
export interface Travel {
  readonly key: string;
  readonly points: readonly Point[];
  /** The row whose colour it wears; null: a volume's. */
  readonly row: number | null;
  readonly delay: number;
}

const MOST = 3;
const APART = 130;

/** What an event outside the layers is about, of the things beside the stack. */
export function thingsOf(
  event: Extract<EngineEvent, { type: "volume.copy" | "volume.change" }>,
  stack: StackGeometry | null,
): readonly OutsideBox[] {
  const under = (target: string): boolean => event.path === target || event.path.startsWith(`${target}/`);
  const same = stack?.outside.boxes.filter(({ thing }) => thing.volume === event.volume) ?? [];
  return same.some(({ thing }) => under(thing.target)) ? same.filter(({ thing }) => under(thing.target)) : same;
}

/** What `docker cp` has copied, in the container: `path` may be written as the directory it goes into. */
export function copiedName({ path, host }: Extract<EngineEvent, { type: "container.copy" }>): string {
  return nameOf(path) || nameOf(host);
}

/** The files that an event moves, and the ways they go. */
export function travelsOf(event: EngineEvent | null, stack: StackGeometry | null): readonly Travel[] {
  if (!event || !stack) return [];
  switch (event.type) {
    case "volume.copy":
      return copied(event, stack);
    case "volume.change":
      return event.change === "removed" ? [] : changed(event, stack);
    case "container.copy": {
      const tile = tileBox(stack, "merged", copiedName(event));
      if (!tile) return [];
      const [here, away] = [middle(tile), { x: middle(tile).x, y: stack.merged.y - 90 }];
      return [{ key: "0", points: event.direction === "out" ? [here, away] : [away, here], row: null, delay: 0 }];
    }
    default:
      return [];
  }
}

/** From the layer that has them, up to the mount point, and over the bridge. */
function copied(event: Extract<EngineEvent, { type: "volume.copy" }>, stack: StackGeometry): Travel[] {
  const box = thingsOf(event, stack)[0];
  const bridge = stack.outside.bridges.find(({ key }) => key === box?.thing.key);
  const column = stack.columns.find(({ column }) => bridge && endsAt(bridge.points, stack, column.name));
  const cell = column?.column.cells.find(({ kind }) => kind !== "whiteout");
  const row = stack.rows.find(({ index }) => index === cell?.row);
  const from = column && row ? tileBox(stack, row.key, column.name) : null;
  if (!box || !bridge || !from) return [];
  const points = [middle(from), ...bridge.points.toReversed(), middle(box)];
  const files = Math.min(MOST, Math.max(1, event.files));
  return Array.from({ length: files }, (_, n) => ({ key: `${n}`, points, row: cell?.row ?? null, delay: n * APART }));
}

/** From where the container did it to where it is. */
function changed(event: Extract<EngineEvent, { type: "volume.change" }>, stack: StackGeometry): Travel[] {
  const box = thingsOf(event, stack)[0];
  const bridge = stack.outside.bridges.find(({ key }) => key === box?.thing.key);
  if (!box || !bridge) return [];
  const tile = tileBox(stack, "merged", nameOf(event.path));
  const start = tile ? [middle(tile), { x: middle(tile).x, y: bridge.points.at(-1)?.y ?? tile.y }] : [];
  const points = [...(bridge.end === "cover" ? start : []), ...bridge.points.toReversed(), middle(box)];
  return [{ key: "0", points, row: null, delay: 0 }];
}

const middle = (box: { x: number; y: number; width: number; height: number }): Point => ({
  x: box.x + box.width / 2,
  y: box.y + box.height / 2,
});

function endsAt(points: readonly Point[], stack: StackGeometry, name: string): boolean {
  const column = stack.columns.find((one) => one.name === name);
  return column !== undefined && points.at(-1)?.x === column.x + Math.round(column.width / 2);
}

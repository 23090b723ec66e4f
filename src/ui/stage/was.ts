import type { EngineEvent } from "../../engine/event.ts";
import type { StackRow } from "../../engine/stack-view.ts";
import { nameOf } from "./animations/motion.ts";
import type { StackGeometry } from "./layout.ts";

/** A name of the merged view that wore another colour before an event. */
export interface Was {
  readonly name: string;
  /** Whose colour. */
  readonly layer: StackRow["layer"];
  /** The row that now has what was seen. */
  readonly row: number;
}

/** What one saw in the merged view in another colour until an event changed its supplier. */
export function wasOf(event: EngineEvent | null, stack: StackGeometry | null): readonly Was[] {
  if (event?.type !== "fs.copy-up" && event?.type !== "fs.whiteout" && event?.type !== "container.commit") return [];
  const { layer } = event;
  const row = stack?.rows.find(({ key }) => key === layer)?.index;
  if (!stack || layer === null || row === undefined) return [];
  if (event.type !== "container.commit") return [{ name: nameOf(event.path), layer, row }];
  const supplied = stack.columns.filter(({ column }) => column.merged?.row === row);
  return supplied.map(({ name }) => ({ name, layer: "writable", row }));
}

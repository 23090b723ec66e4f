import type { StackColumn, StackView } from "../../engine/stack-view.ts";

export type Mark = "A" | "C" | "D";

/** As `docker diff` has it, from the columns of a container: added, changed or deleted in the writable layer. */
export function markOf(view: StackView, column: StackColumn): Mark | null {
  const writable = view.rows.findIndex((row) => row.layer === "writable");
  const cell = column.cells.find((one) => one.row === writable);
  if (!cell) return null;
  if (cell.kind === "whiteout") return "D";
  return column.cells.some((one) => one.row !== writable && one.kind !== "whiteout") ? "C" : "A";
}

import { bytes } from "../../content/locales/phrase.ts";
import type { HostState } from "../../engine/host-state.ts";
import type { StackCell, StackRow, StackView } from "../../engine/stack-view.ts";
import { useApp, useAppStore, useText } from "../context.ts";
import { tintOf, untinted } from "../layer-color.ts";
import { tilePart } from "./animations/motion.ts";
import type { ColumnBox } from "./layout.ts";

interface TileProps {
  readonly box: ColumnBox;
  readonly view: StackView;
  readonly host: HostState;
  readonly height: number;
  readonly inset: number;
  /** Place in the row, for the arrow keys. */
  readonly index: number;
  readonly touched: ReadonlySet<string>;
}

const childOf = (path: string, name: string): string => `${path === "/" ? "" : path}/${name}`;

/** An entry as the merged view has it, in the colour of the layer that supplies it; a ghost when a whiteout hides it. */
export function MergedTile({
  box,
  view,
  host,
  height,
  inset,
  index,
  touched,
  focusable,
}: TileProps & { focusable: boolean }) {
  const store = useAppStore();
  const text = useText();
  const selected = useApp((state) => state.selectedEntry === box.name);
  const { name, column } = box;
  const { merged } = column;
  const directory = merged?.kind === "directory";
  const tint = merged ? tintOf(host, view.rows[merged.row]?.layer ?? null) : untinted;
  const size = merged
    ? directory
      ? merged.mergedFrom > 1
        ? text.stack.mergedFrom(merged.mergedFrom)
        : text.stack.entries(merged.size)
      : sizeText(merged.kind, merged.size)
    : "";
  const part = tilePart("merged", name);
  return (
    <button
      type="button"
      className={`tile ${tint.className}`}
      data-part={part}
      data-kind={merged?.kind ?? "ghost"}
      data-selected={selected}
      data-touched={touched.has(part)}
      data-column={index}
      data-row={-1}
      tabIndex={focusable ? 0 : -1}
      style={{ ...tint.style, left: box.x, width: box.width, top: inset, height: height - 2 * inset }}
      aria-label={
        merged
          ? [
              directory ? text.stack.open(name) : name,
              size,
              merged.mergedFrom > 1 ? text.stack.mergedFrom(merged.mergedFrom) : "",
            ]
              .filter(Boolean)
              .join(", ")
          : text.stack.ghost(name)
      }
      title={merged && merged.mergedFrom > 1 ? `${name}: ${text.stack.mergedFrom(merged.mergedFrom)}` : name}
      onFocus={() => store.selectEntry(name)}
      onClick={() => {
        store.selectEntry(name);
        if (directory) void store.look(view.target, childOf(view.path, name));
      }}
    >
      <span className="tile-name">{directory ? `${name}/` : name}</span>
      {size && (
        <span className="tile-size">
          {merged && directory ? (merged.mergedFrom > 1 ? text.hostView.layers(merged.mergedFrom) : merged.size) : size}
        </span>
      )}
    </button>
  );
}

function sizeText(kind: string, size: number): string {
  return kind === "file" ? bytes(size) : kind === "symlink" ? "→" : "";
}

interface LayerTileProps extends TileProps {
  readonly row: StackRow;
  readonly rowIndex: number;
}

/** What one layer holds at a name: whole, hidden by something above, or a whiteout. */
export function LayerTile({ box, view, host, row, rowIndex, height, inset, index, touched }: LayerTileProps) {
  const cell = box.column.cells.find((one) => one.row === rowIndex);
  return cell ? <Cell {...{ box, view, host, row, rowIndex, height, inset, index, touched, cell }} /> : null;
}

function Cell({
  box,
  view,
  host,
  row,
  rowIndex,
  height,
  inset,
  index,
  touched,
  cell,
}: LayerTileProps & { cell: StackCell }) {
  const store = useAppStore();
  const text = useText();
  const selected = useApp((state) => state.selectedEntry === box.name);
  const tint = tintOf(host, row.layer);
  const { name } = box;
  const whiteout = cell.kind === "whiteout";
  const directory = cell.kind === "directory";
  const size = whiteout ? "" : directory ? text.stack.entries(cell.size) : sizeText(cell.kind, cell.size);
  const part = tilePart(row.layer, name);
  const open = directory && box.column.merged?.kind === "directory";
  return (
    <button
      type="button"
      className={`tile ${tint.className}`}
      data-part={part}
      data-kind={cell.kind}
      data-hidden={cell.hidden}
      data-selected={selected}
      data-touched={touched.has(part)}
      data-column={index}
      data-row={rowIndex}
      tabIndex={-1}
      style={{ ...tint.style, left: box.x, width: box.width, top: inset, height: height - 2 * inset }}
      aria-label={[
        name,
        whiteout ? text.stack.whiteout : size,
        cell.opaque ? text.stack.opaque : "",
        cell.hidden ? text.stack.hidden : "",
      ]
        .filter(Boolean)
        .join(", ")}
      title={name}
      onFocus={() => store.selectEntry(name)}
      onClick={() => {
        store.selectEntry(name);
        if (open) void store.look(view.target, childOf(view.path, name));
      }}
    >
      <span className="tile-name">{whiteout ? text.stack.whiteout : directory ? `${name}/` : name}</span>
      {size && <span className="tile-size">{directory ? cell.size : size}</span>}
    </button>
  );
}

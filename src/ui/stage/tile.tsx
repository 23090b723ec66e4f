import { Cylinder, MemoryStick } from "lucide-react";
import { Fragment } from "react";
import type { Dictionary } from "../../content/locales/index.ts";
import { bytes } from "../../content/locales/phrase.ts";
import type { HostState } from "../../engine/host-state.ts";
import type { StackCell, StackRow, StackView } from "../../engine/stack-view.ts";
import { useApp, useAppStore, useText } from "../context.ts";
import { tintOf, untinted, volumeTint } from "../layer-color.ts";
import { volumeName } from "../names.ts";
import { tilePart } from "./animations/motion.ts";
import { type ColumnBox, piecesOf } from "./columns.ts";
import { columnOf } from "./outside.ts";

interface TileProps {
  readonly box: ColumnBox;
  readonly view: StackView;
  readonly host: HostState;
  /** In its sheet. */
  readonly top: number;
  readonly height: number;
  /** Place in the row, for the arrow keys. */
  readonly index: number;
  readonly touched: ReadonlySet<string>;
}

const childOf = (path: string, name: string): string => `${path === "/" ? "" : path}/${name}`;

/** What one sees at a name: what a layer supplies, what the mounted volume has, or the ghost that a whiteout leaves. */
function faceOf({ entry, column }: ColumnBox, view: StackView, host: HostState, text: Dictionary) {
  const { merged } = column;
  const seen = entry ?? merged;
  const mount = column.mount === null ? null : (view.mounts[column.mount] ?? null);
  const directory = seen?.kind === "directory";
  if (mount) {
    const kind = mount.volume === null ? text.stack.tmpfs : text.stack.volume;
    const volume = mount.volume === null ? null : volumeName(host, mount.volume);
    const note = text.stack.mountNote(volume, mount.hides);
    return { seen, directory, mount, tint: volumeTint, short: kind, words: [text.stack.mountPoint, note], note };
  }
  if (!seen) return { seen, directory, mount, tint: untinted, short: "", words: [], note: "" };
  if (entry) {
    const open = view.mounts[view.inside?.mount ?? -1]?.volume ?? null;
    const from = text.stack.ofVolume(open === null ? null : volumeName(host, open));
    const short = sizeText(seen.kind, seen.size);
    return { seen, directory, mount, tint: volumeTint, short, words: [short, from], note: from };
  }
  const from = merged?.mergedFrom ?? 1;
  const several = from > 1 ? text.stack.mergedFrom(from) : "";
  const tint = tintOf(host, view.rows[merged?.row ?? -1]?.layer ?? null);
  if (!directory) {
    const short = sizeText(seen.kind, seen.size);
    return { seen, directory, mount, tint, short, words: [short], note: "" };
  }
  const short = several ? text.hostView.layers(from) : String(seen.size);
  const below = view.mounts
    .filter(({ target }) => columnOf(view.path, target) === column.name)
    .map(({ target }) => text.stack.mountBelow(target));
  const words = [several || text.stack.entries(seen.size), ...below];
  return { seen, directory, mount, tint, short, words, note: [several, ...below].filter(Boolean).join(", ") };
}

/** An entry as the merged view has it, in the colour of what supplies it; a ghost when a whiteout hides it. */
export function MergedTile({
  box,
  view,
  host,
  top,
  height,
  index,
  touched,
  focusable,
  late,
}: TileProps & { focusable: boolean /** In the right half, where a note opens to the left. */; late: boolean }) {
  const store = useAppStore();
  const text = useText();
  const selected = useApp((state) => state.selectedEntry === box.name);
  const { name } = box;
  const { seen, directory, mount, tint, short, words, note } = faceOf(box, view, host, text);
  // Under a mount there is no trace of what the layers have.
  if (box.covered && !mount && !box.entry) return null;
  const part = tilePart("merged", name);
  const Mark = mount?.type === "tmpfs" ? MemoryStick : Cylinder;
  return (
    <button
      type="button"
      className={`tile ${tint.className}`}
      data-part={part}
      data-kind={seen?.kind ?? "ghost"}
      data-selected={selected}
      data-touched={touched.has(part)}
      data-column={index}
      data-row={-1}
      data-name={name}
      tabIndex={focusable ? 0 : -1}
      style={{ ...tint.style, left: box.x, width: box.width, top, height }}
      aria-label={
        seen ? [directory ? text.stack.open(name) : name, ...words].filter(Boolean).join(", ") : text.stack.ghost(name)
      }
      onFocus={() => store.selectEntry(name)}
      onClick={() => {
        store.selectEntry(name);
        if (directory) void store.look(view.target, childOf(view.path, name));
      }}
    >
      <span className="tile-name">
        {mount && <Mark className="tile-mark" size={12} aria-hidden />}
        <Name>{directory ? `${name}/` : name}</Name>
      </span>
      {short && <span className="tile-size">{short}</span>}
      {mount && (
        <span className="tile-note" data-align={late ? "end" : "start"} aria-hidden>
          {note}
        </span>
      )}
    </button>
  );
}

/** A name that may go on in the next line behind a dot or a dash, not within a word. */
function Name({ children }: { children: string }) {
  return piecesOf(children).map((piece, index) => (
    <Fragment key={index}>
      {index > 0 && <wbr />}
      {piece}
    </Fragment>
  ));
}

function sizeText(kind: string, size: number): string {
  return kind === "file" ? bytes(size) : kind === "symlink" ? "→" : "";
}

interface LayerTileProps extends TileProps {
  readonly row: StackRow;
  readonly rowIndex: number;
}

/** What one layer holds at a name: whole, hidden by something above, or a whiteout. */
export function LayerTile({ box, view, host, row, rowIndex, top, height, index, touched }: LayerTileProps) {
  const cell = box.column.cells.find((one) => one.row === rowIndex);
  return cell ? <Cell {...{ box, view, host, row, rowIndex, top, height, index, touched, cell }} /> : null;
}

function Cell({
  box,
  view,
  host,
  row,
  rowIndex,
  top,
  height,
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
      data-name={name}
      tabIndex={-1}
      style={{ ...tint.style, left: box.x, width: box.width, top, height }}
      aria-label={[
        name,
        whiteout ? text.stack.whiteout : size,
        cell.opaque ? text.stack.opaque : "",
        cell.hidden ? (box.covered ? text.stack.underMount : text.stack.hidden) : "",
      ]
        .filter(Boolean)
        .join(", ")}
      onFocus={() => store.selectEntry(name)}
      onClick={() => {
        store.selectEntry(name);
        if (open) void store.look(view.target, childOf(view.path, name));
      }}
    >
      <TileWords name={name} cell={cell} />
    </button>
  );
}

/** What is written on what a layer holds at a name. */
export function TileWords({ name, cell }: { name: string; cell: StackCell }) {
  const text = useText();
  if (cell.kind === "whiteout") return <span className="tile-name">{text.stack.whiteout}</span>;
  const directory = cell.kind === "directory";
  const size = directory ? cell.size : sizeText(cell.kind, cell.size);
  return (
    <>
      <span className="tile-name">
        <Name>{directory ? `${name}/` : name}</Name>
      </span>
      {size !== "" && <span className="tile-size">{size}</span>}
    </>
  );
}

import { Lock, Pencil } from "lucide-react";
import { bytes } from "../../content/locales/phrase.ts";
import { shortOf } from "../../core/oci/digest.ts";
import type { HostState } from "../../engine/host-state.ts";
import type { StackRow, StackView } from "../../engine/stack-view.ts";
import { useApp, useAppStore, useText } from "../context.ts";
import { layerOf, tintOf } from "../layer-color.ts";
import { layerName, layerOrigin } from "../names.ts";
import { rowPart, warmthPart } from "./animations/motion.ts";
import { NARROW_FACTS, TALL, type RowBox, type StackGeometry } from "./layout.ts";
import { LayerTile } from "./tile.tsx";

interface StackRowProps {
  readonly box: RowBox;
  readonly row: StackRow;
  readonly bottom: boolean;
  readonly view: StackView;
  readonly geometry: StackGeometry;
  readonly host: HostState;
  readonly touched: ReadonlySet<string>;
}

/** One layer: a sheet with its name at the left, its entries in their columns, its size at the right. */
export function StackRowPicture({ box, row, bottom, view, geometry, host, touched }: StackRowProps) {
  const store = useAppStore();
  const text = useText();
  const selected = useApp((state) => state.selectedLayer === row.layer);
  const writable = row.layer === "writable";
  const layer = layerOf(host, row.chainId);
  const tint = tintOf(host, row.layer);
  const container = host.containers.find((one) => one.id === view.target.id);
  const name = writable ? (container?.name ?? "") : row.layer === "init" ? text.stack.init : layerName(host, row.layer);
  const closed = writable && (container?.readOnly ?? false);
  const what = writable
    ? closed
      ? text.stack.closed
      : text.stack.writable
    : row.layer === "init"
      ? text.stack.initWhat
      : layer
        ? layerOrigin(layer)
        : "";
  const digest = layer ? shortOf(layer.diffId) : "";
  const Icon = writable && !closed ? Pencil : Lock;
  const { added, changed, deleted } = row;
  return (
    <li
      className={`sheet sheet-${writable ? "writable" : "layer"} ${tint.className}`}
      data-part={rowPart(box.key)}
      data-form={box.form}
      data-selected={selected}
      data-closed={closed}
      style={{ ...tint.style, top: box.y, height: box.height }}
    >
      <span className="warmth" data-part={warmthPart(box.key)} aria-hidden />
      <button
        type="button"
        className="sheet-label"
        style={{ width: geometry.labelWidth }}
        aria-pressed={selected}
        aria-label={`${name}, ${writable ? text.stack.writable : text.stack.readOnly}, ${what}, ${bytes(row.size)}`}
        title={layer ? `${name}\n${layer.createdBy}\n${layer.diffId}` : `${name} · ${what}`}
        tabIndex={box.form === "line" ? -1 : 0}
        onClick={() => store.selectLayer(selected ? null : row.layer)}
      >
        <span className="sheet-name">
          <span className="sheet-icon" data-part={`lock:${box.key}`}>
            <Icon size={box.form === "open" ? 15 : 12} aria-hidden />
          </span>
          <span className="sheet-title">{name}</span>
        </span>
        {box.form === "open" && <span className="sheet-what mono">{what}</span>}
        {box.form === "open" && box.height >= TALL && digest !== "" && digest !== what && (
          <span className="sheet-digest mono">{digest}</span>
        )}
      </button>
      {box.form === "open" &&
        geometry.columns.map((column, index) => (
          <LayerTile
            key={column.name}
            box={column}
            view={view}
            host={host}
            row={row}
            rowIndex={box.index}
            height={box.height}
            inset={geometry.inset}
            index={index}
            touched={touched}
          />
        ))}
      {geometry.factsWidth > NARROW_FACTS && box.form !== "line" && (
        <span className="sheet-facts" style={{ width: geometry.factsWidth }}>
          <span className="sheet-size mono">{`${bottom ? "" : "+"}${bytes(row.size)}`}</span>
          {box.form === "open" && (
            <span
              className="sheet-counts mono"
              title={`${added} ${text.stack.counts.added}, ${changed} ${text.stack.counts.changed}, ${deleted} ${text.stack.counts.deleted}`}
            >
              {bottom && changed + deleted === 0 ? text.stack.entries(added) : `A ${added} C ${changed} D ${deleted}`}
            </span>
          )}
        </span>
      )}
    </li>
  );
}

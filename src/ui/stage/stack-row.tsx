import { Lock, Pencil } from "lucide-react";
import { memo, useState } from "react";
import type { Dictionary } from "../../content/locales/index.ts";
import { bytes } from "../../content/locales/phrase.ts";
import { shortOf } from "../../core/oci/short.ts";
import type { EngineEvent } from "../../engine/event.ts";
import type { HostState } from "../../engine/host-state.ts";
import type { StackRow, StackView } from "../../engine/stack-view.ts";
import { late } from "../components/late.tsx";
import { useApp, useAppStore, useText } from "../context.ts";
import { type Tint, layerOf, tintOf } from "../layer-color.ts";
import { layerName, layerOrigin } from "../names.ts";
import { rowPart, titlePart } from "./animations/motion.ts";
import { type Sight, isInSight } from "./in-sight.ts";
import { TALL, type RowBox, type StackGeometry, tileSpan } from "./layout.ts";
import { PlateFacts } from "./plate-facts.tsx";
import { Warmth } from "./cooling.tsx";
import { LayerTile } from "./tile.tsx";

const PlateNote = late(async () => (await import("./plate-note.tsx")).PlateNote);

interface StackRowProps {
  readonly box: RowBox;
  readonly row: StackRow;
  readonly bottom: boolean;
  readonly view: StackView;
  readonly geometry: StackGeometry;
  readonly host: HostState;
  readonly touched: ReadonlySet<string>;
  /** What led to this moment. */
  readonly event: EngineEvent | null;
}

export function StackRowPicture({ sight, ...props }: StackRowProps & { readonly sight: Sight }) {
  const { box, row, host } = props;
  const { key, y, height, form } = box;
  if (form !== "line" && isInSight(sight, box)) return <Sheet {...props} />;
  return <Bare name={key} form={form} layer={row.layer} y={y} height={height} tint={tintOf(host, row.layer)} />;
}

interface BareProps {
  readonly name: string;
  readonly form: RowBox["form"];
  readonly layer: StackRow["layer"];
  readonly y: number;
  readonly height: number;
  readonly tint: Tint;
}

/** One of many without entries here, a line and no more, or a sheet out of sight. There may be 120, so each is drawn anew only when it moves. */
const Bare = memo(function Bare({ name, form, layer, y, height, tint }: BareProps) {
  const selected = useApp((state) => state.selectedLayer === layer);
  return (
    <li
      className={`sheet sheet-layer ${tint.className}`}
      data-part={rowPart(name)}
      data-form={form}
      data-selected={selected}
      style={{ ...tint.style, top: y, height }}
    />
  );
});

/** One layer: a sheet with its name at the left, its entries in their columns, its size at the right. */
function Sheet({ box, row, bottom, view, geometry, host, touched, event }: StackRowProps) {
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
  const narrow = geometry.head > 0;
  const { y: tilesAt, height } = tileSpan(geometry, box);
  const [told, setTold] = useState(false);
  const facts = <PlateFacts row={row} bottom={bottom} height={narrow ? 0 : box.height} font={geometry.font} />;
  return (
    <li
      className={`sheet sheet-${writable ? "writable" : "layer"} ${tint.className}`}
      data-part={rowPart(box.key)}
      data-form={box.form}
      data-selected={selected}
      data-touched={touched.has(rowPart(box.key))}
      data-closed={closed}
      style={{ ...tint.style, top: box.y, height: box.height, ...(layer ? {} : { width: geometry.ownWidth }) }}
    >
      <Warmth box={box} view={view} geometry={geometry} event={event} />
      <button
        type="button"
        className="sheet-label"
        aria-pressed={selected}
        aria-label={wordsOf(row, { name, what, writable }, text)}
        title={layer ? `${name}\n${layer.createdBy}\n${layer.diffId}` : `${name} · ${what}`}
        tabIndex={0}
        onClick={() => store.selectLayer(selected ? null : row.layer)}
        onFocus={(event) => setTold(event.currentTarget.matches(":focus-visible"))}
        onBlur={() => setTold(false)}
      >
        <span className="sheet-name">
          <span className="sheet-icon" data-part={`lock:${box.key}`}>
            <Icon size={box.form === "open" ? (narrow ? 14 : 15) : 12} aria-hidden />
          </span>
          <span className="sheet-title" data-part={titlePart(box.key)}>
            {name}
          </span>
        </span>
        {box.form === "open" && <span className="sheet-what mono">{what}</span>}
        {box.form === "open" && box.height >= TALL && !narrow && digest !== "" && digest !== what && (
          <span className="sheet-digest mono">{digest}</span>
        )}
        {narrow && <span className="sheet-weight">{facts}</span>}
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
            top={tilesAt - box.y}
            height={height}
            index={index}
            touched={touched}
          />
        ))}
      {!narrow && (
        <span className="sheet-facts" onPointerEnter={() => setTold(true)} onPointerLeave={() => setTold(false)}>
          {box.form === "open" ? facts : <span className="sheet-size mono">{`+${bytes(row.size)}`}</span>}
        </span>
      )}
      {told && <PlateNote row={row} align={box.y > geometry.height / 2 ? "bottom" : "top"} />}
    </li>
  );
}

function wordsOf(
  row: StackRow,
  { name, what, writable }: { name: string; what: string; writable: boolean },
  text: Dictionary,
): string {
  const { stack } = text;
  const counts = (["added", "changed", "deleted"] as const).flatMap((kind) =>
    row[kind] > 0 ? `${row[kind]} ${stack.counts[kind]}` : [],
  );
  return [name, writable ? stack.writable : stack.readOnly, what, bytes(row.size), ...counts].join(", ");
}

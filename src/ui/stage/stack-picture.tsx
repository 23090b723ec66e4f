import { ArrowUp, Eye } from "lucide-react";
import { type CSSProperties, type KeyboardEvent, useRef } from "react";
import type { EngineEvent } from "../../engine/event.ts";
import type { HostState } from "../../engine/host-state.ts";
import type { StackView } from "../../engine/stack-view.ts";
import { bytes } from "../../content/locales/phrase.ts";
import { late } from "../components/late.tsx";
import { useApp, useAppStore, useText } from "../context.ts";
import { tintOf, volumeTint } from "../layer-color.ts";
import { layerName, volumeName } from "../names.ts";
import { rowPart } from "./animations/motion.ts";
import { type Fold, INSIDE, underLid } from "./columns.ts";
import { TALL, type StackGeometry, tileSpan } from "./layout.ts";
import { Heads } from "./heads.tsx";
import { Bridges, Cover, OutsidePicture } from "./outside-picture.tsx";
import { LookupPicture } from "./lookup-picture.tsx";
import { WasSeen } from "./was-seen.tsx";
import { NextSheet } from "./next-sheet.tsx";
import { useSight } from "./in-sight.ts";
import { SightLines } from "./sight-lines.tsx";
import { StackRowPicture } from "./stack-row.tsx";
import { MergedTile } from "./tile.tsx";
import { Travellers } from "./travellers.tsx";

const TargetMenu = late(
  async () => (await import("../components/target-menu.tsx")).TargetMenu,
  <span className="icon-button small" />,
);
const Beside = late(async () => (await import("./beside.tsx")).Beside);

const CopyUpArc = late(async () => (await import("./copy-up-arc.tsx")).CopyUpArc);

interface StackPictureProps {
  readonly view: StackView;
  readonly geometry: StackGeometry;
  readonly host: HostState;
  readonly touched: ReadonlySet<string>;
  /** What led to this moment. */
  readonly event: EngineEvent | null;
  readonly expand: () => void;
}

/** Rows are layers, columns the entries of the open directory; on top what one sees looking down. */
export function StackPicture({ view, geometry, host, touched, event, expand }: StackPictureProps) {
  const store = useAppStore();
  const text = useText();
  const root = useRef<HTMLDivElement>(null);
  const sight = useSight(root);
  const selectedEntry = useApp((state) => state.selectedEntry);
  const { merged, columns, rows } = geometry;
  const narrow = geometry.head > 0;
  const { y: tilesAt, height } = tileSpan(geometry, merged);
  const top = tilesAt - merged.y;
  const open = view.inside && view.mounts[view.inside.mount];
  const openVolume = open?.volume ? volumeName(host, open.volume) : null;
  const hides = view.columns.length + view.folded.reduce((sum, fold) => sum + fold.count, 0);
  const nothing = view.inside
    ? view.inside.entries.length > 0
      ? ""
      : openVolume === null
        ? text.stack.memoryContent
        : text.stack.emptyVolume
    : columns.every(({ column }) => underLid(column))
      ? text.stack.empty
      : "";
  const nameOfRow = (index: number): string => {
    if (index === INSIDE) return openVolume ?? text.stack.tmpfs;
    const layer = view.rows[index]?.layer ?? "init";
    if (layer === "writable") return text.stack.writable;
    return layer === "init" ? text.stack.init : layerName(host, layer);
  };
  const wordsOf = ({ row, count }: Fold): string =>
    row === -1 ? text.stack.foldedHidden(count) : text.stack.foldedColumns(count, nameOfRow(row));
  const up = view.path === "/" ? null : view.path.slice(0, Math.max(1, view.path.lastIndexOf("/")));
  const first = columns.some(({ name }) => name === selectedEntry) ? selectedEntry : columns[0]?.name;

  const facts = (
    <>
      <span className="sheet-size mono">{bytes(view.mergedSize)}</span>
      <TargetMenu target={view.target} />
    </>
  );

  return (
    <div
      className="stack"
      ref={root}
      data-tall={!narrow && merged.height >= TALL}
      data-narrow={narrow}
      data-lines={geometry.lines}
      style={
        {
          width: geometry.width,
          height: geometry.height,
          "--tile-font": `${geometry.font}px`,
          "--stack-width": `${geometry.stackWidth}px`,
          "--label-width": `${geometry.labelWidth}px`,
          "--facts-width": `${geometry.factsWidth}px`,
          "--head": `${geometry.head}px`,
          "--view-width": `${geometry.viewWidth}px`,
        } as CSSProperties
      }
      onKeyDown={(event) => moveFocus(event, root.current)}
    >
      <SightLines view={view} geometry={geometry} host={host} />
      {!narrow && <Heads view={view} geometry={geometry} />}
      <div
        className="sheet sheet-merged"
        data-part={rowPart("merged")}
        style={{ top: merged.y, height: merged.height, width: geometry.ownWidth }}
      >
        <div className="sheet-label">
          <span className="sheet-name">
            <Eye size={narrow ? 14 : 15} aria-hidden />
            <span className="sheet-title">{text.stack.merged}</span>
          </span>
          {narrow ? (
            <span className="sheet-what mono">{view.path}</span>
          ) : (
            <span className="sheet-what">
              {view.target.kind === "container" ? text.stack.mergedWhat : text.stack.mergedImage}
            </span>
          )}
        </div>
        <div className="sheet-tools">
          {up !== null && (
            <button
              type="button"
              className="icon-button small"
              aria-label={text.stack.up}
              title={text.stack.up}
              onClick={() => void store.look(view.target, up)}
            >
              <ArrowUp size={14} aria-hidden />
            </button>
          )}
          {narrow && facts}
        </div>
        {columns.map((box, index) => (
          <MergedTile
            key={box.name}
            box={box}
            view={view}
            host={host}
            top={top}
            height={height}
            index={index}
            focusable={box.name === first}
            touched={touched}
            late={box.x > geometry.ownWidth / 2}
          />
        ))}
        {geometry.folded.length > 0 && (
          <button
            type="button"
            className="fold"
            style={{ left: geometry.foldX, width: geometry.foldWidth, top, height }}
            aria-label={`${geometry.folded.map(wordsOf).join(", ")}. ${text.stack.showMore}`}
            title={`${geometry.folded.map(wordsOf).join("\n")}\n${text.stack.showMore}`}
            onClick={expand}
          >
            <span className="fold-more">
              {text.stack.more(geometry.folded.reduce((sum, { count }) => sum + count, 0))}
            </span>
            {geometry.folded.slice(0, 2).map(({ row, count }) => {
              const tint = row === INSIDE ? volumeTint : tintOf(host, view.rows[row]?.layer ?? null);
              const from = row === -1 ? text.stack.hiddenShort : nameOfRow(row);
              return (
                <span key={row} className={`fold-line ${tint.className}`} style={tint.style}>
                  {geometry.folded.length > 1 ? `${count} ${from}` : from}
                </span>
              );
            })}
          </button>
        )}
        {nothing && (
          <span className="sheet-empty" style={{ left: geometry.labelWidth, top: top + height / 2 }}>
            {nothing}
          </span>
        )}
        {!narrow && <div className="sheet-facts">{facts}</div>}
      </div>
      <ol className="stack-rows" aria-label={text.stack.name}>
        {rows.map((box) => {
          const row = view.rows[box.index];
          if (!row) return null;
          return (
            <StackRowPicture
              key={box.key}
              sight={sight}
              box={box}
              row={row}
              bottom={box.index === view.rows.length - 1}
              view={view}
              geometry={geometry}
              host={host}
              touched={touched}
              event={event}
            />
          );
        })}
      </ol>
      <NextSheet geometry={geometry} />
      <WasSeen event={event} geometry={geometry} host={host} />
      <Cover geometry={geometry} words={text.stack.cover(openVolume, hides)} />
      <Bridges geometry={geometry} />
      {view.beside.length > 0 && <Beside view={view} geometry={geometry} host={host} />}
      <OutsidePicture geometry={geometry} host={host} touched={touched} />
      <Travellers event={event} geometry={geometry} view={view} host={host} />
      {event?.type === "fs.copy-up" && <CopyUpArc event={event} geometry={geometry} />}
      <LookupPicture event={event} geometry={geometry} view={view} host={host} />
      {geometry.quiet.map((run) => (
        <span key={run.y} className="quiet-run" style={{ top: run.y, height: run.height }}>
          <span>{text.stack.foldedRows(run.count)}</span>
        </span>
      ))}
    </div>
  );
}

const DIRECTIONS: Readonly<Record<string, readonly [x: number, y: number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** Arrow keys go from tile to tile: along the row, and up and down the column. */
function moveFocus(event: KeyboardEvent, root: HTMLElement | null): void {
  const { column, row } = (event.target as HTMLElement).dataset;
  if (column === undefined || row === undefined || !root) return;
  const [dx, dy] = DIRECTIONS[event.key] ?? [0, 0];
  if (dx === 0 && dy === 0) return;
  event.preventDefault();
  const at = { column: Number(column), row: Number(row) };
  const away = (tile: HTMLElement): number => {
    const [c, r] = [Number(tile.dataset["column"]) - at.column, Number(tile.dataset["row"]) - at.row];
    if (dx !== 0) return r === 0 && c * dx > 0 ? c * dx : Number.POSITIVE_INFINITY;
    return c === 0 && r * dy > 0 ? r * dy : Number.POSITIVE_INFINITY;
  };
  const tiles = [...root.querySelectorAll<HTMLElement>("[data-column]")];
  const next = tiles.reduce<HTMLElement | null>(
    (best, tile) => (away(tile) < (best ? away(best) : Infinity) ? tile : best),
    null,
  );
  next?.focus();
}

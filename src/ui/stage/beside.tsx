import { Eye, Lock, Pencil } from "lucide-react";
import { bytes } from "../../content/locales/phrase.ts";
import type { SiblingCell, StackSibling } from "../../engine/stack-beside.ts";
import type { HostState } from "../../engine/host-state.ts";
import type { StackView } from "../../engine/stack-view.ts";
import { useAppStore, useText } from "../context.ts";
import { CHIPS, OTHERS, type SiblingBox, siblingSpan } from "./beside-layout.ts";
import type { StackGeometry } from "./layout.ts";
import { pathOf } from "./outside-layout.ts";
import "./beside.css";

interface BesideProps {
  readonly view: StackView;
  readonly geometry: StackGeometry;
  readonly host: HostState;
}

/** The other containers on the same layers, each with its own writable plate and its own view: what they share lies under all of them. */
export function Beside({ view, geometry, host }: BesideProps) {
  const store = useAppStore();
  const text = useText();
  const { boxes, ties, others, chips } = geometry.beside;
  const look = (sibling: StackSibling) => (): void => {
    void store.look({ kind: "container", id: sibling.container }, view.path);
  };
  return (
    <>
      <svg className="ties" width={geometry.width} height={geometry.height} aria-hidden>
        {ties.map(({ key, kind, points }) => (
          <path key={key} data-kind={kind} d={pathOf(points, 5)} />
        ))}
      </svg>
      <ul aria-label={text.sharing.beside}>
        {boxes.map((box) => (
          <Sibling key={box.sibling.container} box={box} geometry={geometry} host={host} look={look(box.sibling)} />
        ))}
        {others && (
          <li>
            <button
              type="button"
              className="beside-others hued-amber"
              style={{ left: others.x, width: OTHERS, ...rowOf(geometry, "writable") }}
              aria-label={text.sharing.moreBeside(others.count)}
              title={text.sharing.moreBeside(others.count)}
              onClick={look(others.first)}
            >
              +{others.count}
            </button>
          </li>
        )}
      </ul>
      {chips !== null && (
        <p className="beside-chips" style={{ top: chips, width: geometry.viewWidth, height: CHIPS }}>
          <span>{text.sharing.alsoOn}</span>
          {view.beside.map((sibling) => (
            <button key={sibling.container} type="button" className="beside-chip hued-amber" onClick={look(sibling)}>
              <Pencil size={12} aria-hidden />
              {host.containers.find(({ id }) => id === sibling.container)?.name}
              <span className="mono">{bytes(sibling.size)}</span>
            </button>
          ))}
        </p>
      )}
    </>
  );
}

const rowOf = ({ rows, merged }: StackGeometry, key: string): { top: number; height: number } => {
  const row = rows.find((one) => one.key === key) ?? merged;
  return { top: row.y, height: row.height };
};

interface SiblingProps {
  readonly box: SiblingBox;
  readonly geometry: StackGeometry;
  readonly host: HostState;
  readonly look: () => void;
}

function Sibling({ box, geometry, host, look }: SiblingProps) {
  const text = useText();
  const { sibling, x, width, tiles, more } = box;
  const { merged } = geometry;
  const container = host.containers.find(({ id }) => id === sibling.container);
  const name = container?.name ?? sibling.container.slice(0, 12);
  const init = geometry.rows.find(({ key, form }) => key === "init" && form === "thin");
  const span = siblingSpan(merged.height);
  const place = { left: x, width };
  const seen = tiles.map((tile) => `${tile.cell.name} ${wordOf(tile.cell, text.stack.whiteout)}`);
  const Icon = container?.readOnly ? Lock : Pencil;
  const sees = sibling.directory === "gone" ? text.sharing.notThere : text.sharing.inMount;
  return (
    <li className="hued-amber">
      <div
        className="beside-sheet beside-merged"
        style={{ ...place, top: merged.y, height: merged.height }}
        aria-hidden
      >
        <span className="beside-head" style={{ height: span.y }}>
          <Eye size={13} />
          <span className="beside-name">{text.sharing.sees(name)}</span>
          {sibling.below > 0 && <span className="beside-size">{text.sharing.below(sibling.below)}</span>}
        </span>
        {sibling.directory === "seen" ? (
          tiles.map((tile) => <SiblingTile key={tile.cell.name} tile={tile} span={span} ghost />)
        ) : (
          <span className="beside-words" style={{ top: span.y, height: span.height }}>
            {sees}
          </span>
        )}
      </div>
      <button
        type="button"
        className="beside-sheet beside-writable"
        style={{ ...place, ...rowOf(geometry, "writable") }}
        aria-label={[name, text.stack.writable, bytes(sibling.size), ...seen].join(", ")}
        title={`${name} · ${text.stack.writable}`}
        onClick={look}
      >
        <span className="beside-head" style={{ height: span.y }}>
          <Icon size={13} aria-hidden />
          <span className="beside-name">{name}</span>
          <span className="beside-size mono">{bytes(sibling.size)}</span>
        </span>
        {tiles.map((tile) => (
          <SiblingTile key={tile.cell.name} tile={tile} span={span} />
        ))}
        {tiles.length === 0 && (
          <span className="beside-words" style={{ top: span.y, height: span.height }}>
            {text.sharing.nothingHere}
          </span>
        )}
        {more > 0 && <span className="beside-more">+{more}</span>}
      </button>
      {tiles.map(({ cell, x: at, width: wide }) =>
        cell.kind === "whiteout" || sibling.directory !== "seen" ? null : (
          <span
            key={cell.name}
            className="sight-line"
            style={{
              left: x + at + Math.round(wide / 2),
              top: merged.y + merged.height - 8,
              height: rowOf(geometry, "writable").top - merged.y - merged.height + 8,
            }}
            aria-hidden
          />
        ),
      )}
      {init && <span className="beside-sheet beside-init" style={{ ...place, top: init.y, height: init.height }} />}
    </li>
  );
}

interface SiblingTileProps {
  readonly tile: SiblingBox["tiles"][number];
  readonly span: { readonly y: number; readonly height: number };
  /** As its merged view shows it: a whiteout leaves the ghost of the name. */
  readonly ghost?: boolean;
}

function SiblingTile({ tile: { cell, x, width }, span, ghost = false }: SiblingTileProps) {
  const text = useText();
  const hidden = cell.kind === "whiteout";
  const name = cell.kind === "directory" ? `${cell.name}/` : cell.name;
  return (
    <span
      className={`tile ${hidden && ghost ? "" : "hued-amber"}`}
      data-kind={hidden && ghost ? "ghost" : cell.kind}
      style={{ left: x, width, top: span.y, height: span.height }}
      title={cell.name}
    >
      <span className="tile-name">{hidden && !ghost && span.height < 34 ? text.stack.whiteout : name}</span>
      {span.height >= 34 && !(hidden && ghost) && (
        <span className="tile-size">{wordOf(cell, text.stack.whiteout)}</span>
      )}
    </span>
  );
}

function wordOf({ kind, size }: SiblingCell, whiteout: string): string {
  if (kind === "whiteout") return whiteout;
  return kind === "file" ? bytes(size) : kind === "directory" ? String(size) : "";
}

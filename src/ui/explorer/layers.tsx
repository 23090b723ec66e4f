import { Lock, Pencil } from "lucide-react";
import { Fragment } from "react";
import { bytes } from "../../content/locales/phrase.ts";
import type { StackRow } from "../../engine/stack-view.ts";
import { useApp, useAppStore, useText } from "../context.ts";
import { layerOf, tintOf } from "../layer-color.ts";
import { imageName, layerName, layerOrigin } from "../names.ts";
import { useExplorer } from "./opening.ts";

/** The open stack's layers, top first: what made each, its digests, its size. */
export function Layers() {
  const text = useText();
  const { view } = useApp((state) => state.shown);
  if (!view) return <p className="quiet explorer-empty">{text.panel.noFiles}</p>;
  return (
    <ol className="layers" aria-label={text.panel.layers}>
      {view.rows.map((row) => (
        <LayerItem key={row.layer} row={row} />
      ))}
    </ol>
  );
}

function LayerItem({ row }: { row: StackRow }) {
  const store = useAppStore();
  const text = useText();
  const open = useExplorer();
  const { host, view } = useApp((state) => state.shown);
  const selected = useApp((state) => state.selectedLayer === row.layer);
  const layer = layerOf(host, row.chainId);
  const tint = tintOf(host, row.layer);
  const writable = row.layer === "writable";
  const container = host.containers.find((one) => one.id === view?.target.id);
  const name = writable
    ? text.panel.writableOf(container?.name ?? "")
    : row.layer === "init"
      ? `${text.stack.init} (${text.stack.initWhat})`
      : layerName(host, row.layer);
  const users = layer?.usedBy.flatMap((id) => host.images.filter((image) => image.id === id)) ?? [];
  const Icon = writable ? Pencil : Lock;
  return (
    <li className={`layer-item ${tint.className}`} style={tint.style} data-selected={selected}>
      <button type="button" aria-expanded={selected} onClick={() => store.selectLayer(selected ? null : row.layer)}>
        <Icon size={13} aria-hidden />
        <span className="layer-name">{name}</span>
        <span className="mono layer-size">{bytes(row.size)}</span>
      </button>
      {layer && <p className="layer-made mono">{selected ? layer.createdBy : layerOrigin(layer)}</p>}
      {selected && (
        <div className="card-actions">
          <button type="button" className="button" onClick={() => open({ view: "tree", layer: row.layer })}>
            {text.insight.views.tree}
          </button>
        </div>
      )}
      {selected && (
        <dl className="facts">
          {[
            [text.stack.sizes.atRest, row.size] as const,
            [text.stack.sizes.seen, row.seen] as const,
            [text.stack.sizes.total, row.total] as const,
          ].map(([what, size]) => (
            <Fragment key={what}>
              <dt>{what}</dt>
              <dd className="mono">{size.toLocaleString(text.tag)} B</dd>
            </Fragment>
          ))}
          <dt>{text.panel.changes}</dt>
          <dd className="mono">
            A {row.added} C {row.changed} D {row.deleted}
          </dd>
        </dl>
      )}
      {selected && layer && (
        <dl className="facts">
          <dt>{text.panel.diffId}</dt>
          <dd className="mono">{layer.diffId}</dd>
          <dt>{text.panel.chainId}</dt>
          <dd className="mono">{layer.chainId}</dd>
          <dt>{text.panel.digest}</dt>
          <dd className="mono">{layer.digest}</dd>
          <dt>{text.panel.usedBy}</dt>
          <dd>{users.map(imageName).join(", ") || "–"}</dd>
        </dl>
      )}
    </li>
  );
}

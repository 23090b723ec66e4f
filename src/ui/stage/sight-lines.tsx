import type { HostState } from "../../engine/host-state.ts";
import type { StackView } from "../../engine/stack-view.ts";
import { useApp, useText } from "../context.ts";
import { tintOf, volumeTint } from "../layer-color.ts";
import { LINES } from "./animations/motion.ts";
import { underLid } from "./columns.ts";
import type { StackGeometry } from "./layout.ts";

/** Lines from what the merged view shows down to the layer that supplies it; lids where an opaque directory lets nothing through. */
export function SightLines({ view, geometry, host }: { view: StackView; geometry: StackGeometry; host: HostState }) {
  const text = useText();
  const selected = useApp((state) => state.selectedEntry);
  const { merged, rows, columns, head, inset, cover } = geometry;
  const top = merged.y + merged.height - inset;
  const bottom = Math.max(top, ...rows.map((row) => row.y + row.height));
  const lidded = view.inside ? [] : columns.filter(({ column }) => underLid(column));
  const covered = rows.find(({ index }) =>
    lidded.some(({ column }) => column.cells.some((cell) => cell.row === index)),
  );
  const rowAt = new Map(rows.map((row) => [row.index, row]));
  return (
    <div className="sight" data-part={LINES} aria-hidden>
      {covered && (
        <span
          className="opaque-lid"
          data-part="opaque"
          style={{
            left: geometry.labelWidth,
            width: geometry.foldX - geometry.labelWidth,
            top: covered.y + head - 9,
            height: 24,
          }}
        >
          <span>{text.stack.opaque}</span>
        </span>
      )}
      {columns.map(({ name, x, width, column, entry, covered }) => {
        // A file of a volume is seen on the lid over the layers; at a mount point one sees none of them.
        const supplier = covered ? null : column.merged && rowAt.get(column.merged.row);
        const end = entry && cover ? cover.y : supplier && supplier.y + (supplier.form === "open" ? head + inset : 2);
        const tint = entry
          ? volumeTint
          : tintOf(host, column.merged ? (view.rows[column.merged.row]?.layer ?? null) : null);
        // What a directory is merged from is seen through it.
        const layers = column.cells.flatMap((cell) => {
          const row = cell.kind === "directory" && !cell.hidden && !covered ? rowAt.get(cell.row) : undefined;
          return row && row.form === "open" ? [row] : [];
        });
        const opaque = column.cells.find((cell) => cell.opaque);
        const under = opaque && rowAt.get(opaque.row);
        return (
          <span key={name}>
            {end && (
              <span
                className={`sight-line ${tint.className}`}
                data-part={`line:${name}`}
                data-selected={name === selected}
                style={{
                  ...tint.style,
                  left: x + Math.round(width / 2),
                  top,
                  height: end - top,
                }}
              />
            )}
            {layers.slice(1).map((row, index) => {
              const above = layers[index];
              if (!above) return null;
              const from = above.y + above.height - inset;
              const tint = tintOf(host, view.rows[row.index]?.layer ?? null);
              return (
                <span
                  key={row.key}
                  className={`sight-line sight-line-through ${tint.className}`}
                  data-selected={name === selected}
                  style={{
                    ...tint.style,
                    left: x + Math.round(width / 2),
                    top: from,
                    height: row.y + head + inset - from,
                  }}
                />
              );
            })}
            {under && (
              <span
                className="opaque-lid"
                data-part={`opaque:${name}`}
                style={{ left: x, width, top: under.y + under.height - 4, height: bottom - under.y - under.height + 4 }}
              >
                <span>{text.stack.opaqueLid}</span>
              </span>
            )}
          </span>
        );
      })}
    </div>
  );
}

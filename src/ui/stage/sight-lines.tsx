import type { HostState } from "../../engine/host-state.ts";
import type { StackView } from "../../engine/stack-view.ts";
import { useApp, useText } from "../context.ts";
import { tintOf } from "../layer-color.ts";
import type { StackGeometry } from "./layout.ts";

/** Lines from what the merged view shows down to the layer that supplies it; lids where an opaque directory lets nothing through. */
export function SightLines({ view, geometry, host }: { view: StackView; geometry: StackGeometry; host: HostState }) {
  const text = useText();
  const selected = useApp((state) => state.selectedEntry);
  const { merged, rows, columns, inset } = geometry;
  const top = merged.y + merged.height - inset;
  const bottom = Math.max(top, ...rows.map((row) => row.y + row.height));
  const rowAt = new Map(rows.map((row) => [row.index, row]));
  return (
    <div className="sight" aria-hidden>
      {columns.map(({ name, x, width, column }) => {
        const supplier = column.merged && rowAt.get(column.merged.row);
        const tint = tintOf(host, column.merged ? (view.rows[column.merged.row]?.layer ?? null) : null);
        const opaque = column.cells.find((cell) => cell.opaque);
        const under = opaque && rowAt.get(opaque.row);
        return (
          <span key={name}>
            {supplier && (
              <span
                className={`sight-line ${tint.className}`}
                data-part={`line:${name}`}
                data-selected={name === selected}
                style={{
                  ...tint.style,
                  left: x + Math.round(width / 2),
                  top,
                  height: supplier.y + (supplier.form === "open" ? inset : 2) - top,
                }}
              />
            )}
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

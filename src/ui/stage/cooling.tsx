import { Pencil } from "lucide-react";
import type { EngineEvent } from "../../engine/event.ts";
import type { StackView } from "../../engine/stack-view.ts";
import { useText } from "../context.ts";
import { warmthPart, wasTitlePart } from "./animations/motion.ts";
import { type RowBox, type StackGeometry, tileBox } from "./layout.ts";
import { TileWords } from "./tile.tsx";
import "./cooling.css";

interface CoolingProps {
  readonly box: RowBox;
  readonly view: StackView;
  readonly geometry: StackGeometry;
  /** What led to this moment. */
  readonly event: EngineEvent | null;
}

/** The amber of a sheet: seen while something is written to it. A layer just committed wears all of what it was. */
export function Warmth({ box, view, geometry, event }: CoolingProps) {
  const text = useText();
  const committed = event?.type === "container.commit" && event.layer === box.key;
  return (
    <span className="warmth hued-amber" data-cooling={committed} data-part={warmthPart(box.key)} aria-hidden>
      {committed && box.form === "open" && (
        <>
          <span className="sheet-label" data-part={wasTitlePart(box.key)}>
            <span className="sheet-name">
              <span className="sheet-icon">
                <Pencil size={15} />
              </span>
              <span className="sheet-title">{event.name}</span>
            </span>
            <span className="sheet-what">{text.stack.writable}</span>
          </span>
          {geometry.columns.map(({ name, column }) => {
            const tile = tileBox(geometry, box.key, name);
            const cell = column.cells.find(({ row }) => view.rows[row]?.layer === box.key);
            if (!tile || !cell) return null;
            const { x, y, width, height } = tile;
            return (
              <span
                key={name}
                className="tile hued-amber"
                data-kind={cell.kind}
                style={{ left: x, top: y - box.y, width, height }}
              >
                <TileWords name={name} cell={cell} />
              </span>
            );
          })}
        </>
      )}
    </span>
  );
}

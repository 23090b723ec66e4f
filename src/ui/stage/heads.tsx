import type { StackView } from "../../engine/stack-view.ts";
import { useApp } from "../context.ts";
import { headPart } from "./animations/motion.ts";
import type { StackGeometry } from "./layout.ts";

/** Above the merged view: which directory is open, and the name that each column stands for. */
export function Heads({ view, geometry }: { view: StackView; geometry: StackGeometry }) {
  const selected = useApp((state) => state.selectedEntry);
  const { merged, heading, columns, outside } = geometry;
  // A way from a volume comes down there.
  const taken = new Set(outside.bridges.map(({ points }) => points.at(-1)?.x));
  return (
    <div className="heads mono" style={{ top: merged.y - heading - 1, height: heading }} aria-hidden>
      <span className="head-path">{view.path}</span>
      {columns.map(({ name, x, width }) =>
        taken.has(x + Math.round(width / 2)) ? null : (
          <span
            key={name}
            className="head"
            data-part={headPart(name)}
            data-selected={name === selected}
            style={{ left: x, width }}
          >
            {name}
          </span>
        ),
      )}
    </div>
  );
}

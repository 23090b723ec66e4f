import type { EngineEvent } from "../../engine/event.ts";
import type { HostState } from "../../engine/host-state.ts";
import { tintOf } from "../layer-color.ts";
import { wasPart } from "./animations/motion.ts";
import { type StackGeometry, tileBox } from "./layout.ts";
import { TileWords } from "./tile.tsx";
import { wasOf } from "./was.ts";

interface WasSeenProps {
  readonly event: EngineEvent | null;
  readonly geometry: StackGeometry;
  readonly host: HostState;
}

/** In the merged view what was there before, in its colour: seen while something comes to stand for it, never at rest. */
export function WasSeen({ event, geometry, host }: WasSeenProps) {
  return wasOf(event, geometry).map(({ name, layer, row }) => {
    const box = tileBox(geometry, "merged", name);
    const column = geometry.columns.find((one) => one.name === name)?.column;
    const cell = column?.cells.find((one) => one.row === row);
    if (!box || !cell) return null;
    const { x, y, width, height } = box;
    const tint = tintOf(host, layer);
    return (
      <span
        key={name}
        className={`tile was ${tint.className}`}
        data-part={wasPart(name)}
        data-kind={cell.kind}
        // Within the edge of the merged view, as its own tiles are.
        style={{ ...tint.style, left: x + 1, top: y + 1, width, height }}
        aria-hidden
      >
        <TileWords name={name} cell={cell} />
      </span>
    );
  });
}

import { File } from "lucide-react";
import type { EngineEvent } from "../../engine/event.ts";
import type { HostState } from "../../engine/host-state.ts";
import type { StackView } from "../../engine/stack-view.ts";
import { tintOf, volumeTint } from "../layer-color.ts";
import { travelPart } from "./animations/motion.ts";
import type { StackGeometry } from "./layout.ts";
import { travelsOf } from "./travel.ts";

interface TravellersProps {
  readonly event: EngineEvent | null;
  readonly geometry: StackGeometry;
  readonly view: StackView;
  readonly host: HostState;
}

/** Files under way. At rest they are not seen: what they are part of then is drawn by itself. */
export function Travellers({ event, geometry, view, host }: TravellersProps) {
  return travelsOf(event, geometry).map(({ key, points, row }) => {
    const end = points.at(-1);
    const tint = row === null ? volumeTint : tintOf(host, view.rows[row]?.layer ?? null);
    return (
      <span
        key={key}
        className={`traveller ${tint.className}`}
        style={{ ...tint.style, left: end?.x, top: end?.y }}
        data-part={travelPart(key)}
        aria-hidden
      >
        <File size={13} />
      </span>
    );
  });
}

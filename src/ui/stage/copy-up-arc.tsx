import type { EngineEvent } from "../../engine/event.ts";
import { useText } from "../context.ts";
import { nameOf } from "./animations/motion.ts";
import { type StackGeometry, tileBox } from "./layout.ts";

interface CopyUpArcProps {
  readonly event: Extract<EngineEvent, { type: "fs.copy-up" }>;
  readonly geometry: StackGeometry;
}

/** While a copy-up is told: from the file that was read up to the copy in the writable layer. */
export function CopyUpArc({ event, geometry }: CopyUpArcProps) {
  const text = useText();
  const from = tileBox(geometry, event.layer, nameOf(event.path));
  const to = tileBox(geometry, "writable", nameOf(event.path));
  if (!from || !to || from.y <= to.y) return null;
  const x = to.x + to.width / 2;
  const [start, end] = [from.y, to.y + to.height + 5];
  const bulge = Math.min(46, (start - end) / 3);
  return (
    <div className="copy-up" aria-hidden>
      <svg width={geometry.width} height={geometry.height}>
        <path d={`M ${x} ${start} C ${x + bulge} ${start - 24}, ${x + bulge} ${end + 24}, ${x} ${end}`} />
        <path className="copy-up-head" d={`M ${x - 6} ${end + 8} L ${x} ${end} L ${x + 7} ${end + 6}`} />
      </svg>
      <span style={{ left: x + bulge * 0.75, top: (start + end) / 2 }}>{text.stack.copyUp}</span>
    </div>
  );
}

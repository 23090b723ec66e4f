import { Pencil } from "lucide-react";
import { useText } from "../context.ts";
import { NEXT, rowPart } from "./animations/motion.ts";
import type { StackGeometry } from "./layout.ts";
import "./next-sheet.css";

/** Over an image's layers: a container of it would get an empty writable layer there. Only its outline is drawn: it is not there yet. */
export function NextSheet({ geometry }: { geometry: StackGeometry }) {
  const text = useText();
  const { next, stackWidth } = geometry;
  if (!next) return null;
  return (
    <p
      className="next-sheet hued-amber"
      data-part={rowPart(NEXT)}
      style={{ top: next.y, height: next.height, width: stackWidth }}
    >
      <Pencil size={12} aria-hidden />
      <span>{text.stack.next}</span>
      <span className="next-empty">{text.stack.nextEmpty}</span>
    </p>
  );
}

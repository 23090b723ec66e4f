import type { EngineEvent } from "../../engine/event.ts";
import type { HostState } from "../../engine/host-state.ts";
import type { StackView } from "../../engine/stack-view.ts";
import { useText } from "../context.ts";
import { tintOf } from "../layer-color.ts";
import { RAY, rayPart } from "./animations/motion.ts";
import type { StackGeometry } from "./layout.ts";
import { lookupRay } from "./lookup.ts";
import "./lookup.css";

interface LookupPictureProps {
  readonly event: EngineEvent | null;
  readonly geometry: StackGeometry;
  readonly view: StackView;
  readonly host: HostState;
}

/** While a lookup is told: the ray, what each plate on its way says, and where it ends. */
export function LookupPicture({ event, geometry, view, host }: LookupPictureProps) {
  const text = useText();
  if (event?.type !== "fs.read" || view.inside || event.container !== view.target.id) return null;
  const directory = event.path.slice(0, Math.max(1, event.path.lastIndexOf("/")));
  const ray = directory === view.path ? lookupRay(event, geometry) : null;
  if (!ray) return null;
  const { x, top, bottom, marks, name } = ray;
  return (
    <div className="lookup" aria-hidden>
      <span className="lookup-ray" data-part={RAY} style={{ left: x, top, height: bottom - top }} />
      {name !== null && (
        <span className="lookup-name mono" style={{ left: x, top }}>
          {name}
        </span>
      )}
      {marks.map(({ layer, answer, y }) => {
        const tint = tintOf(host, layer);
        return (
          <span
            key={layer}
            className={`lookup-mark ${tint.className}`}
            data-part={rayPart(layer)}
            data-answer={answer}
            style={{ ...tint.style, left: x, top: y }}
          >
            <span>{text.stack.lookup[answer]}</span>
          </span>
        );
      })}
    </div>
  );
}

import { type PointerEvent, useEffect, useRef, useState } from "react";
import { useStore } from "zustand";
import type { Anchor, Pointing } from "../../state/pointing.ts";
import { anchorAt, placeOf, zoomTo } from "./anchor.ts";
import { late } from "../components/late.tsx";
import { pointing, presenting } from "./presenting.ts";
import "./projector.css";

const Invite = late(async () => (await import("./invite.tsx")).Invite);

/** Between two points of a stroke, in CSS pixels. */
const STRIDE = 4;
/** Radius of the spotlight, to the lesser side of the window. */
const SPOT = 0.14;

/** The ink of one stroke as a path, where it is in this window now. */
function inkOf(stroke: readonly Anchor[]): string {
  const points = stroke.flatMap((anchor) => {
    const at = placeOf(anchor);
    return at ? [at.map((value) => value.toFixed(1)).join(" ")] : [];
  });
  // A dot is a line too: round ends make it visible.
  return points.length > 0 ? `M${points.join("L")}${points.length === 1 ? "h.1" : ""}` : "";
}

interface Drawn {
  readonly ink: readonly string[];
  readonly spot: readonly [x: number, y: number] | null;
}

/** Ink and light stay on what they were put on while the picture moves. */
function useDrawn({ strokes, spot }: Pointing): Drawn {
  const [drawn, setDrawn] = useState<Drawn>({ ink: [], spot: null });
  const last = useRef("");
  const marked = strokes.length > 0 || spot !== null;
  useEffect(() => {
    let frame = 0;
    const draw = (): void => {
      const now: Drawn = { ink: strokes.map(inkOf), spot: spot && placeOf(spot) };
      const key = JSON.stringify(now);
      if (key !== last.current) setDrawn(now);
      last.current = key;
      if (marked) frame = requestAnimationFrame(draw);
    };
    draw();
    return () => cancelAnimationFrame(frame);
  }, [strokes, spot, marked]);
  return drawn;
}

/** The picture stands so that the plate fills it; CSS does the moving. */
function useZoom(zoom: Anchor | null): void {
  useEffect(() => {
    const { style, dataset } = document.documentElement;
    const place = (): void => {
      const to = zoom && zoomTo(zoom);
      if (!to) return void delete dataset["zoomed"];
      dataset["zoomed"] = "true";
      style.setProperty("--zoom-x", `${to.x}px`);
      style.setProperty("--zoom-y", `${to.y}px`);
      style.setProperty("--zoom-scale", String(to.scale));
    };
    place();
    window.addEventListener("resize", place);
    return () => {
      window.removeEventListener("resize", place);
      delete dataset["zoomed"];
    };
  }, [zoom]);
}

/** What the presenter draws over the picture, and the sheet of glass that the pointer draws on while a tool is taken. */
export function Marks() {
  const now = useStore(pointing);
  const tool = useStore(presenting, (state) => state.tool);
  const role = useStore(presenting, (state) => state.role);
  const drawn = useDrawn(now);
  useZoom(now.zoom);
  const begun = useRef<{ readonly x: number; readonly y: number } | null>(null);

  const onPointerDown = (event: PointerEvent): void => {
    const { clientX: x, clientY: y } = event;
    if (tool === "zoom") {
      const plate = anchorAt(x, y, true);
      if (plate?.part) pointing.setState({ zoom: plate });
      return presenting.setState({ tool: null });
    }
    const at = anchorAt(x, y);
    if (tool !== "pen" || !at) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    begun.current = { x, y };
    pointing.setState({ strokes: [...pointing.getState().strokes, [at]] });
  };
  const onPointerMove = (event: PointerEvent): void => {
    const { clientX: x, clientY: y } = event;
    if (tool === "spot") return pointing.setState({ spot: anchorAt(x, y) });
    const from = begun.current;
    if (tool !== "pen" || !from || Math.hypot(x - from.x, y - from.y) < STRIDE) return;
    const at = anchorAt(x, y);
    const { strokes } = pointing.getState();
    const stroke = strokes.at(-1);
    if (!at || !stroke) return;
    begun.current = { x, y };
    pointing.setState({ strokes: strokes.with(-1, [...stroke, at]) });
  };
  const ended = (): void => {
    begun.current = null;
  };

  const radius = Math.round(Math.min(window.innerWidth, window.innerHeight) * SPOT);
  return (
    <>
      <div
        className="class-marks"
        data-tool={role === "audience" ? undefined : (tool ?? undefined)}
        aria-hidden
        onPointerDown={onPointerDown}
        onPointerMove={onPointerMove}
        onPointerUp={ended}
        onPointerCancel={ended}
      >
        {drawn.spot && (
          <div
            className="class-spot"
            style={{ left: drawn.spot[0], top: drawn.spot[1], width: 2 * radius, height: 2 * radius }}
          />
        )}
        <svg className="class-ink">
          {drawn.ink.map((path, index) => (
            <path key={index} d={path} />
          ))}
        </svg>
      </div>
      {now.invite !== null && <Invite address={now.invite} />}
      {/* The presenter's own picture stays: the panel says that the class sees none. */}
      {now.blank && role !== "presenter" && <div className="class-blank" />}
    </>
  );
}

import { type PointerEvent, useMemo, useState } from "react";
import { placeShown } from "../../state/story.ts";
import { lastStep } from "../../state/time.ts";
import { aheadOf, firstStep } from "../../state/story-line.ts";
import { useApp, useAppStore, useText } from "../context.ts";
import { stillWanted } from "../motion.ts";
import { placeOf, stepAt, stretchesOf } from "./timeline-scale.ts";
import { TimelineTip } from "./timeline-tip.tsx";

const percent = (fraction: number): string => `${fraction * 100}%`;

/** Dragged from a step to the next, the head stops at so many places. */
const PARTS = 20;

/**
 * The line, a bar a command; what was undone on it is hatched. Clicked, it shows the step there;
 * dragged, also what lies between two. Keys go by whole steps.
 */
export function TimelineTrack() {
  const store = useAppStore();
  const text = useText();
  const history = useApp((state) => state.history);
  const segments = useApp((state) => state.segments);
  const step = useApp((state) => state.shown.step);
  const place = useApp((state) => placeShown(state.shown));
  const last = useApp(lastStep);
  const first = useApp((state) => firstStep(state, lastStep(state)));
  const stretches = useMemo(() => stretchesOf([...segments, ...aheadOf(history)]), [segments, history]);
  const current = segments.find(({ from, to }) => from <= step && step <= to);
  const [pointed, setPointed] = useState<number | null>(null);
  const seek = (event: PointerEvent<HTMLDivElement>, parts: number): void => {
    const { left, width } = event.currentTarget.getBoundingClientRect();
    const at = stepAt(stretches, (event.clientX - left) / width, last, parts);
    if (at !== placeShown(store.getState().shown)) void store.goto(at);
  };
  return (
    <div
      className="track"
      onPointerDown={(event) => {
        if (event.button !== 0 || segments.length === 0) return;
        event.preventDefault();
        event.currentTarget.setPointerCapture(event.pointerId);
        event.currentTarget.querySelector("input")?.focus();
        seek(event, 1);
      }}
      onPointerLeave={() => setPointed(null)}
      onPointerMove={(event) => {
        const { left, width } = event.currentTarget.getBoundingClientRect();
        setPointed(event.pointerType === "touch" ? null : (event.clientX - left) / width);
        if (event.currentTarget.hasPointerCapture(event.pointerId))
          seek(event, stillWanted(store.getState().preferences) ? 1 : PARTS);
      }}
    >
      <input
        type="range"
        aria-label={text.timeline.name}
        aria-valuetext={[text.timeline.step(step, last), ...(current ? [current.command] : [])].join(", ")}
        min={Math.min(first, last)}
        max={last}
        value={step}
        disabled={segments.length === 0}
        onChange={(event) => void store.goto(Number(event.target.value))}
      />
      <div className="track-bars" aria-hidden>
        {stretches.map(({ segment, start, end }) => {
          const { from, to, entry } = segment;
          const ahead = from > last;
          return (
            <span
              key={entry}
              className="bar"
              data-current={segment === current}
              data-ahead={ahead}
              style={{ left: percent(start), width: percent(end - start) }}
            >
              <span style={{ width: percent(Math.min(1, Math.max(0, (place - from + 1) / (to - from + 1)))) }} />
            </span>
          );
        })}
        {segments.length > 0 && <span className="track-head" style={{ left: percent(placeOf(stretches, place)) }} />}
      </div>
      {pointed !== null && <TimelineTip stretches={stretches} at={pointed} last={last} />}
    </div>
  );
}

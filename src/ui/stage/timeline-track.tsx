import { type PointerEvent, useMemo } from "react";
import { lastStep } from "../../state/time.ts";
import { aheadOf, firstStep } from "../../state/story-line.ts";
import { useApp, useAppStore, useText } from "../context.ts";
import { placeOf, stepAt, stretchesOf } from "./timeline-scale.ts";

const percent = (fraction: number): string => `${fraction * 100}%`;

/** The line, a bar a command; what was undone on it is hatched. Dragged or clicked, it shows the step there. */
export function TimelineTrack() {
  const store = useAppStore();
  const text = useText();
  const history = useApp((state) => state.history);
  const segments = useApp((state) => state.segments);
  const step = useApp((state) => state.shown.step);
  const last = useApp(lastStep);
  const first = useApp((state) => firstStep(state, lastStep(state)));
  const stretches = useMemo(() => stretchesOf([...segments, ...aheadOf(history)]), [segments, history]);
  const current = segments.find(({ from, to }) => from <= step && step <= to);
  const seek = (event: PointerEvent<HTMLDivElement>): void => {
    const { left, width } = event.currentTarget.getBoundingClientRect();
    const at = stepAt(stretches, (event.clientX - left) / width, last);
    if (at !== store.getState().shown.step) void store.goto(at);
  };
  return (
    <div
      className="track"
      onPointerDown={(event) => {
        if (event.button !== 0 || segments.length === 0) return;
        event.preventDefault();
        event.currentTarget.setPointerCapture(event.pointerId);
        event.currentTarget.querySelector("input")?.focus();
        seek(event);
      }}
      onPointerMove={(event) => {
        if (event.currentTarget.hasPointerCapture(event.pointerId)) seek(event);
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
          const { from, to, command, entry } = segment;
          const ahead = from > last;
          return (
            <span
              key={entry}
              className="bar"
              data-current={segment === current}
              data-ahead={ahead}
              style={{ left: percent(start), width: percent(end - start) }}
              title={ahead ? text.time.undone(command) : command}
            >
              <span style={{ width: percent(Math.min(1, Math.max(0, (step - from + 1) / (to - from + 1)))) }} />
            </span>
          );
        })}
        {segments.length > 0 && <span className="track-head" style={{ left: percent(placeOf(stretches, step)) }} />}
      </div>
    </div>
  );
}

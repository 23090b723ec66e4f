import { Pause, Play, SkipBack, SkipForward } from "lucide-react";
import { useApp, useAppStore, useText } from "../context.ts";

const SPEEDS = [0.5, 1, 2, 4] as const;

/** One segment a command, as long as the steps it took; the head can be dragged, or moved with the arrow keys. */
export function Timeline() {
  const store = useAppStore();
  const text = useText();
  const segments = useApp((state) => state.segments);
  const step = useApp((state) => state.shown.step);
  const last = useApp((state) => Math.max(state.step, state.frames.at(-1)?.step ?? 0));
  const playing = useApp((state) => state.playing);
  const speed = useApp((state) => state.speed);
  const first = segments[0]?.from ?? last + 1;
  const moving = playing && step < last;
  return (
    <div className="timeline" role="group" aria-label={text.timeline.name}>
      <button
        type="button"
        className="round"
        aria-label={text.timeline.previous}
        disabled={step < first}
        onClick={() => void store.previous()}
      >
        <SkipBack size={14} aria-hidden />
      </button>
      <button
        type="button"
        className="round round-main"
        aria-label={moving ? text.timeline.pause : text.timeline.play}
        disabled={segments.length === 0}
        onClick={() => (moving ? store.pause() : store.play())}
      >
        {moving ? <Pause size={15} aria-hidden /> : <Play size={15} aria-hidden />}
      </button>
      <button
        type="button"
        className="round"
        aria-label={text.timeline.next}
        disabled={step >= last}
        onClick={() => void store.next()}
      >
        <SkipForward size={14} aria-hidden />
      </button>
      <div className="track">
        <div className="track-segments" aria-hidden>
          {segments.map((segment) => {
            const length = segment.to - segment.from + 1;
            const done = Math.min(1, Math.max(0, (step - segment.from + 1) / length));
            return (
              <span
                key={segment.from}
                className="segment"
                data-current={step >= segment.from && step <= segment.to}
                style={{ flexGrow: Math.sqrt(length) }}
                title={segment.command || text.timeline.earlier}
              >
                <span className="segment-done" style={{ width: `${done * 100}%` }} />
              </span>
            );
          })}
        </div>
        <input
          type="range"
          aria-label={text.timeline.name}
          aria-valuetext={text.timeline.step(step, last)}
          min={Math.min(first - 1, last)}
          max={last}
          value={step}
          disabled={segments.length === 0}
          onChange={(event) => void store.goto(Number(event.target.value))}
        />
      </div>
      <button
        type="button"
        className="speed mono"
        aria-label={`${text.timeline.speed} ${speed}×`}
        onClick={() => store.setSpeed(SPEEDS[(SPEEDS.indexOf(speed as 1) + 1) % SPEEDS.length] ?? 1)}
      >
        {speed}×
      </button>
    </div>
  );
}

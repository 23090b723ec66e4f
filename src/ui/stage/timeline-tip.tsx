import { Sentence } from "../components/sentence.tsx";
import { useApp, useText } from "../context.ts";
import { captionOf } from "../names.ts";
import type { Stretch } from "./timeline-scale.ts";
import "./tip.css";

/** What lies on the timeline where it is pointed at: the command, and the sentence of its step. `at`: 0 to 1. */
export function TimelineTip({ stretches, at, last }: { stretches: readonly Stretch[]; at: number; last: number }) {
  const text = useText();
  const frames = useApp((state) => state.frames);
  const here = stretches.find(({ end }) => at <= end);
  if (!here) return null;
  const { segment, start, end } = here;
  const { from, to, command } = segment;
  const step = Math.min(to, from + Math.floor(((at - start) / (end - start)) * (to - from + 1)));
  const frame = frames.find((one) => one.step === step);
  return (
    <span
      className="tip track-tip"
      aria-hidden
      data-side={at < 0.15 ? "start" : at > 0.85 ? "end" : undefined}
      style={{ left: `${at * 100}%` }}
    >
      <code>{from > last ? text.time.undone(command) : command}</code>
      {frame && (
        <>
          {text.timeline.stepShort(step, last)} ·{" "}
          <Sentence phrases={captionOf(frame.event, frame.state, text)} host={frame.state} />
        </>
      )}
    </span>
  );
}

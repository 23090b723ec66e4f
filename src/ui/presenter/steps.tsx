import { useEffect, useRef } from "react";
import type { HistoryEntry } from "../../host/protocol.ts";
import { Sentence } from "../components/sentence.tsx";
import { useApp, useAppStore, useText } from "../context.ts";
import { captionOf } from "../names.ts";

/** All commands of the story with the steps of the one that is shown, and what is still to be typed. */
export function Steps({ toCome }: { toCome: readonly string[] }) {
  const entries = useApp(({ history }) => history.entries);
  const head = useApp(({ history }) => history.head);
  const shown = useApp((state) => state.shown.step);
  const list = useRef<HTMLOListElement>(null);
  const past = entries.slice(0, entries.findIndex(({ index }) => index === head) + 1);
  useEffect(() => {
    list.current?.querySelector("[aria-current=step]")?.scrollIntoView({ block: "nearest" });
  }, [shown]);
  return (
    <ol className="class-steps" ref={list}>
      {past.map((entry) => (
        <Command key={entry.index} entry={entry} />
      ))}
      {toCome.map((line, index) => (
        <li key={`${index} ${line}`} className="class-step" data-to-come>
          <code>{line}</code>
        </li>
      ))}
    </ol>
  );
}

function Command({ entry: { line, from, to } }: { entry: HistoryEntry }) {
  const store = useAppStore();
  const text = useText();
  const step = useApp(({ shown }) => shown.step);
  const frames = useApp((state) => state.frames);
  const here = from <= step && step <= to;
  return (
    <li className="class-step" data-here={here}>
      <button
        type="button"
        className="class-step-line"
        aria-current={here && to === from ? "step" : undefined}
        disabled={to < from}
        onClick={() => void store.goto(from)}
      >
        <code>{line}</code>
      </button>
      {here && to > from && (
        <ol>
          {frames
            .filter((frame) => from <= frame.step && frame.step <= to)
            .map((frame) => (
              <li key={frame.step}>
                <button
                  type="button"
                  className="class-step-words"
                  aria-current={frame.step === step ? "step" : undefined}
                  onClick={() => void store.goto(frame.step)}
                >
                  <Sentence phrases={captionOf(frame.event, frame.state, text)} host={frame.state} />
                </button>
              </li>
            ))}
        </ol>
      )}
    </li>
  );
}

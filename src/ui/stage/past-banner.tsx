import { CornerDownRight, History, X } from "lucide-react";
import { pastMoment } from "../../state/time.ts";
import { useShallow } from "zustand/react/shallow";
import { useApp, useAppStore, useText } from "../context.ts";

/** Says that what is shown is not what is, and offers both ways out: back to now, or on from here. */
export function PastBanner() {
  const store = useAppStore();
  const text = useText();
  const past = useApp(useShallow(pastMoment));
  const lost = useApp((state) => state.lost);
  const busy = useApp((state) => state.busy.length > 0);
  const { time } = store;
  return (
    <div className="past-place">
      <p className="visually-hidden" role="status">
        {past ? text.time.onlyLooking : ""}
      </p>
      {lost ? (
        <div className="past" role="alert">
          <span className="past-words">{text.time.lost[lost.reason](lost.line)}</span>
          <button
            type="button"
            className="icon-button"
            aria-label={text.app.close}
            onClick={() => store.setState({ lost: null })}
          >
            <X size={15} aria-hidden />
          </button>
        </div>
      ) : (
        past && (
          <div className="past">
            <History size={16} aria-hidden className="past-icon" />
            <span className="past-words">
              {text.time.looking(past.step, past.of)}
              {past.segment && <code title={past.segment.command}>{past.segment.command}</code>}
            </span>
            <span className="past-ways">
              <button
                type="button"
                className="button"
                title={text.time.goOnHint}
                disabled={busy}
                onClick={() => void time.goOnFromHere()}
              >
                <CornerDownRight size={14} aria-hidden />
                {text.time.goOn}
              </button>
              <button
                type="button"
                className="button-main"
                title={`${text.timeline.now} (End)`}
                onClick={() => void time.toNow()}
              >
                {text.timeline.now}
              </button>
            </span>
          </div>
        )
      )}
    </div>
  );
}

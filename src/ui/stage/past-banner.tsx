import { CornerDownRight, History, X } from "lucide-react";
import { useContext } from "react";
import { useShallow } from "zustand/react/shallow";
import { type PastMoment, pastMoment } from "../../state/time.ts";
import { LookOnlyContext, useApp, useAppStore, useText } from "../context.ts";

/** The past moment that is looked at; null in the present, and where nobody could go on from it. */
export function usePastMoment(): PastMoment | null {
  const moment = useApp(useShallow(pastMoment));
  return useContext(LookOnlyContext) ? null : moment;
}

/** Says that what is shown is not what is; stands on the caption, over the stage's edge. */
export function PastBanner() {
  const store = useAppStore();
  const text = useText();
  const past = usePastMoment();
  const lost = useApp((state) => state.lost);
  return (
    <div className="past-place">
      <p className="visually-hidden" role="status">
        {past ? text.time.onlyLooking : ""}
      </p>
      {lost ? (
        <div className="past" role="alert">
          <span>{text.time.lost[lost.reason](lost.line)}</span>
          <button
            type="button"
            className="past-close"
            aria-label={text.app.close}
            onClick={() => store.setState({ lost: null })}
          >
            <X size={14} aria-hidden />
          </button>
        </div>
      ) : (
        past && (
          <div className="past">
            <History size={14} aria-hidden />
            <span className="past-words">{text.time.looking(past.step, past.of)}</span>
            {past.segment && <code title={past.segment.command}>{past.segment.command}</code>}
          </div>
        )
      )}
    </div>
  );
}

/** Both ways out of a past moment: on from here, or back to now. */
export function PastWays() {
  const store = useAppStore();
  const text = useText();
  const busy = useApp((state) => state.busy.length > 0);
  const { time } = store;
  return (
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
  );
}

import { useContext } from "react";
import { LookOnlyContext, useApp, useText } from "../context.ts";
import { Sentence } from "../components/sentence.tsx";
import { late } from "../components/late.tsx";
import { captionOf } from "../names.ts";
import { PastWays, usePastMoment } from "./past-banner.tsx";

const NextStepButton = late(async () => (await import("../start/next-step-button.tsx")).NextStepButton);

/** What has just happened, in one sentence: also what a screen reader is told. */
export function Caption() {
  const text = useText();
  const shown = useApp((state) => state.shown);
  const last = useApp((state) => Math.max(state.step, state.frames.at(-1)?.step ?? 0));
  const pull = useApp((state) => (state.pulling?.done ? null : state.pulling));
  const past = usePastMoment();
  const lookOnly = useContext(LookOnlyContext);
  const here = pull?.layers.filter((layer) => layer.state === "exists" || layer.state === "extracted").length ?? 0;
  return (
    <div className="caption" data-past={past !== null}>
      {shown.event && !pull && (
        <span className="caption-step mono" title={text.timeline.step(shown.step, last)}>
          {text.timeline.stepShort(shown.step, last)}
        </span>
      )}
      <p className="caption-words" aria-live="polite">
        {pull ? (
          <Sentence phrases={text.hostView.pullingNow(pull.reference, here, pull.total)} host={shown.host} />
        ) : shown.event ? (
          <Sentence phrases={captionOf(shown.event, shown.host, text)} host={shown.host} />
        ) : (
          <span className="quiet">{text.start.caption}</span>
        )}
      </p>
      {past ? <PastWays /> : !lookOnly && <NextStepButton />}
    </div>
  );
}

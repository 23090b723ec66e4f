import { Check, ChevronUp, HelpCircle } from "lucide-react";
import { Sentence } from "../components/sentence.tsx";
import { useApp } from "../context.ts";
import { useLearn, useLesson } from "./context.ts";
import { useTruth } from "./prediction.tsx";

/** The goals in one line that is always seen: a mark for each, and what is missing first; it leads to them. */
export function GoalBar({ show }: { show: () => void }) {
  const learn = useLearn();
  const goals = useLesson((state) => state.lesson.goals);
  const verdicts = useLesson((state) => state.verdicts);
  if (!learn || !verdicts) return null;
  const reached = verdicts.filter((verdict) => verdict === null).length;
  return (
    <button type="button" className="goal-bar" onClick={show} title={learn.goals.title}>
      <span className="goal-marks" aria-hidden>
        {goals.map(({ name }, index) => (
          <span key={name} data-reached={verdicts[index] === null} />
        ))}
      </span>
      <span className="visually-hidden">{learn.goals.progress(reached, goals.length)}</span>
      <Word />
      <ChevronUp size={14} aria-hidden />
    </button>
  );
}

/** What matters most now: what came of a prediction, the question, or the first goal that is open. */
function Word() {
  const learn = useLearn();
  const host = useApp((state) => state.host);
  const step = useApp((state) => state.step);
  const verdicts = useLesson((state) => state.verdicts);
  const asking = useLesson((state) => state.asking);
  const predicted = useLesson((state) => state.predicted);
  const truth = useTruth();
  if (!learn) return null;
  const missing = verdicts?.find((verdict) => verdict !== null);
  if (missing && predicted?.step === step) {
    const { right, wrong } = learn.lessons.prediction;
    return (
      <span className="goal-bar-words">
        {predicted.right ? right : wrong} {truth}
      </span>
    );
  }
  if (missing && asking) {
    return (
      <span className="goal-bar-words">
        <HelpCircle size={13} aria-hidden /> {learn.lessons.prediction.title}
      </span>
    );
  }
  if (missing) {
    return (
      <span className="goal-bar-words">
        <Sentence phrases={learn.goals.missing(missing)} host={host} />
      </span>
    );
  }
  return (
    <span className="goal-bar-words" data-done>
      <Check size={14} aria-hidden /> {learn.lessons.done}
    </span>
  );
}

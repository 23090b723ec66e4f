import { Check, Circle } from "lucide-react";
import { Sentence } from "../components/sentence.tsx";
import { useApp } from "../context.ts";
import { useLearn, useLesson } from "./context.ts";

/** The goals, each ticked off as it comes true; an open one says what is missing. */
export function GoalList() {
  const learn = useLearn();
  const host = useApp((state) => state.host);
  const goals = useLesson((state) => state.lesson.goals);
  const verdicts = useLesson((state) => state.verdicts);
  if (!learn) return null;
  const text = learn.goals;
  const reached = verdicts?.filter((verdict) => verdict === null).length ?? 0;
  // The first that is open tells what is missing at once; the others do when asked for.
  const first = verdicts?.findIndex((verdict) => verdict !== null) ?? -1;
  return (
    <section className="goals" aria-label={text.title}>
      <h3>
        {text.title}
        <span className="goals-count" role="status">
          {text.progress(reached, goals.length)}
        </span>
      </h3>
      <ol>
        {goals.map((goal, index) => {
          const verdict = verdicts?.[index];
          const done = verdict === null;
          return (
            <li key={goal.name} className="goal" data-reached={done}>
              {done ? <Check size={15} aria-hidden /> : <Circle size={15} aria-hidden />}
              <span className="goal-words">
                <span>
                  <Sentence phrases={text.asked(goal)} host={host} />
                  <span className="visually-hidden"> {done ? text.reached : text.open}</span>
                </span>
                {verdict && index === first && (
                  <span className="goal-missing">
                    <Sentence phrases={text.missing(verdict)} host={host} />
                  </span>
                )}
              </span>
            </li>
          );
        })}
      </ol>
    </section>
  );
}

import { ArrowUp, Check, Circle, CircleAlert, Crosshair, Plus, X } from "lucide-react";
import { useEffect, useState } from "react";
import type { Assertion, Goal } from "../../engine/goal/assertion.ts";
import { type Tried, withGoal } from "../../state/draft.ts";
import { Sentence } from "../components/sentence.tsx";
import { useApp } from "../context.ts";
import { useBuilder, useDraft, useDraftState } from "./context.ts";
import { type PointedAt, pointedAt } from "./pointing.ts";

/** What has to be so at the end; chosen from what has come true, or by pointing at it. */
export function Goals({ leave, back }: { /** Uncovers the picture. */ leave: () => void; back: () => void }) {
  const { store, learn } = useBuilder();
  const words = learn.builder.goals;
  const { goals } = useDraft();
  const tried = useDraftState((state) => state.tried);
  const proposals = useDraftState((state) => state.proposals);
  const host = useApp((state) => state.host);
  const add = (goal: Assertion): void => store.change((draft) => ({ ...draft, goals: withGoal(draft.goals, goal) }));
  const set = (change: (goals: readonly Goal[]) => readonly Goal[]): void =>
    store.change((draft) => ({ ...draft, goals: change(draft.goals) }));
  return (
    <>
      <p className="quiet">{words.what}</p>
      <Pointing add={add} leave={leave} back={back} />
      <section aria-label={words.chosen}>
        <h3>{words.chosen}</h3>
        {goals.length === 0 && <p className="quiet">{words.none}</p>}
        <ol className="builder-goals">
          {goals.map((goal, index) => (
            <li key={goal.name} className="builder-goal">
              <p>
                <Sentence phrases={learn.goals.asked(goal)} host={host} />
              </p>
              <TriedMarks tried={tried.get(goal.name)} />
              {goal.type === "seen" && <Contains goal={goal} set={set} />}
              <span className="builder-goal-buttons">
                {index > 0 && (
                  <button
                    type="button"
                    className="icon-button"
                    aria-label={words.up}
                    title={words.up}
                    onClick={() => set((all) => all.toSpliced(index, 1).toSpliced(index - 1, 0, goal))}
                  >
                    <ArrowUp size={14} aria-hidden />
                  </button>
                )}
                <button
                  type="button"
                  className="icon-button"
                  aria-label={words.remove}
                  title={words.remove}
                  onClick={() => set((all) => all.filter(({ name }) => name !== goal.name))}
                >
                  <X size={14} aria-hidden />
                </button>
              </span>
            </li>
          ))}
        </ol>
      </section>
      <section aria-label={words.proposed}>
        <h3>{words.proposed}</h3>
        {proposals.length === 0 ? <p className="quiet">{words.nothing}</p> : <Choices goals={proposals} add={add} />}
      </section>
    </>
  );
}

function Choices({ goals, add }: { goals: readonly Assertion[]; add: (goal: Assertion) => void }) {
  const { learn } = useBuilder();
  const host = useApp((state) => state.host);
  return (
    <ul className="builder-choices">
      {goals.map((goal) => (
        <li key={JSON.stringify(goal)}>
          <button type="button" className="builder-choice" title={learn.builder.goals.add} onClick={() => add(goal)}>
            <Plus size={14} aria-hidden />
            <span>
              <Sentence phrases={learn.goals.asked(goal)} host={host} />
            </span>
          </button>
        </li>
      ))}
    </ul>
  );
}

/** A goal is one when it is open where visitors begin, and reached by what the author did. */
function TriedMarks({ tried }: { tried: Tried | undefined }) {
  const words = useBuilder().learn.builder.goals;
  return (
    <ul className="builder-tried">
      {tried?.start !== undefined && (
        <li data-good={tried.start !== null}>
          {tried.start === null ? <CircleAlert size={13} aria-hidden /> : <Circle size={13} aria-hidden />}
          {tried.start === null ? words.already : words.open}
        </li>
      )}
      {tried?.end !== undefined && (
        <li data-good={tried.end === null}>
          {tried.end === null ? <Check size={13} aria-hidden /> : <CircleAlert size={13} aria-hidden />}
          {tried.end === null ? words.reached : words.missing}
        </li>
      )}
    </ul>
  );
}

function Contains({
  goal,
  set,
}: {
  goal: Extract<Goal, { type: "seen" }>;
  set: (change: (goals: readonly Goal[]) => readonly Goal[]) => void;
}) {
  const words = useBuilder().learn.builder.goals;
  const write = (text: string): void => {
    const { contains: _, ...bare } = goal;
    const next: Goal = text === "" ? bare : { ...bare, contains: text };
    set((all) => all.map((one) => (one.name === goal.name ? next : one)));
  };
  return (
    <label className="builder-contains">
      <span>{words.contains}</span>
      <input
        className="mono"
        value={goal.contains ?? ""}
        maxLength={200}
        autoComplete="off"
        onChange={(event) => write(event.target.value)}
      />
    </label>
  );
}

/** While somebody points, a click on the stage asks what it may be a goal of, and does nothing else. */
function Pointing({ add, leave, back }: { add: (goal: Assertion) => void; leave: () => void; back: () => void }) {
  const { builder } = useBuilder().learn;
  const words = builder.goals;
  const shown = useApp((state) => state.shown);
  const [pointing, setPointing] = useState(false);
  const [found, setFound] = useState<PointedAt | "nothing" | null>(null);
  const start = (): void => {
    setFound(null);
    setPointing(true);
    leave();
  };
  useEffect(() => {
    if (!pointing) return;
    const stage = document.querySelector<HTMLElement>(".stage");
    const onClick = (event: Event): void => {
      const target = event.target as Element;
      if (!target.closest(".stage")) return;
      event.preventDefault();
      event.stopPropagation();
      const part = target.closest<HTMLElement>("[data-part]")?.dataset["part"];
      setFound((part && pointedAt(part, { host: shown.host, view: shown.view })) || "nothing");
      back();
    };
    const onKey = (event: KeyboardEvent): void => {
      if (event.key !== "Escape") return;
      setPointing(false);
      back();
    };
    stage?.setAttribute("data-picking", "true");
    document.addEventListener("click", onClick, true);
    document.addEventListener("keydown", onKey, true);
    return () => {
      stage?.removeAttribute("data-picking");
      document.removeEventListener("click", onClick, true);
      document.removeEventListener("keydown", onKey, true);
    };
  }, [pointing, shown, back]);
  return (
    <div className="builder-pointing" data-pointing={pointing}>
      <button
        type="button"
        className={pointing ? "button" : "button-main"}
        aria-pressed={pointing}
        onClick={() => (pointing ? setPointing(false) : start())}
      >
        <Crosshair size={14} aria-hidden />
        {pointing ? words.stop : words.point}
      </button>
      <div role="status">
        {pointing && found === null && <p>{words.pointing}</p>}
        {found === "nothing" && <p>{words.nothingThere}</p>}
      </div>
      {found !== null && found !== "nothing" && (
        <section aria-label={words.pointed(found.name)}>
          <h3>{words.pointed(found.name)}</h3>
          <Choices
            goals={found.goals}
            add={(goal) => {
              add(goal);
              setFound(null);
              setPointing(false);
            }}
          />
        </section>
      )}
    </div>
  );
}

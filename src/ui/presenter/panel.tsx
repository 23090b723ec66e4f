import { ChevronLeft, ChevronRight, LockOpen, MonitorUp, X } from "lucide-react";
import { type ReactNode, useEffect, useMemo } from "react";
import { useStore } from "zustand";
import type { Lesson } from "../../content/lessons/lesson.ts";
import { present } from "../../state/classroom.ts";
import { nextMove } from "../../state/plan.ts";
import { STAGES } from "../boot/stages.ts";
import { Sentence } from "../components/sentence.tsx";
import { useApp, useAppStore, useText } from "../context.ts";
import { useLearn } from "../lessons/context.ts";
import { captionOf } from "../names.ts";
import { type Acts, createActs, linesToCome } from "./acts.ts";
import { useClickerKeys } from "./clicker-keys.ts";
import { Clock } from "./clock.tsx";
import { Marks } from "./marks.tsx";
import { Notes } from "./notes.tsx";
import { classChannel, openAudience, pointing, presenting, stop } from "./presenting.ts";
import { Steps } from "./steps.tsx";
import { Tools } from "./tools.tsx";
import { useToldAgain } from "./told-again.ts";
import { useWakeLock } from "./wake-lock.ts";
import "./panel.css";

/** Windows that follow see what is shown here, as long as this is drawn. */
function usePresentation(acts: Acts): void {
  const store = useAppStore();
  const id = useStore(presenting, (state) => state.id);
  useEffect(() => {
    const presentation = present(store, pointing, classChannel(id), {
      onAudience: (audience) => presenting.setState({ audience }),
      onClicker: acts,
      onReplaced() {
        presentation.end(false);
        stop();
      },
    });
    window.addEventListener("pagehide", presentation.away);
    return () => {
      window.removeEventListener("pagehide", presentation.away);
      presentation.end();
    };
  }, [store, acts, id]);
}

/** Beside the picture, for whoever teaches: what comes next, notes, time, all steps, and what the class sees. */
export function PresenterPanel({ lesson }: { lesson: Lesson | null }) {
  const store = useAppStore();
  const words = useLearn()?.classroom;
  const acts = useMemo(() => createActs(store, lesson), [store, lesson]);
  usePresentation(acts);
  useClickerKeys(acts);
  useWakeLock();
  useToldAgain();
  const history = useApp((state) => state.history);
  const detailed = useApp((state) => state.detailed);
  const sessions = useApp((state) => state.sessions);
  const typed = useApp((state) => state.typed);
  const toCome = useMemo(
    () => linesToCome(lesson, { history, detailed, sessions, typed }),
    [lesson, history, detailed, sessions, typed],
  );
  if (!words) return <aside className="class-panel" />;
  return (
    <>
      <aside className="class-panel" aria-label={words.name}>
        <header className="class-head">
          <h2>{words.name}</h2>
          <button type="button" className="button" onClick={stop}>
            <X size={14} aria-hidden />
            {words.end}
          </button>
        </header>
        <Clock />
        <ClassSees />
        <Tools acts={acts} />
        <Next acts={acts} toCome={toCome} />
        {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls, so keys have to reach it. */}
        <div className="class-body" tabIndex={0} role="group" aria-label={words.steps}>
          <Notes lesson={lesson} />
          <h3>{words.steps}</h3>
          <Steps toCome={lesson ? toCome : []} />
        </div>
      </aside>
      <Marks />
    </>
  );
}

/** Whether somebody follows, and what they have before them. */
function ClassSees() {
  const words = useLearn()?.classroom;
  const { audience, id } = useStore(presenting);
  const { blank, locked, invite } = useStore(pointing);
  if (!words) return null;
  const sees = blank ? words.seesBlack : invite !== null ? words.seesInvite : locked ? words.seesThis : words.unlocked;
  return (
    <div className="class-sees" data-blank={blank}>
      <div role="status">
        <p>{audience === 0 ? words.nobody : sees}</p>
        {audience > 0 && <p className="class-following">{words.following(audience)}</p>}
      </div>
      <div className="class-sees-ways">
        <button type="button" className={audience === 0 ? "button-main" : "button"} onClick={() => openAudience(id)}>
          <MonitorUp size={14} aria-hidden />
          {audience === 0 ? words.openWindow : words.openAnother}
        </button>
        {audience > 0 && (
          <button
            type="button"
            className="button"
            aria-pressed={!locked}
            onClick={() => pointing.setState({ locked: !locked })}
          >
            <LockOpen size={14} aria-hidden />
            {words.unlock}
          </button>
        )}
      </div>
    </div>
  );
}

/** What the next press of the clicker does, in words: for whoever speaks before it. */
function Next({ acts, toCome }: { acts: Acts; toCome: readonly string[] }) {
  const words = useLearn()?.classroom;
  const what = useNextWords(toCome);
  if (!words) return null;
  return (
    <section className="class-next" aria-label={words.next}>
      <button type="button" className="button" title={`${words.previous} (PageUp)`} onClick={() => acts("previous")}>
        <ChevronLeft size={18} aria-hidden />
        <span className="visually-hidden">{words.previous}</span>
      </button>
      <button type="button" className="class-go" title="PageDown" disabled={what === null} onClick={() => acts("next")}>
        <span className="class-go-title">
          {words.next} <ChevronRight size={16} aria-hidden />
        </span>
        <span className="class-go-words">{what ?? words.nothingNext}</span>
      </button>
    </section>
  );
}

function useNextWords(toCome: readonly string[]): ReactNode {
  const text = useText();
  const shown = useApp((state) => state.shown);
  const step = useApp((state) => state.step);
  const frames = useApp((state) => state.frames);
  const segments = useApp((state) => state.segments);
  const boot = useApp((state) => (state.pageView === "boot" ? STAGES[state.bootStage + 1] : null));
  const move = useMemo(
    () => nextMove({ shown, step, frames, segments }, toCome),
    [shown, step, frames, segments, toCome],
  );
  if (boot !== null) return boot ? text.boot.titles[boot] : null;
  if (!move) return null;
  if (move.kind === "line") return <code>{move.line}</code>;
  if (!move.told) return <code>{move.command}</code>;
  return <Sentence phrases={captionOf(move.told.event, move.told.state, text)} host={move.told.state} />;
}

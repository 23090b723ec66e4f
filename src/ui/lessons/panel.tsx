import {
  ArrowRight,
  ChevronDown,
  ChevronUp,
  GraduationCap,
  Keyboard,
  Lightbulb,
  ListChecks,
  RotateCcw,
  X,
} from "lucide-react";
import { type ReactNode, useEffect, useMemo, useRef, useState } from "react";
import { folderOf, lessonFolders, loadLessonText } from "../../content/lessons/index.ts";
import type { LessonText } from "../../content/lessons/text.ts";
import type { LocaleTag } from "../../content/locales/index.ts";
import { typeLine } from "../../state/lesson.ts";
import { late } from "../components/late.tsx";
import { useApp, useAppStore, useText } from "../context.ts";
import { LessonDemo } from "./demo.tsx";
import { GoalBar } from "./goal-bar.tsx";
import { GoalList } from "./goal-list.tsx";
import { GoalPicture } from "./goal-picture.tsx";
import { lessonAddress, ownAddress } from "./address.ts";
import { useLearn, useLesson, useLoaded } from "./context.ts";
import { Markdown, MarkdownLine } from "./markdown.tsx";
import { PredictionCard } from "./prediction.tsx";
import "./lessons.css";

const CourseDialog = late(async () => (await import("./course.tsx")).CourseDialog);

/** The lesson beside the stage: its text with demonstrations, the task, the goals, hints, and what to remember. */
export function LessonPanel() {
  const learn = useLearn();
  const locale = useApp((state) => state.preferences.locale);
  const id = useLesson((state) => state.lesson.id);
  const folder = folderOf(id) ?? "";
  const own = useLesson((state) => state.lesson.texts);
  const loaded = useLoaded(`${folder}|${locale}`, (key) => {
    const [where = "", tag = "en"] = key.split("|");
    return loadLessonText(where, tag as LocaleTag);
  });
  // What somebody made brings its words along.
  const text = own ? (own[locale] ?? Object.values(own)[0] ?? null) : loaded;
  // On a phone the text is called up over the stage; beside it there is always room.
  const [open, setOpen] = useState(true);
  const [course, setCourse] = useState(false);
  const body = useRef<HTMLDivElement>(null);
  const verdicts = useLesson((state) => state.verdicts);
  const all = verdicts?.every((verdict) => verdict === null) ?? null;
  const before = useRef(all);
  const number = lessonFolders.indexOf(folder) + 1;
  const title = learn && text ? (number > 0 ? learn.lessons.number(number, text.title) : text.title) : null;
  const dictionary = useText();
  // After the page has said its own, which it does once more in another language.
  useEffect(() => {
    if (title) queueMicrotask(() => (document.title = `${title} · Lamina`));
  }, [title, dictionary]);
  const showGoals = (): void => {
    setOpen(true);
    requestAnimationFrame(() => {
      const parts = [".lesson-done", ".prediction:not([data-right])", ".goals"];
      const part = parts.map((one) => body.current?.querySelector(one)).find((one) => one);
      part?.scrollIntoView({ block: part.matches(".goals") ? "start" : "nearest" });
    });
  };
  // The last goal has just been reached: what to remember comes into sight.
  useEffect(() => {
    if (all && before.current === false) {
      body.current?.querySelector(".lesson-done")?.scrollIntoView({ block: "nearest" });
    }
    before.current = all;
  }, [all]);
  const away = (): void => {
    if (window.matchMedia("(max-width: 760px)").matches) setOpen(false);
  };
  if (!learn || !text) return <aside className="lesson" aria-busy data-open={open} />;
  const words = learn.lessons;
  return (
    <aside className="lesson" aria-label={words.name} data-open={open}>
      <header className="lesson-head">
        <h2>{title}</h2>
        <button type="button" className="icon-button" title={words.all} onClick={() => setCourse(true)}>
          <ListChecks size={16} aria-hidden />
          <span className="visually-hidden">{words.all}</span>
        </button>
        <button
          type="button"
          className="icon-button lesson-fold"
          aria-expanded={open}
          aria-label={open ? words.hide : words.show}
          onClick={() => setOpen(!open)}
        >
          {open ? <ChevronUp size={16} aria-hidden /> : <ChevronDown size={16} aria-hidden />}
        </button>
        <a className="icon-button" href={ownAddress()} title={words.close}>
          <X size={16} aria-hidden />
          <span className="visually-hidden">{words.close}</span>
        </a>
      </header>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls, so keys have to reach it. */}
      <div className="lesson-body" ref={body} tabIndex={0} role="group" aria-label={text.title}>
        <LessonBody text={text} number={number} away={away} />
      </div>
      <GoalBar show={showGoals} />
      {course && <CourseDialog close={() => setCourse(false)} />}
    </aside>
  );
}

interface BodyProps {
  readonly text: LessonText;
  readonly number: number;
  /** Where the text lies over the stage, it makes way: something happens there. */
  readonly away: () => void;
}

function LessonBody({ text, number, away }: BodyProps) {
  const learn = useLearn();
  const demos = useLesson((state) => state.lesson.demos);
  if (!learn) return null;
  const words = learn.lessons;
  return (
    <>
      {text.summary !== "" && (
        <p className="lesson-summary">
          <MarkdownLine source={text.summary} />
        </p>
      )}
      {text.parts.map((part, index) => {
        if (part.kind === "text") return <Markdown key={index} source={part.markdown} />;
        const demo = demos[part.demo];
        return demo ? <LessonDemo key={index} demo={demo} /> : null;
      })}
      <section className="lesson-task" aria-label={words.task}>
        <h3>
          <Keyboard size={15} aria-hidden /> {words.task}
        </h3>
        <Markdown source={text.task} />
        <PredictionCard question={text.question} away={away} />
        <GoalList />
        <GoalPicture />
        <Done text={text} number={number} />
        <Help hints={text.hints} away={away} />
      </section>
      {text.notes !== "" && (
        <Folded title={words.notes}>
          <Markdown source={text.notes} />
        </Folded>
      )}
    </>
  );
}

function Folded({ title, children }: { title: string; children: ReactNode }) {
  return (
    <details className="lesson-notes">
      <summary>{title}</summary>
      {children}
    </details>
  );
}

/** Once all goals were reached: what to remember, and where to go on. */
function Done({ text, number }: { text: LessonText; number: number }) {
  const learn = useLearn();
  const locale = useApp((state) => state.preferences.locale);
  const done = useLesson((state) => state.done);
  // What somebody made is no part of the course.
  const next = number > 0 ? (lessonFolders[number] ?? "") : "";
  const nextText = useLoaded(`${next}|${locale}`, async (key) => {
    const [where = "", tag = "en"] = key.split("|");
    return where === "" ? null : loadLessonText(where, tag as LocaleTag);
  });
  if (!learn || !done) return null;
  const words = learn.lessons;
  return (
    <section className="lesson-done" aria-label={words.remember}>
      <p className="lesson-done-words" role="status">
        <GraduationCap size={17} aria-hidden /> {words.done}
      </p>
      {text.remember.length > 0 && <h3>{words.remember}</h3>}
      <ul>
        {text.remember.map((line) => (
          <li key={line}>
            <MarkdownLine source={line} />
          </li>
        ))}
      </ul>
      {nextText && (
        <a className="button-main" href={lessonAddress(next.replace(/^\d+-/, ""))}>
          {words.next(nextText.title)}
          <ArrowRight size={14} aria-hidden />
        </a>
      )}
    </section>
  );
}

/** Hints one by one, then a solution that types itself. */
function Help({ hints, away }: { hints: readonly string[]; away: () => void }) {
  const store = useAppStore();
  const learn = useLearn();
  const solution = useLesson((state) => state.lesson.solution);
  const busy = useApp((state) => state.busy.length > 0);
  const [given, setGiven] = useState(0);
  const [shown, setShown] = useState(false);
  const [asked, setAsked] = useState(false);
  const words = learn?.lessons;
  const lines = useMemo(() => solution.map((line, index) => ({ line, key: `${index} ${line}` })), [solution]);
  if (!words) return null;
  const typeAll = async (): Promise<void> => {
    away();
    for (const { line } of lines) await typeLine(store, line);
  };
  return (
    <div className="lesson-help">
      {given > 0 && (
        <ol className="hints" aria-live="polite">
          {hints.slice(0, given).map((hint, index) => (
            <li key={hint}>
              <span className="hint-number">{words.hintOf(index + 1, hints.length)}</span>
              <MarkdownLine source={hint} />
            </li>
          ))}
        </ol>
      )}
      <div className="lesson-buttons">
        {given < hints.length && (
          <button type="button" className="button" onClick={() => setGiven(given + 1)}>
            <Lightbulb size={14} aria-hidden />
            {given === 0 ? words.hint : words.nextHint}
          </button>
        )}
        {!shown && solution.length > 0 && (
          <button type="button" className="button" onClick={() => setShown(true)}>
            {words.solution}
          </button>
        )}
        <button
          type="button"
          className="button"
          onClick={() => (asked ? void store.reset().then(() => setAsked(false)) : setAsked(true))}
          onBlur={() => setAsked(false)}
        >
          <RotateCcw size={14} aria-hidden />
          {asked ? words.restartSure : words.restart}
        </button>
      </div>
      {shown && (
        <section className="lesson-solution" aria-label={words.solutionTitle}>
          <p className="notice">{words.solutionText}</p>
          <ol>
            {lines.map(({ line, key }) => (
              <li key={key}>
                <code className="demo-line">{line}</code>
                <button
                  type="button"
                  className="icon-button"
                  disabled={busy}
                  aria-label={`${words.typeLine}: ${line}`}
                  title={words.typeLine}
                  onClick={() => {
                    away();
                    void typeLine(store, line);
                  }}
                >
                  <Keyboard size={14} aria-hidden />
                </button>
              </li>
            ))}
          </ol>
          <button type="button" className="button" disabled={busy} onClick={() => void typeAll()}>
            {words.typeAll}
          </button>
        </section>
      )}
    </div>
  );
}

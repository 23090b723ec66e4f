import { Check, Circle, CircleHelp } from "lucide-react";
import { type ChangeEvent, useState } from "react";
import { lessonFolders, loadLesson, loadLessonText } from "../../content/lessons/index.ts";
import type { LocaleTag } from "../../content/locales/index.ts";
import {
  type Progress,
  completionCode,
  joinedProgress,
  keepProgress,
  keptProgress,
  readCompletionCode,
  readProgress,
} from "../../state/progress.ts";
import { Dialog } from "../components/dialog.tsx";
import { OwnScenarios } from "../builder/list.tsx";
import { useApp } from "../context.ts";
import { lessonAddress } from "./address.ts";
import { useLearn, useLoaded } from "./context.ts";
import { progressStore } from "./progress-store.ts";
import "./lessons.css";

interface Listed {
  readonly id: string;
  readonly title: string;
  readonly summary: string;
  readonly minutes: number;
}

function listed(locale: string): Promise<Listed[]> {
  return Promise.all(
    lessonFolders.map(async (folder) => {
      const [{ id, minutes }, { title, summary }] = await Promise.all([
        loadLesson(folder),
        loadLessonText(folder, locale as LocaleTag),
      ]);
      return { id, title, summary, minutes };
    }),
  );
}

/** All lessons, what is done of them, and the ways to take that elsewhere. `unknown`: one that was asked for and is not there. */
export function CourseDialog({ unknown, close }: { unknown?: string; close: () => void }) {
  const learn = useLearn();
  const locale = useApp((state) => state.preferences.locale);
  const lessons = useLoaded(locale, listed);
  const [progress, setProgress] = useState<Progress>(() => keptProgress(progressStore()));
  if (!learn) return null;
  const words = learn.lessons;
  const done = lessons?.filter(({ id }) => progress.lessons[id]?.done).length ?? 0;
  return (
    <Dialog title={words.course} close={close}>
      {unknown !== undefined && (
        <p className="course-unknown" role="alert">
          <CircleHelp size={16} aria-hidden /> {words.unknown(unknown.slice(0, 60))}
        </p>
      )}
      <p className="notice">{words.courseText}</p>
      <ol className="course">
        {lessons?.map(({ id, title, summary, minutes }, index) => {
          const finished = progress.lessons[id]?.done ?? false;
          return (
            <li key={id}>
              <a href={lessonAddress(id)} data-done={finished}>
                {finished ? <Check size={16} aria-hidden /> : <Circle size={16} aria-hidden />}
                <span className="course-words">
                  <span className="course-title">
                    {index + 1} · {title}
                    {finished && <span className="visually-hidden"> ({words.doneAlready})</span>}
                  </span>
                  <span className="course-what">{summary.replaceAll(/[*`]/g, "")}</span>
                </span>
                <span className="course-time">{words.minutes(minutes)}</span>
              </a>
            </li>
          );
        })}
      </ol>
      <section className="course-progress" aria-label={words.progress.title}>
        <h3>
          {words.progress.title}
          <span className="goals-count">{words.progress.of(done, lessons?.length ?? lessonFolders.length)}</span>
        </h3>
        <div className="course-bar" aria-hidden>
          <span style={{ width: `${(100 * done) / lessonFolders.length}%` }} />
        </div>
        <ProgressFile progress={progress} take={setProgress} />
        {lessons && <CompletionCode progress={progress} lessons={lessons} />}
      </section>
      <OwnScenarios />
    </Dialog>
  );
}

function ProgressFile({ progress, take }: { progress: Progress; take: (progress: Progress) => void }) {
  const words = useLearn()?.lessons.progress;
  const [said, setSaid] = useState("");
  if (!words) return null;
  const save = (): void => {
    const address = URL.createObjectURL(new Blob([JSON.stringify(progress, null, 1)], { type: "application/json" }));
    const link = document.createElement("a");
    link.href = address;
    link.download = "lamina-progress.json";
    link.click();
    URL.revokeObjectURL(address);
  };
  const load = async (event: ChangeEvent<HTMLInputElement>): Promise<void> => {
    const [file] = event.target.files ?? [];
    event.target.value = "";
    if (!file) return;
    const read = file.size < 1_000_000 ? readProgress(await file.text()) : null;
    if (!read) return setSaid(words.bad);
    const joined = joinedProgress(progress, read);
    keepProgress(progressStore(), joined);
    take(joined);
    setSaid(words.imported);
  };
  return (
    <div className="lesson-buttons">
      <button type="button" className="button" onClick={save}>
        {words.export}
      </button>
      <label className="button">
        {words.import}
        <input
          className="visually-hidden"
          type="file"
          accept=".json,application/json"
          onChange={(event) => void load(event)}
        />
      </label>
      <span role="status" className="notice">
        {said}
      </span>
    </div>
  );
}

function CompletionCode({ progress, lessons }: { progress: Progress; lessons: readonly Listed[] }) {
  const words = useLearn()?.lessons.progress;
  const [person, setPerson] = useState("");
  const [code, setCode] = useState("");
  if (!words) return null;
  const course = lessons.map(({ id }) => id);
  const own = person.trim() === "" ? "" : completionCode(person, course, progress);
  const read = person.trim() === "" || code.trim() === "" ? undefined : readCompletionCode(person, code, course);
  const titles = read?.map((id) => lessons.findIndex((lesson) => lesson.id === id) + 1).join(", ");
  return (
    <details className="lesson-notes">
      <summary>{words.code}</summary>
      <p className="notice">{words.codeText}</p>
      <div className="code-fields">
        <label className="field">
          <span>{words.person}</span>
          <input value={person} maxLength={60} onChange={(event) => setPerson(event.target.value)} />
        </label>
        <output className="completion-code mono">{own}</output>
        <label className="field">
          <span>
            {words.check}: {words.codeField}
          </span>
          <input value={code} maxLength={20} spellCheck={false} onChange={(event) => setCode(event.target.value)} />
        </label>
      </div>
      <p role="status">{read === null ? words.invalid : read && words.valid(person.trim(), titles || words.none)}</p>
    </details>
  );
}

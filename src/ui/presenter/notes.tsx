import type { Lesson } from "../../content/lessons/lesson.ts";
import { folderOf, loadLessonText } from "../../content/lessons/index.ts";
import type { LocaleTag } from "../../content/locales/index.ts";
import { inLanguage } from "../../host/scenario.ts";
import { useApp } from "../context.ts";
import { useLearn, useLoaded } from "../lessons/context.ts";
import { Markdown } from "../lessons/markdown.tsx";

/** What only the presenter reads: of the step that is shown, and of the lesson. */
export function Notes({ lesson }: { lesson: Lesson | null }) {
  const words = useLearn()?.classroom;
  const locale = useApp((state) => state.preferences.locale);
  const entry = useApp(({ history, shown }) =>
    history.entries.find(({ from, to }) => from <= shown.step && shown.step <= to),
  );
  const folder = lesson && folderOf(lesson.id);
  const loaded = useLoaded(`${folder ?? ""}|${locale}`, async (key) => {
    const [where = "", tag = "en"] = key.split("|");
    return where === "" ? null : loadLessonText(where, tag as LocaleTag);
  });
  // What somebody made brings its words along.
  const own = lesson?.texts;
  const text = own ? (own[locale] ?? Object.values(own)[0] ?? null) : loaded;
  const [title, note] = [inLanguage(entry?.title, locale), inLanguage(entry?.note, locale)];
  if (!words) return null;
  return (
    <section className="class-notes" aria-label={words.notes}>
      <h3>{words.notes}</h3>
      {title && <p className="class-note-title">{title}</p>}
      {note && <Markdown source={note} />}
      {text?.notes ? <Markdown source={text.notes} /> : !title && !note && <p className="quiet">{words.noNotes}</p>}
    </section>
  );
}

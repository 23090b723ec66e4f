import type { Lesson } from "./lesson.ts";
import { type LessonText, parseLessonText } from "./text.ts";

const lessons = import.meta.glob<Lesson>("./*/lesson.ts", { import: "lesson" });
const texts = import.meta.glob<string>("./*/*.md", { import: "default", query: "?raw" });

/** Folder names, in the order of the course. */
export const lessonFolders: readonly string[] = Object.keys(lessons)
  .map((path) => path.split("/")[1] ?? "")
  .toSorted();

/** The folder of a lesson by its id ("container-layer" of "06-container-layer"); null when there is none. */
export function folderOf(id: string): string | null {
  return lessonFolders.find((folder) => folder.replace(/^\d+-/, "") === id) ?? null;
}

/** Throws `RangeError` when there is no such folder. */
export function loadLesson(folder: string): Promise<Lesson> {
  const load = lessons[`./${folder}/lesson.ts`];
  if (!load) throw new RangeError(`no lesson ${folder}`);
  return load();
}

/** `locale` as the dictionaries' tags. Throws `RangeError` when there is no such text. */
export async function loadLessonText(folder: string, locale: string): Promise<LessonText> {
  const load = texts[`./${folder}/${locale}.md`];
  if (!load) throw new RangeError(`no text ${locale} of lesson ${folder}`);
  return parseLessonText(await load());
}

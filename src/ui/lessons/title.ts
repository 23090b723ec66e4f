import { folderOf, loadLessonText } from "../../content/lessons/index.ts";

/** What a lesson of the course is called; null when there is none with this id. */
export async function lessonTitle(id: string, locale: string): Promise<string | null> {
  const folder = folderOf(id);
  return folder === null ? null : (await loadLessonText(folder, locale)).title;
}

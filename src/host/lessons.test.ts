import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { folderOf, lessonFolders, loadLesson, loadLessonText } from "../content/lessons/index.ts";
import type { Lesson } from "../content/lessons/lesson.ts";
import type { Verdict } from "../engine/goal/assertion.ts";
import { sketchOf } from "../engine/goal/sketch.ts";
import { notDrawn } from "../engine/goal/sketch-judge.ts";
import { PracticePage } from "./practice.ts";

const LOCALES = ["en", "zh-CN"];

async function verdicts(page: PracticePage, { goals }: Lesson): Promise<readonly Verdict[]> {
  return (await page.host.insight({ about: "goals", goals, step: null })) as Verdict[];
}

async function unmet(page: PracticePage, lesson: Lesson): Promise<readonly (string | undefined)[]> {
  return (await verdicts(page, lesson)).flatMap((verdict, index) => (verdict ? [lesson.goals[index]?.name] : []));
}

/** Goals that the page's own pictures do not show to be reached. */
function notSeen({ host }: PracticePage, lesson: Lesson): Set<string> {
  return notDrawn(sketchOf(lesson.goals), {
    host: host.state(null),
    view: (target, path) => host.view(target, path, null, Number.POSITIVE_INFINITY),
  });
}

describe.for(lessonFolders)("lesson %s", (folder) => {
  test("its solution reaches the goals, and picture and check agree after every line", async () => {
    const lesson = await loadLesson(folder);
    expect(folderOf(lesson.id)).toBe(folder);
    const page = await PracticePage.open();
    for (const line of lesson.start) await page.type(line);
    expect(await unmet(page, lesson)).not.toEqual([]);
    // What a picture does not show of a goal: a piece of text, another content, the host's files.
    const drawn = lesson.goals.filter(
      (goal) => goal.type !== "differ" && goal.type !== "host-file" && !("contains" in goal),
    );
    for (const line of lesson.solution) {
      await page.type(line);
      const [seen, open] = [notSeen(page, lesson), await unmet(page, lesson)];
      for (const { name } of drawn) expect([line, name, seen.has(name)]).toEqual([line, name, open.includes(name)]);
    }
    expect(await unmet(page, lesson)).toEqual([]);
  });

  test("another way reaches them too", async () => {
    const lesson = await loadLesson(folder);
    const page = await PracticePage.open();
    expect(lesson.otherWay).toBeDefined();
    for (const line of [...lesson.start, ...(lesson.otherWay ?? [])]) await page.type(line);
    expect(await unmet(page, lesson)).toEqual([]);
  });

  test("its demonstrations run, and each does something", async () => {
    const lesson = await loadLesson(folder);
    for (const demo of Object.values(lesson.demos)) {
      const page = await PracticePage.open();
      for (const line of demo.before) expect((await page.type(line)).exitCode, line).toBe(0);
      await page.type(demo.line);
    }
  });

  test.for(LOCALES)("its text in %s is whole", async (locale) => {
    const lesson = await loadLesson(folder);
    const text = await loadLessonText(folder, locale);
    const english = await loadLessonText(folder, "en");
    const shown = text.parts.flatMap((part) => (part.kind === "demo" ? [part.demo] : []));
    expect(shown.toSorted()).toEqual(Object.keys(lesson.demos).toSorted());
    expect(text.question !== "").toBe(lesson.prediction !== null);
    for (const list of ["hints", "remember"] as const) {
      expect(text[list].length).toBeGreaterThan(1);
      expect(text[list]).toHaveLength(english[list].length);
    }
    for (const word of [text.title, text.summary, text.task, text.notes]) expect(word).not.toBe("");
    expect(readFileSync(`src/content/lessons/${folder}/${locale}.md`, "utf8")).not.toContain("<");
  });
});

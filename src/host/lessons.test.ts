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

async function played(lesson: Lesson, lines: readonly string[]): Promise<PracticePage> {
  const page = await PracticePage.open();
  for (const line of [...lesson.start, ...lines]) await page.type(line);
  return page;
}

describe.for(lessonFolders)("lesson %s", (folder) => {
  test("neither begins with all goals reached, nor ends without", async () => {
    const lesson = await loadLesson(folder);
    expect(folderOf(lesson.id)).toBe(folder);
    const unmet = async (lines: readonly string[]) =>
      (await verdicts(await played(lesson, lines), lesson)).filter((verdict) => verdict !== null);
    expect(await unmet([])).not.toEqual([]);
    expect(await unmet(lesson.solution)).toEqual([]);
    expect(lesson.otherWay, "every lesson shows that another way counts").toBeDefined();
    expect(await unmet(lesson.otherWay ?? [])).toEqual([]);
  });

  // What a picture does not show of a goal: a piece of text, another content, a path deep in a volume, the host's files.
  test("after every line picture and check agree", async () => {
    const lesson = await loadLesson(folder);
    const page = await PracticePage.open();
    const shown = lesson.goals.filter(
      (goal) => goal.type !== "differ" && goal.type !== "host-file" && !("contains" in goal),
    );
    const sketch = sketchOf(lesson.goals);
    for (const line of [...lesson.start, ...lesson.solution]) {
      await page.type(line);
      const { host } = page;
      const open = notDrawn(sketch, {
        host: host.state(null),
        view: (target, path) => host.view(target, path, null, Number.POSITIVE_INFINITY),
      });
      const unmet = (await verdicts(page, lesson)).flatMap((verdict, index) =>
        verdict ? [lesson.goals[index]?.name] : [],
      );
      for (const { name } of shown) expect([line, name, open.has(name)]).toEqual([line, name, unmet.includes(name)]);
    }
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

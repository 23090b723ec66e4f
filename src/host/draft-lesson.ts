import * as v from "valibot";
import type { Lesson } from "../content/lessons/lesson.ts";
import type { LessonText } from "../content/lessons/text.ts";
import { type LocaleTag, isLocaleTag } from "../content/locales/index.ts";
import { sha256 } from "../core/oci/digest.ts";
import { shortOf } from "../core/oci/short.ts";
import { goalsShape } from "../engine/goal/shape.ts";
import type { DraftText } from "./draft.ts";
import { commandsOf } from "./history.ts";
import { type LogEntry, type Scenario, inLanguage } from "./scenario.ts";

const words = v.pipe(v.string(), v.maxLength(20_000));
const carried = v.object({
  goals: goalsShape,
  texts: v.record(
    v.string(),
    v.object({
      text: v.optional(words, ""),
      task: v.optional(words, ""),
      hints: v.optional(words, ""),
      remember: v.optional(words, ""),
      notes: v.optional(words, ""),
    }),
  ),
});

/** What there is to do in a scenario, as a lesson; null when nobody made one of it. Its solution is what follows the start. */
export function lessonIn(scenario: Scenario): Lesson | null {
  const parsed = v.safeParse(carried, scenario.lesson);
  if (!parsed.success) return null;
  const { goals, texts } = parsed.output;
  const { entries, title = {}, start = entries.length } = scenario;
  const tags = [...new Set([...Object.keys(texts), ...Object.keys(title)])].filter(isLocaleTag);
  // What is not written in a language is shown as it is written in another.
  const said = (tag: LocaleTag, part: keyof DraftText): string =>
    texts[tag]?.[part] || Object.values(texts).find((text) => text[part] !== "")?.[part] || "";
  const text = (tag: LocaleTag): LessonText => ({
    title: inLanguage(title, tag),
    summary: "",
    parts: said(tag, "text") === "" ? [] : [{ kind: "text", markdown: said(tag, "text") }],
    task: said(tag, "task"),
    question: "",
    hints: linesOf(said(tag, "hints")),
    remember: linesOf(said(tag, "remember")),
    notes: said(tag, "notes"),
  });
  return {
    // Of what it says: a stranger's scenario is nobody's lesson of the course.
    id: `own-${shortOf(sha256(new TextEncoder().encode(JSON.stringify([scenario.seed, title, goals]))))}`,
    minutes: 5,
    start: [],
    goals,
    prediction: null,
    demos: {},
    solution: linesFrom(entries, start),
    texts: Object.fromEntries(tags.map((tag) => [tag, text(tag)])),
  };
}

/** One item a line; a dash before it, as lists have it, is left out. */
const linesOf = (list: string): string[] => list.split("\n").flatMap((line) => line.trim().replace(/^[-*] /, "") || []);

/** What is typed to do the same: what an editor saved is written with `cat`. */
function linesFrom(entries: readonly LogEntry[], start: number): string[] {
  const typed = commandsOf({ log: entries, head: entries.length - 1 });
  return typed.slice(start).flatMap(({ line, edits }) => {
    const whole = edits.every(({ text }) => !text.startsWith("…\n"));
    if (edits.length > 0 && whole) return edits.map(({ path, text }) => hereDocument(path, text));
    // Ctrl-D ends a shell, as `exit` does; nothing is typed for what was handed in.
    return line === null ? ["exit"] : line === "" ? [] : [line];
  });
}

function hereDocument(path: string, text: string): string {
  let end = "EOF";
  while (text.split("\n").includes(end)) end += "_";
  return `cat > '${path.replaceAll("'", `'\\''`)}' <<'${end}'\n${text}${text === "" || text.endsWith("\n") ? "" : "\n"}${end}`;
}

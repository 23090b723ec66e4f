import * as v from "valibot";
import type { Lesson } from "../content/lessons/lesson.ts";
import type { LessonText } from "../content/lessons/text.ts";
import { type LocaleTag, isLocaleTag } from "../content/locales/index.ts";
import { sha256 } from "../core/oci/digest.ts";
import { shortOf } from "../core/oci/short.ts";
import type { Goal } from "../engine/goal/assertion.ts";
import { goalsShape } from "../engine/goal/shape.ts";
import { commandsOf } from "./history.ts";
import { BEGINNING, lineTo, type Log } from "./log-tree.ts";
import type { LogEntry, Scenario, Words } from "./scenario.ts";

/** What an author writes in one language: Markdown; hints and what to remember one a line. */
export interface DraftText {
  readonly text: string;
  readonly task: string;
  readonly hints: string;
  readonly remember: string;
  readonly notes: string;
}

/**
 * A scenario that somebody makes: what is said about a host of its own (`scenarioHost`), whose log is the start and
 * one solution. Plain data, as it is kept; what is missing in it is not written yet.
 */
export interface Draft {
  readonly version: 1;
  readonly title: Words;
  /** Index in the host's log of the last entry that has happened when it opens; -1: nothing has. */
  readonly start: number;
  readonly goals: readonly Goal[];
  readonly texts: Readonly<Partial<Record<LocaleTag, DraftText>>>;
  /** What is said about single entries, by their index in the log. */
  readonly notes: Readonly<Record<string, Words>>;
  /** ms since 1970, when it was changed last. */
  readonly changed: number;
  /** ms since 1970, when it was put away: it can be brought back. */
  readonly deleted?: number;
}

export const noText: DraftText = { text: "", task: "", hints: "", remember: "", notes: "" };

export const emptyDraft: Draft = {
  version: 1,
  title: {},
  start: BEGINNING,
  goals: [],
  texts: {},
  notes: {},
  changed: 0,
};

/** Of the host of a scenario of one's own, as it is kept. */
export const scenarioHost = (id: string): string => `scenario:${id}`;

/** Whether a host is kept for the page's own ends, and not one that somebody named. */
export const isHidden = (host: string): boolean => /^(lesson|scenario|draft):/.test(host);

/** The scenario as it is sent: the line the host is on, and with a draft what its author says. */
export function authored(
  { scenario, log, head }: { readonly scenario: Scenario; readonly log: Log; readonly head: number },
  draft: Draft | undefined,
): Scenario {
  if (!draft) return scenario;
  const line = lineTo(log, head);
  const entries = scenario.entries.map((entry, place): LogEntry => {
    const note = written(draft.notes[line[place] ?? BEGINNING] ?? {});
    return note ? { ...entry, note } : entry;
  });
  const title = written(draft.title);
  const texts = Object.entries(draft.texts).flatMap(([tag, text]) => {
    const parts = Object.entries(text).filter(([, words]) => words.trim() !== "");
    return parts.length > 0 ? [[tag, Object.fromEntries(parts)]] : [];
  });
  return {
    ...scenario,
    entries,
    ...(title && { title }),
    start: line.indexOf(draft.start) + 1,
    lesson: { goals: draft.goals, texts: Object.fromEntries(texts) },
  };
}

/** Only what has words. */
function written(words: Words): Words | null {
  const some = Object.entries(words).filter(([, text]) => text.trim() !== "");
  return some.length > 0 ? Object.fromEntries(some) : null;
}

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
  const text = (tag: LocaleTag): LessonText => lessonText(title[tag] ?? firstOf(title), { ...noText, ...texts[tag] });
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

const firstOf = (title: Words): string => Object.values(title)[0] ?? "";

function lessonText(title: string, { text, task, hints, remember, notes }: DraftText): LessonText {
  return {
    title,
    summary: "",
    parts: text === "" ? [] : [{ kind: "text", markdown: text }],
    task,
    question: "",
    hints: linesOf(hints),
    remember: linesOf(remember),
    notes,
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

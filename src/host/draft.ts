import type { LocaleTag } from "../content/locales/index.ts";
import type { Goal } from "../engine/goal/assertion.ts";
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

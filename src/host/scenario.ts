import type { Content } from "../core/filesystem/content.ts";
import type { Loaded } from "../engine/archive/import.ts";
import type { LocaleTag } from "../content/locales/index.ts";
import type { SavedEdit } from "./edit.ts";
import type { TerminalId } from "./protocol.ts";

/** What an author says, in the languages it was written in: a reader in another one gets the first that is there. */
export type Words = Readonly<Partial<Record<LocaleTag, string>>>;

/** One line of the log: enough to run the command again with the same outcome. */
export interface LogEntry {
  readonly terminal: TerminalId;
  readonly line: string;
  /** ms since 1970, when the command started; the clock stands still while it runs, but for what sleeps. */
  readonly at: number;
  readonly edits?: readonly SavedEdit[];
  /** Stopped by Ctrl-C after this many changes of state: a replay stops at the same place. */
  readonly interruptedAfter?: number;
  /** Not a line but something handed in: an archive of images, their names or ids; a file, its path. A replay has no bytes, and skips it. */
  readonly imported?: readonly string[];
  /** Of an archive that was handed in: the images it brought. */
  readonly loaded?: readonly Loaded[];
  /** Of a file that was handed in: its bytes, or where they lie. */
  readonly content?: Content;
  /** Index in the stored log of the entry it follows, -1 the beginning. Left out: the one before it. */
  readonly after?: number;
  /** So many steps of the story it told. Left out: from before they were counted, or out of a link. */
  readonly steps?: number;
  /** It only looked: nothing was told and no file of the host's changed, so there is nothing to undo. */
  readonly quiet?: true;
  /** What an author calls the step that this line is, in a few words. */
  readonly title?: Words;
  /** What an author says about it: plain text, shown beside the step. */
  readonly note?: Words;
}

/**
 * A host is the replay of its log: with the same seed and catalogue, the same digests on every machine.
 * Of a log that parted into lines, this is the line from the beginning to where the host stands.
 *
 * What an author adds changes none of that: names, notes, and where the story begins.
 */
export interface Scenario {
  /** Hex; what every random id of the host is derived from. */
  readonly seed: string;
  /** Version of the catalogue the log was made with: 8 hex digits of its lock. */
  readonly catalogue: string;
  readonly entries: readonly LogEntry[];
  readonly title?: Words;
  /** So many of the first entries have happened when the scene opens: it shows the moment behind them. Left out: it opens at its end. */
  readonly start?: number;
  /** What there is to do in it, as JSON: a lesson that somebody built. Whoever reads it checks its shape. */
  readonly lesson?: unknown;
}

/** In that language, or in the first that there is; empty when nothing was written. */
export function inLanguage(words: Words | undefined, locale: LocaleTag): string {
  return words?.[locale] ?? Object.values(words ?? {})[0] ?? "";
}

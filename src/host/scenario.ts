import type { Content } from "../core/filesystem/content.ts";
import type { Loaded } from "../engine/archive/import.ts";
import type { TerminalId } from "./protocol.ts";

/** What an editor saved while a command ran. */
export interface SavedEdit {
  readonly path: string;
  readonly text: string;
}

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
}

/**
 * A host is the replay of its log: with the same seed and catalogue, the same digests on every machine.
 * Of a log that parted into lines, this is the line from the beginning to where the host stands.
 */
export interface Scenario {
  /** Hex; what every random id of the host is derived from. */
  readonly seed: string;
  /** Version of the catalogue the log was made with: 8 hex digits of its lock. */
  readonly catalogue: string;
  readonly entries: readonly LogEntry[];
}

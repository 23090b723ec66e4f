import type { SavedHostShell } from "../cli/host-shell.ts";
import { emptyState } from "../engine/state.ts";
import type { EngineState } from "../engine/state.ts";
import type { SavedMemory } from "../shell/container-memory.ts";
import type { Log } from "./log-tree.ts";
import type { TerminalId } from "./protocol.ts";
import type { LogEntry, Scenario } from "./scenario.ts";
import type { KeptSession } from "./sessions.ts";

/** A host between two commands: all of it but its log. */
export interface Moment {
  readonly state: EngineState;
  /** Steps told so far, over the whole line. */
  readonly step: number;
  readonly sessions: readonly KeptSession[];
  /** What containers hold beside their layers; none in hosts from before it was kept. */
  readonly memory?: readonly SavedMemory[];
  /** What the host's own terminal stands at and knows. */
  readonly hostShell?: SavedHostShell;
  /** The highest session number given out on this line. */
  readonly lastSession: number;
  /** The terminal whose turn it is. */
  readonly turn?: TerminalId;
}

/** Before the first command. */
export const emptyMoment: Moment = { state: emptyState, step: 0, sessions: [], lastSession: 0 };

/** Everything about a host that outlives the page. */
export interface KeptHost extends Moment {
  /** The line from the beginning to where the host stands. */
  readonly scenario: Scenario;
  /** All that was ever done, also what was undone. */
  readonly log: Log;
  /** Index in `log` of the entry the host stands behind; -1: at the beginning. */
  readonly head: number;
  /** Where the line ends that the host is on: behind `head` when something was undone. */
  readonly tip: number;
  /** Counts what was kept: commands and moves; another tab's raises it. */
  readonly revision: number;
}

/** What one command changed, or a move to another moment. */
export interface Change extends Moment {
  /** The line of the log that is new; none for a move. */
  readonly entry?: LogEntry;
  readonly head: number;
  readonly tip: number;
  /** Keys of blobs that moments need which the page can go back to. */
  readonly blobs: Iterable<string>;
}

/** Where a host is kept: in IndexedDB by name, or in memory for a visitor's scene. */
export interface HostKeeper {
  load(): Promise<KeptHost>;
  /** What is kept now when it is not `than` any more; null when it is. */
  newer(than: KeptHost): Promise<KeptHost | null>;
  /** Stores the outcome of one command or move, all of it or nothing. */
  keep(before: KeptHost, change: Change): Promise<KeptHost>;
  /** One command at a time over all tabs. */
  exclusively<T>(work: () => Promise<T>): Promise<T>;
}

import type { SavedHostShell } from "../cli/host-shell.ts";
import type { EngineState } from "../engine/state.ts";
import type { SavedMemory } from "../shell/container-memory.ts";
import type { LogEntry, Scenario } from "./scenario.ts";
import type { KeptSession } from "./sessions.ts";

/** Everything about a host that outlives the page. */
export interface KeptHost {
  readonly state: EngineState;
  readonly scenario: Scenario;
  /** Steps told so far, over the whole log. */
  readonly step: number;
  readonly sessions: readonly KeptSession[];
  /** What containers hold beside their layers; none in hosts from before it was kept. */
  readonly memory?: readonly SavedMemory[];
  /** What the host's own terminal stands at and knows. */
  readonly hostShell?: SavedHostShell;
  /** The highest session number given out. */
  readonly lastSession: number;
  /** Counts the commands kept; another tab's command raises it. */
  readonly revision: number;
}

/** What one command changed. */
export interface Change extends Omit<KeptHost, "revision"> {
  /** The line of the log that is new. */
  readonly entry: LogEntry;
}

/** Where a host is kept: in IndexedDB by name, or in memory for a visitor's scene. */
export interface HostKeeper {
  load(): Promise<KeptHost>;
  /** What is kept now when it is not `than` any more; null when it is. */
  newer(than: KeptHost): Promise<KeptHost | null>;
  /** Stores the outcome of one command, all of it or nothing. */
  keep(before: KeptHost, change: Change): Promise<KeptHost>;
  /** One command at a time over all tabs. */
  exclusively<T>(work: () => Promise<T>): Promise<T>;
}

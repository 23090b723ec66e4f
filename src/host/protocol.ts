import type { ArchiveFormat } from "../engine/archive/export.ts";
import type { EngineEvent, ContainerId } from "../engine/event.ts";
import type { PullProgress } from "../engine/operations/pull.ts";
import type { HostState } from "../engine/host-state.ts";
import type { Completion } from "../engine/ports.ts";
import type { StackTarget, StackView } from "../engine/stack-view.ts";
import type { Lesson } from "../content/lessons/lesson.ts";
import type { Draft } from "./draft.ts";
import type { DraftQuestion } from "./drafts.ts";
import type { Question } from "./insight.ts";
import type { Words } from "./scenario.ts";

/** The one terminal of the host, or a session in a container (`docker run -it`, `docker exec -it`). */
export type TerminalId = "host" | `session-${number}`;

/**
 * Whose host this page shows: one's own (kept in IndexedDB by name), a visitor's scene from a link (in memory), or a
 * small one to try something on (in memory). A scene may also come as a file. `start`: lines typed first, where nothing has been typed yet.
 */
export type HostSource =
  | { readonly kind: "own"; readonly name: string; readonly start?: readonly string[] }
  | { readonly kind: "link"; readonly fragment: string }
  | { readonly kind: "file"; readonly file: Blob }
  | { readonly kind: "demo"; readonly start: readonly string[] };

/** One step of the story as the page gets it. `step` counts from 1 over the whole log of the host. */
export interface PageFrame {
  readonly step: number;
  readonly event: EngineEvent;
  readonly state: HostState;
}

export interface SessionInfo {
  readonly terminal: TerminalId;
  readonly container: ContainerId;
  readonly containerName: string;
  readonly image: string;
  readonly open: boolean;
  /** What stands before the cursor when nothing runs there. */
  readonly prompt: string;
}

export interface EditorRequest {
  readonly terminal: TerminalId;
  readonly editor: "vim" | "nano";
  readonly path: string;
  /** null: a new file. */
  readonly text: string | null;
  readonly readOnly: boolean;
}

export interface LinkResult {
  /** The fragment without "#". */
  readonly fragment: string;
  readonly commands: number;
  /** What cannot travel in a link, named. */
  readonly left: readonly string[];
}

/** A command of the line one is on, and the steps it told: both ends included; `to` is `from` - 1 when it told none. */
export interface HistoryEntry {
  /** Its index in the stored log. */
  readonly index: number;
  readonly line: string;
  readonly terminal: TerminalId;
  readonly from: number;
  readonly to: number;
  /** What an author calls the step, and says about it. */
  readonly title?: Words;
  readonly note?: Words;
}

/** A command of the line one is on, as it has to be typed to do the same on a real docker. */
export interface TypedCommand {
  /** Its index in the stored log. */
  readonly index: number;
  readonly terminal: TerminalId;
  /** As typed, with its line breaks; of what was handed in the names, null for an end of input (Ctrl-D). */
  readonly line: string | null;
  readonly handedIn: boolean;
  /** What was saved in an editor while it ran. */
  readonly edits: readonly { readonly path: string; readonly text: string }[];
}

/** A line that was left: one can go back to its end. */
export interface OtherLine {
  /** Index of its last entry. */
  readonly tip: number;
  /** How many commands are on it and not on this line. */
  readonly commands: number;
  /** The last command that both have; null when they part at the beginning. */
  readonly after: string | null;
  /** Its last command that did something. */
  readonly last: string;
}

/** The log as one stands in it. */
export interface History {
  /** Index of the entry that the host stands behind; -1: at the beginning. */
  readonly head: number;
  /** The line, also what is undone on it. Entries from before steps were counted, and those before them, are left out. */
  readonly entries: readonly HistoryEntry[];
  /** The commands that undo takes back and redo does again, and where the host stands then. */
  readonly undo: { readonly to: number; readonly line: string } | null;
  readonly redo: { readonly to: number; readonly line: string } | null;
  readonly lines: readonly OtherLine[];
}

/** A move of the host to another moment of its log; `lost`: why it stays where it is. */
export interface MoveResult {
  /** The terminal whose turn it is now. */
  readonly terminal: TerminalId;
  readonly lost: { readonly reason: "bytes" | "differs"; readonly line: string } | null;
}

/** Page to worker. Requests with `call` are answered by one `answer` with the same number. */
export type ToWorker =
  | {
      readonly type: "open";
      readonly call: number;
      readonly source: HostSource;
      readonly base: string;
      readonly columns: number;
    }
  /** A line typed (or a button pressed) in a terminal. */
  | {
      readonly type: "run";
      readonly call: number;
      readonly terminal: TerminalId;
      readonly line: string;
      readonly columns: number;
    }
  | { readonly type: "interrupt"; readonly terminal: TerminalId }
  | {
      readonly type: "complete";
      readonly call: number;
      readonly terminal: TerminalId;
      readonly line: string;
      readonly cursor: number;
    }
  | {
      readonly type: "view";
      readonly call: number;
      readonly target: StackTarget;
      readonly path: string;
      readonly step: number | null;
      readonly columns: number;
    }
  | {
      readonly type: "editor.save";
      readonly call: number;
      readonly terminal: TerminalId;
      readonly path: string;
      readonly text: string;
    }
  | { readonly type: "editor.close"; readonly terminal: TerminalId }
  | { readonly type: "state"; readonly call: number; readonly step: number | null }
  /** `draft`: with what the author of a scenario says. */
  | { readonly type: "link"; readonly call: number; readonly draft?: Draft | undefined }
  /** The scene with what no link carries: answered by a SceneFile. */
  | { readonly type: "scene-file"; readonly call: number; readonly draft?: Draft | undefined }
  | { readonly type: "import"; readonly call: number; readonly archive: Blob }
  | { readonly type: "export"; readonly call: number; readonly reference: string; readonly format: ArchiveFormat }
  /** A file of the host's own, by its absolute path: answered as a Blob. */
  | { readonly type: "take-file"; readonly call: number; readonly path: string }
  /** A file that lands in the home directory: answered by its path. */
  | { readonly type: "put-file"; readonly call: number; readonly name: string; readonly bytes: Blob }
  | { readonly type: "keep"; readonly call: number; readonly name: string }
  | { readonly type: "reset"; readonly call: number }
  | { readonly type: "hosts"; readonly call: number }
  /** About scenarios of one's own; the answers are in `drafts.ts`. */
  | { readonly type: "drafts"; readonly call: number; readonly question: DraftQuestion }
  /** Moves the host behind an entry of the stored log, -1 to the beginning: answered by a {@link MoveResult}. */
  | { readonly type: "move"; readonly call: number; readonly to: number }
  /** What an entry of the line told: answered by its frames, none when they cannot be brought back. */
  | { readonly type: "recall"; readonly call: number; readonly entry: number }
  /** The commands of the line up to where the host stands: answered by {@link TypedCommand}s, oldest first. */
  | { readonly type: "commands"; readonly call: number }
  /** About what is in the layers; the answers are in `insight.ts`. */
  | { readonly type: "insight"; readonly call: number; readonly question: Question };

export interface RunResult {
  readonly output: string;
  readonly exitCode: number;
  readonly prompt: string;
  /** The terminal whose turn it is now: another one after `docker run -it` or `exit`. */
  readonly terminal: TerminalId;
  /** The line is unfinished (quote, here-document): the prompt is PS2's and more is awaited. */
  readonly incomplete: boolean;
}

/** Worker to page. */
export type ToPage =
  | { readonly type: "answer"; readonly call: number; readonly value: unknown }
  | { readonly type: "failure"; readonly call: number; readonly message: string }
  /** Bytes for a terminal as they come; may hold escape sequences. */
  | { readonly type: "output"; readonly terminal: TerminalId; readonly text: string }
  /** How a pull goes, while it goes; its story comes when it has ended. */
  | { readonly type: "pulling"; readonly progress: PullProgress }
  | {
      readonly type: "frames";
      /** Index of the entry in the stored log. */
      readonly entry: number;
      readonly command: string;
      readonly terminal: TerminalId;
      readonly frames: readonly PageFrame[];
    }
  /** The host as it is now, after a command or because another tab changed it. */
  | {
      readonly type: "host";
      readonly state: HostState;
      readonly step: number;
      readonly sessions: readonly SessionInfo[];
      /** The host terminal's. */
      readonly prompt: string;
      readonly history: History;
    }
  | { readonly type: "editor"; readonly request: EditorRequest }
  /** How far a scene has been run that is being opened, in lines. */
  | { readonly type: "replaying"; readonly done: number; readonly of: number }
  | { readonly type: "storage"; readonly state: StorageState };

/** Where the host is kept, and whether it is safe there. */
export type StorageState =
  | { readonly kind: "kept"; readonly persisted: boolean }
  | { readonly kind: "memory"; readonly reason: string };

export interface OpenResult {
  readonly state: HostState;
  readonly step: number;
  readonly sessions: readonly SessionInfo[];
  readonly prompt: string;
  readonly history: History;
  /** Of a link or file; null when all is well. */
  readonly problem: LinkProblem | null;
  /** Of a link or file: what its author calls it, and so many entries at its beginning have happened when it opens. */
  readonly title?: Words;
  readonly start?: number;
  /** Of a scenario that somebody made: what there is to do. It opens where that begins; what follows is a solution. */
  readonly lesson?: Lesson;
}

/**
 * Why a scene does not show what its sender saw. Nothing opens: not a link of Lamina's, of a newer format,
 * damaged on its way, empty. Something does: the end was cut off, or it was altered ("read" of "of" lines opened);
 * lines that could not be run were skipped; made with another catalogue, so digests may differ.
 */
export type LinkProblem =
  | { readonly reason: "foreign" | "newer" | "damaged" | "empty" | "catalogue" }
  | { readonly reason: "cut" | "altered"; readonly read: number; readonly of: number }
  | { readonly reason: "skipped"; readonly lines: number };

export type ViewResult = StackView | null;

export type { Completion };

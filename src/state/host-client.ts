import type { ArchiveFormat } from "../engine/archive/export.ts";
import type { HostState } from "../engine/host-state.ts";
import type { Completion } from "../engine/ports.ts";
import type { StackTarget } from "../engine/stack-view.ts";
import type { Draft } from "../host/draft.ts";
import type { DraftAnswers, DraftQuestion } from "../host/drafts.ts";
import type { InsightName, Insights, Question } from "../host/insight.ts";
import type {
  HostSource,
  LinkResult,
  MoveResult,
  OpenResult,
  PageFrame,
  RunResult,
  TerminalId,
  ToPage,
  ToWorker,
  TypedCommand,
  ViewResult,
} from "../host/protocol.ts";
import type { SceneFile } from "../host/scene-file.ts";
import { sharing } from "./sharing.ts";

/** What the client needs of a Worker or a MessagePort. */
export interface HostPort {
  postMessage(message: ToWorker): void;
  addEventListener(type: "message", listener: (event: { readonly data: ToPage }) => void): void;
}

/** Messages that answer no request. */
export type HostNotice = Exclude<ToPage, { type: "answer" | "failure" }>;

/** The host in the worker, as functions. A call rejects with the worker's own sentence. */
export interface HostClient {
  open(source: HostSource, base: string, columns: number): Promise<OpenResult>;
  run(terminal: TerminalId, line: string, columns: number): Promise<RunResult>;
  interrupt(terminal: TerminalId): void;
  complete(terminal: TerminalId, line: string, cursor: number): Promise<Completion>;
  /** `step` null: as the host is now. `columns`: at most so many entries. */
  view(target: StackTarget, path: string, step: number | null, columns: number): Promise<ViewResult>;
  /** About what is in the layers. */
  ask<N extends InsightName>(about: N, question: Insights[N]["question"]): Promise<Insights[N]["answer"]>;
  editorSave(terminal: TerminalId, path: string, text: string): Promise<void>;
  editorClose(terminal: TerminalId): void;
  state(step: number | null): Promise<HostState>;
  /** `draft`: with what the author of a scenario says. */
  link(draft?: Draft): Promise<LinkResult>;
  /** The scene as a file, with what no link carries. */
  sceneFile(draft?: Draft): Promise<SceneFile>;
  /** Names of the images that were in the archive, an id for one without. */
  importImage(archive: Blob): Promise<string[]>;
  exportImage(reference: string, format: ArchiveFormat): Promise<Blob>;
  /** Moves the host behind an entry of its log, -1 to the beginning; the log stays as it is. */
  move(to: number): Promise<MoveResult>;
  /** What an entry of the line told; none when that cannot be brought back. */
  recall(entry: number): Promise<readonly PageFrame[]>;
  /** The commands that led to where the host stands, oldest first. */
  commands(): Promise<readonly TypedCommand[]>;
  /** Copies the open scene to an own host; answers the name it got (another when that was taken). */
  keep(name: string): Promise<string>;
  reset(): Promise<unknown>;
  hosts(): Promise<readonly string[]>;
  /** About scenarios of one's own. */
  drafts<N extends keyof DraftAnswers>(
    about: N,
    question: DraftAnswers[N]["question"],
  ): Promise<DraftAnswers[N]["answer"]>;
  /** Returns the function that ends the listening. */
  listen(listener: (notice: HostNotice) => void): () => void;
}

interface Waiting {
  readonly resolve: (value: never) => void;
  readonly reject: (error: Error) => void;
}

type Request = Extract<ToWorker, { call: number }>;
/** A request without its number, for each case by itself. */
type Unnumbered = Request extends infer R ? (R extends Request ? Omit<R, "call"> : never) : never;

export function createHostClient(port: HostPort): HostClient {
  const waiting = new Map<number, Waiting>();
  const listeners = new Set<(notice: HostNotice) => void>();
  let last = 0;
  /** The newest of each kind: what is the same in the next is the same value. */
  let host: HostState | null = null;
  let seen: ViewResult = null;

  port.addEventListener("message", ({ data }) => {
    if (data.type === "answer" || data.type === "failure") {
      const caller = waiting.get(data.call);
      waiting.delete(data.call);
      if (data.type === "answer") caller?.resolve(data.value as never);
      else caller?.reject(new Error(data.message));
      return;
    }
    const notice = shared(data);
    for (const listener of listeners) listener(notice);
  });

  function shared(notice: HostNotice): HostNotice {
    switch (notice.type) {
      case "host":
        return { ...notice, state: (host = sharing(host, notice.state)) };
      case "frames":
        return { ...notice, frames: sharedFrames(notice.frames) };
      default:
        return notice;
    }
  }
  function sharedFrames(frames: readonly PageFrame[]): PageFrame[] {
    return frames.map((frame) => ({ ...frame, state: (host = sharing(host, frame.state)) }));
  }

  function call<T>(request: Unnumbered): Promise<T> {
    const number = ++last;
    return new Promise<T>((resolve, reject) => {
      waiting.set(number, { resolve, reject });
      port.postMessage({ ...request, call: number } as ToWorker);
    });
  }

  return {
    open: (source, base, columns) => call({ type: "open", source, base, columns }),
    run: (terminal, line, columns) => call({ type: "run", terminal, line, columns }),
    interrupt: (terminal) => port.postMessage({ type: "interrupt", terminal }),
    complete: (terminal, line, cursor) => call({ type: "complete", terminal, line, cursor }),
    async view(target, path, step, columns) {
      const view = await call<ViewResult>({ type: "view", target, path, step, columns });
      return (seen = sharing(seen, view));
    },
    ask: (about, question) => call({ type: "insight", question: { about, ...question } as Question }),
    editorSave: (terminal, path, text) => call({ type: "editor.save", terminal, path, text }),
    editorClose: (terminal) => port.postMessage({ type: "editor.close", terminal }),
    state: (step) => call({ type: "state", step }),
    link: (draft) => call({ type: "link", draft }),
    sceneFile: (draft) => call({ type: "scene-file", draft }),
    importImage: (archive) => call({ type: "import", archive }),
    exportImage: (reference, format) => call({ type: "export", reference, format }),
    move: (to) => call({ type: "move", to }),
    recall: async (entry) => sharedFrames(await call({ type: "recall", entry })),
    commands: () => call({ type: "commands" }),
    keep: (name) => call({ type: "keep", name }),
    reset: () => call({ type: "reset" }),
    hosts: () => call({ type: "hosts" }),
    drafts: (about, question) => call({ type: "drafts", question: { about, ...question } as DraftQuestion }),
    listen(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

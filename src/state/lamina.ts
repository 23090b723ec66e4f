import type { ArchiveFormat } from "../engine/archive/export.ts";
import type { HostState } from "../engine/host-state.ts";
import type { PageFrame, TerminalId } from "../host/protocol.ts";
import type { AppStore } from "./store.ts";

export interface LaminaEvents {
  /** A step of the story arrived (it may be shown later). */
  frame: PageFrame;
  /** The host changed. */
  host: HostState;
  output: { readonly terminal: TerminalId; readonly text: string };
}

/** The page as a library: `window.lamina`, and the same calls by postMessage. Documented in docs/api.md. */
export interface Lamina {
  /** Settles when the host is open. */
  readonly ready: Promise<void>;
  /**
   * Types `line` in the active terminal exactly as a person would: after `docker run -it IMAGE bash`
   * the next lines go to the container's shell, until `exit`. `prompt` is of the terminal whose turn it is next.
   */
  run(line: string): Promise<{ output: string; exitCode: number; prompt: string }>;
  state(): Promise<HostState>;
  /**
   * Loads the images of an archive: of `docker save`, or an OCI layout in a tar; gzip'ed or not. Answers their
   * names, an id for one without. Rejects with docker's words when it is none; nothing is kept then.
   */
  importImage(archive: Blob): Promise<string[]>;
  /** An image as a tar that docker, podman, skopeo and others load: "docker-archive" is an OCI layout as well. */
  exportImage(reference: string, format: ArchiveFormat): Promise<Blob>;
  /** The address of this scene, everything in its fragment. */
  link(): Promise<string>;
  /** Shows the host as it was after that step of the story; the host itself does not change. */
  goto(step: number): Promise<void>;
  play(): void;
  pause(): void;
  /** Takes back the last command that did something: the host itself goes back. Rejects when there is none. */
  undo(): Promise<void>;
  /** Does again what was undone, to the same digests. Rejects when nothing was undone, or something else was done since. */
  redo(): Promise<void>;
  /** Empties the host. */
  reset(): Promise<void>;
  /** Returns the function that ends the listening. */
  on<E extends keyof LaminaEvents>(event: E, listener: (value: LaminaEvents[E]) => void): () => void;
}

/** `opening` brings the store once its host is open; calls made before that wait for it. */
export function createLamina(opening: Promise<AppStore>, page: { readonly href: string }): Lamina {
  // Whoever does not ask for `ready` is told by the page itself.
  const ready = opening.then(() => undefined);
  ready.catch(() => undefined);
  /** The run before: whose turn it is next is known when it has ended. */
  let before: Promise<unknown> = ready;
  const inTurn = <T>(act: (store: AppStore) => Promise<T>): Promise<T> => {
    const turn = before.catch(() => undefined).then(async () => act(await opening));
    before = turn;
    return turn;
  };
  return {
    ready,
    async run(line) {
      const { output, exitCode, prompt } = await inTurn((store) => store.runCommand(line));
      return { output, exitCode, prompt };
    },
    state: async () => (await opening).client.state(null),
    importImage: async (archive) => (await opening).client.importImage(archive),
    exportImage: async (reference, format) => (await opening).client.exportImage(reference, format),
    async link() {
      const { fragment } = await (await opening).client.link();
      // A lesson's address is no part of it: the link opens the scene by itself.
      return `${page.href.replace(/[?#].*$/, "")}#${fragment}`;
    },
    goto: async (step) => (await opening).goto(step),
    play: () => void opening.then((store) => store.play()),
    pause: () => void opening.then((store) => store.pause()),
    undo: () => inTurn((store) => moved(store, store.time.undo)),
    redo: () => inTurn((store) => moved(store, store.time.redo)),
    reset: async () => (await opening).reset(),
    on(event, listener) {
      const tell = listener as (value: unknown) => void;
      const listening = opening.then((store) =>
        store.client.listen((notice) => {
          if (event === "frame" && notice.type === "frames") for (const frame of notice.frames) tell(frame);
          if (event === "host" && notice.type === "host") tell(notice.state);
          if (event === "output" && notice.type === "output") tell({ terminal: notice.terminal, text: notice.text });
        }),
      );
      return () => void listening.then((end) => end());
    },
  };
}

/** The page says why the host could not be moved; whoever calls is told too. */
async function moved(store: AppStore, move: () => Promise<void>): Promise<void> {
  await move();
  const { lost, dictionary } = store.getState();
  if (lost) throw new Error(dictionary.time.lost[lost.reason](lost.line));
}

/** The same, of a host that may only be looked at: what would change it rejects. */
export function looking(lamina: Lamina): Lamina {
  const refuse = (): Promise<never> => Promise.reject(new Error("read-only: the address does not say terminal=write"));
  return { ...lamina, run: refuse, importImage: refuse, undo: refuse, redo: refuse, reset: refuse };
}

const CALLS = [
  "run",
  "state",
  "importImage",
  "exportImage",
  "link",
  "goto",
  "play",
  "pause",
  "undo",
  "redo",
  "reset",
] as const;
type Call = (typeof CALLS)[number];

interface Request {
  readonly lamina: Call;
  readonly id: number | string;
  readonly args?: readonly unknown[];
}

/**
 * Answers `{lamina: "run", id, args: [...]}` with `{lamina: "answer", id, value}` or `{..., error}`. Only whom the
 * page `hears` is answered. Left out: pages of the same origin, for others must not reach somebody's own host.
 */
export function answerMessages(
  lamina: Lamina,
  page: Window,
  hears = ({ origin }: MessageEvent): boolean => origin === page.location.origin,
): void {
  page.addEventListener("message", (event: MessageEvent<unknown>) => {
    if (event.source === page || !hears(event)) return;
    const request = event.data as Request | null;
    if (typeof request !== "object" || request === null || !CALLS.includes(request.lamina)) return;
    const answer = (reply: object): void =>
      (event.source as WindowProxy | null)?.postMessage({ lamina: "answer", id: request.id, ...reply }, event.origin);
    const call = lamina[request.lamina] as (...args: readonly unknown[]) => unknown;
    Promise.resolve()
      .then(() => call(...(request.args ?? [])))
      .then(
        (value) => answer({ value }),
        (error: unknown) => answer({ error: error instanceof Error ? error.message : String(error) }),
      );
  });
}

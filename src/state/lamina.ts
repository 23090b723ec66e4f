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
  /** The address of this scene, everything in its fragment. */
  link(): Promise<string>;
  /** Shows the host as it was after that step of the story; the host itself does not change. */
  goto(step: number): Promise<void>;
  play(): void;
  pause(): void;
  /** Empties the host. */
  reset(): Promise<void>;
  /** Returns the function that ends the listening. */
  on<E extends keyof LaminaEvents>(event: E, listener: (value: LaminaEvents[E]) => void): () => void;
}

export function createLamina(store: AppStore, opened: Promise<unknown>, page: { readonly href: string }): Lamina {
  const ready = opened.then(() => undefined);
  // Whoever does not ask for `ready` is told by the page itself.
  ready.catch(() => undefined);
  return {
    ready,
    async run(line) {
      await ready;
      const { output, exitCode, prompt } = await store.runCommand(line);
      return { output, exitCode, prompt };
    },
    async state() {
      await ready;
      return store.client.state(null);
    },
    async link() {
      await ready;
      const { fragment } = await store.client.link();
      return `${page.href.replace(/#.*$/, "")}#${fragment}`;
    },
    async goto(step) {
      await ready;
      return store.goto(step);
    },
    play: () => store.play(),
    pause: () => store.pause(),
    async reset() {
      await ready;
      await store.client.reset();
    },
    on(event, listener) {
      return store.client.listen((notice) => {
        const tell = listener as (value: unknown) => void;
        if (event === "frame" && notice.type === "frames") for (const frame of notice.frames) tell(frame);
        if (event === "host" && notice.type === "host") tell(notice.state);
        if (event === "output" && notice.type === "output") tell({ terminal: notice.terminal, text: notice.text });
      });
    },
  };
}

const CALLS = ["run", "state", "link", "goto", "play", "pause", "reset"] as const;
type Call = (typeof CALLS)[number];

interface Request {
  readonly lamina: Call;
  readonly id: number | string;
  readonly args?: readonly unknown[];
}

/**
 * Answers `{lamina: "run", id, args: [...]}` with `{lamina: "answer", id, value}` or `{..., error}`. Only
 * a page of the same origin that embeds this one is heard: others must not reach somebody's own host.
 */
export function answerMessages(lamina: Lamina, page: Window): void {
  page.addEventListener("message", (event: MessageEvent<unknown>) => {
    if (event.origin !== page.location.origin || event.source === page) return;
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

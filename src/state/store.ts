import { createStore, type StoreApi } from "zustand/vanilla";
import { type Dictionary, loadLocale } from "../content/locales/index.ts";
import type { StackTarget } from "../engine/stack-view.ts";
import type {
  EditorRequest,
  HostSource,
  MoveResult,
  OpenResult,
  RunResult,
  SessionInfo,
  StorageState,
  TerminalId,
} from "../host/protocol.ts";
import type { HostState } from "../engine/host-state.ts";
import { type Focus, focusIn } from "./focus.ts";
import type { HostClient } from "./host-client.ts";
import { type Playback, createPlayback } from "./playback.ts";
import {
  type PreferenceStore,
  type Preferences,
  readPreferences,
  rememberOwnHost,
  savePreferences,
} from "./preferences.ts";
import { type Scene, noScene } from "./scene.ts";
import { type PullPicture, type Run, type Shown, emptyHost, nothingShown, pullGoesOn, runAdded } from "./story.ts";
import { type StoryLine, emptyLine, goesOn, withHistory, withTold } from "./story-line.ts";
import { type Time, createTime } from "./time.ts";
import { type Transcript, createTranscript } from "./transcript.ts";

/** A terminal on the page: it shows the line as if typed, runs it, and tells what came of it. */
export type Typist = (line: string) => Promise<RunResult>;

/** Keys 1, 2 and 3, in this order. */
export const PAGE_VIEWS = ["stack", "host", "boot"] as const;

export type PageView = (typeof PAGE_VIEWS)[number];

/** The page's own copy of what the worker knows, and where the telling of the story stands. */
export interface AppState extends StoryLine {
  readonly phase: "opening" | "ready" | "failed";
  /** Why the host could not be opened, as the worker says it. */
  readonly problem: string | null;
  /** Of a scene that came by link or file. */
  readonly scene: Scene;
  readonly source: HostSource;
  /** The host as it is now, whatever is shown. */
  readonly host: HostState;
  readonly step: number;
  /** The host before the newest command told anything: after a reload no frame has it. */
  readonly hostBefore: { readonly step: number; readonly host: HostState } | null;
  /** The host once more, with the changed paths of each container; comes a moment later. */
  readonly detailed: HostState;
  readonly sessions: readonly SessionInfo[];
  readonly hostPrompt: string;
  readonly activeTerminal: TerminalId;
  /** Terminals in which a command runs. */
  readonly busy: readonly TerminalId[];
  /** Lines run in this visit, oldest first. */
  readonly typed: readonly string[];
  /** What came of them, the newest 200. */
  readonly runs: readonly Run[];
  readonly editor: EditorRequest | null;
  readonly storage: StorageState | null;
  /** A pull that runs right now; its story comes when it has ended. */
  readonly pulling: PullPicture | null;

  readonly shown: Shown;
  /** Why the host could not be moved to where it was asked to go. */
  readonly lost: MoveResult["lost"];
  readonly playing: boolean;
  readonly speed: number;

  readonly pageView: PageView;
  /** Of the boot view, from 0. */
  readonly bootStage: number;
  /** A layer's chain ID, or "writable". */
  readonly selectedLayer: string | null;
  /** A name in the open directory. */
  readonly selectedEntry: string | null;
  /** The image or container that is pointed at among all others. */
  readonly pointed: StackTarget | null;

  readonly preferences: Preferences;
  readonly dictionary: Dictionary;
}

export interface AppStore extends StoreApi<AppState> {
  readonly time: Time;
  readonly client: HostClient;
  open(source: HostSource): Promise<OpenResult>;
  /** Empties the host that is open, or closes the scene. */
  reset(): Promise<void>;
  /** The one way a button acts: the line is typed in the terminal for all to see, then run. */
  runCommand(line: string, terminal?: TerminalId): Promise<RunResult>;
  /** Runs a line that a terminal has already shown. */
  runTyped(terminal: TerminalId, line: string, columns: number): Promise<RunResult>;
  attachTerminal(terminal: TerminalId, type: Typist): () => void;
  activate(terminal: TerminalId): void;
  closeSession(terminal: TerminalId): void;
  output(terminal: TerminalId): Transcript;
  closeEditor(): void;
  /** The host that opens from now on when no link is given. */
  rememberHost(name: string): void;

  /** Looks at another stack or directory, at the step that is shown. */
  look(target: StackTarget, path: string): Promise<void>;
  /** Between two steps the picture rests on the way from one to the other. */
  goto(place: number): Promise<void>;
  next(): Promise<void>;
  previous(): Promise<void>;
  play(): void;
  pause(): void;
  /** `motion` says how far what moves has got, for a pause to hold it there; null while nothing moves. */
  readonly watchMotion: Playback["watchMotion"];
  setSpeed(speed: number): void;

  setPageView(view: PageView): void;
  selectLayer(layer: string | null): void;
  selectEntry(name: string | null): void;
  point(target: StackTarget | null): void;
  setPreferences(change: Partial<Preferences>): Promise<void>;
}

export interface AppStoreOptions {
  readonly dictionary: Dictionary;
  readonly preferenceStore: PreferenceStore | null;
  readonly languages: readonly string[];
  /** What holds for this visit in place of the preferences, and is not kept. */
  readonly visit?: Partial<Preferences>;
  /** Address of the page's own files, for the worker to fetch the catalogue from. */
  readonly base: string;
  /** Waits between two told steps; tests hand in their own. */
  readonly wait?: (ms: number) => Promise<void>;
}

const realWait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

export function createAppStore(client: HostClient, options: AppStoreOptions): AppStore {
  const store = createStore<AppState>(() => ({
    phase: "opening",
    problem: null,
    scene: noScene,
    source: { kind: "own", name: "default" },
    host: emptyHost,
    step: 0,
    detailed: emptyHost,
    sessions: [],
    hostPrompt: "you@host:~$ ",
    activeTerminal: "host",
    busy: [],
    typed: [],
    runs: [],
    editor: null,
    storage: null,
    pulling: null,
    ...emptyLine,
    hostBefore: null,
    lost: null,
    shown: nothingShown,
    playing: true,
    speed: 1,
    pageView: "stack",
    bootStage: 0,
    selectedLayer: null,
    selectedEntry: null,
    pointed: null,
    preferences: { ...readPreferences(options.preferenceStore, options.languages), ...options.visit },
    dictionary: options.dictionary,
  }));
  const { getState: get, setState: set } = store;
  const playback = createPlayback(store, client, options.wait ?? realWait);
  const time = createTime(store, client, playback, (terminal) => output(terminal));
  const transcripts = new Map<TerminalId, Transcript>();
  const typists = new Map<TerminalId, Typist>();
  const awaited = new Map<TerminalId, ((type: Typist) => void)[]>();

  const output = (terminal: TerminalId): Transcript => {
    const known = transcripts.get(terminal) ?? createTranscript();
    transcripts.set(terminal, known);
    return known;
  };
  /** Ended sessions stay readable until another one opens. */
  const takeSessions = (now: readonly SessionInfo[]): void => {
    const open = now.filter((session) => session.open);
    const ended = get()
      .sessions.filter((old) => !open.some((session) => session.terminal === old.terminal))
      .map((old) => ({ ...old, open: false }));
    const fresh = open.some((session) => !get().sessions.some((old) => old.terminal === session.terminal));
    const sessions = fresh ? open : [...ended, ...open];
    const active = get().activeTerminal;
    const gone = active !== "host" && !open.some((session) => session.terminal === active);
    set({ sessions, ...(gone ? { activeTerminal: "host" as const } : {}) });
  };

  async function detail(): Promise<void> {
    const { step } = get();
    const detailed = await client.state(null).catch(() => null);
    if (detailed && get().step === step) set({ detailed });
  }

  client.listen((notice) => {
    switch (notice.type) {
      case "output":
        return output(notice.terminal).append(notice.text);
      case "frames": {
        // A pull is told by its own progress, as it happens; of its story only the end is left.
        const pulled = get().pulling ? notice.frames.findLast(({ event }) => event.type === "image.pulled") : undefined;
        set({ ...withTold(get(), notice), hostBefore: { step: get().step, host: get().host } });
        // What a link tells while it is replayed is not played: it opens at its end.
        return get().phase === "ready" ? playback.tell(pulled ? pulled.step - 1 : 0) : undefined;
      }
      case "host": {
        const { pulling, phase } = get();
        if (pulling) set({ pulling: { ...pulling, done: true } });
        // While a host is being opened, the answer to that tells what there is.
        if (phase !== "ready") return;
        const line = withHistory(get(), notice.history);
        const moved = notice.step < get().step || !goesOn(get(), line);
        set({ host: notice.state, step: notice.step, hostPrompt: notice.prompt, ...line });
        if (moved) set({ hostBefore: null });
        takeSessions(notice.sessions);
        void detail();
        return void (moved ? playback.arrive() : playback.refresh());
      }
      case "pulling":
        return set({ pulling: pullGoesOn(get().pulling, notice.progress) });
      case "editor":
        return set({ editor: notice.request });
      case "storage":
        return set({ storage: notice.state });
      case "replaying":
        return set({ scene: { ...noScene, replaying: notice } });
    }
  });

  return {
    ...store,
    client,
    time,
    output,
    async open(source) {
      // Nothing of the host before stays: not in the terminals either.
      for (const transcript of transcripts.values()) transcript.clear();
      set({
        phase: "opening",
        problem: null,
        scene: noScene,
        source,
        ...emptyLine,
        hostBefore: null,
        lost: null,
        sessions: [],
        typed: [],
        runs: [],
        editor: null,
        pulling: null,
        activeTerminal: "host",
        selectedLayer: null,
        selectedEntry: null,
      });
      try {
        const opened = await client.open(source, options.base, 80);
        const event = get().frames.at(-1)?.event ?? null;
        const focus = focusIn(opened.state, null);
        set({
          phase: "ready",
          scene: { ...opened, replaying: null },
          host: opened.state,
          step: opened.step,
          ...withHistory(get(), opened.history),
          sessions: opened.sessions.filter((session) => session.open),
          hostPrompt: opened.prompt || get().hostPrompt,
          activeTerminal: opened.sessions.findLast((session) => session.open)?.terminal ?? "host",
          shown: { ...nothingShown, step: opened.step, event, host: opened.state, focus },
        });
        await Promise.all([playback.restart(), detail()]);
        return opened;
      } catch (error) {
        set({ phase: "failed", problem: error instanceof Error ? error.message : String(error) });
        throw error;
      }
    },
    async reset() {
      await client.reset();
      await this.open(get().source);
    },
    async runCommand(line, terminal = get().activeTerminal) {
      set({ activeTerminal: terminal });
      const typist =
        typists.get(terminal) ??
        (await new Promise<Typist>((resolve) => {
          awaited.set(terminal, [...(awaited.get(terminal) ?? []), resolve]);
        }));
      return typist(line);
    },
    async runTyped(terminal, line, columns) {
      set({ lost: null, busy: [...get().busy, terminal], typed: [...get().typed, line.trim()].slice(-200) });
      playback.follow();
      try {
        const result = await client.run(terminal, line, columns);
        set({ runs: runAdded(get().runs, line, result) });
        if (result.terminal !== terminal) set({ activeTerminal: result.terminal });
        if (result.terminal === "host") set({ hostPrompt: result.prompt });
        return result;
      } finally {
        set({ busy: get().busy.toSpliced(get().busy.indexOf(terminal), 1) });
      }
    },
    attachTerminal(terminal, type) {
      typists.set(terminal, type);
      for (const resolve of awaited.get(terminal) ?? []) resolve(type);
      awaited.delete(terminal);
      return () => {
        if (typists.get(terminal) === type) typists.delete(terminal);
      };
    },
    activate: (activeTerminal) => set({ activeTerminal }),
    closeSession(terminal) {
      const sessions = get().sessions.filter((session) => session.terminal !== terminal || session.open);
      set({ sessions, ...(get().activeTerminal === terminal ? { activeTerminal: "host" as const } : {}) });
    },
    closeEditor() {
      const { editor } = get();
      if (editor) client.editorClose(editor.terminal);
      set({ editor: null });
    },
    rememberHost: (name) => rememberOwnHost(options.preferenceStore, name),
    look: (target: Focus["target"], path: string) => playback.look({ target, path }),
    goto: playback.goto,
    next: playback.next,
    previous: () => playback.goto(Math.ceil(playback.place()) - 1),
    play: playback.play,
    pause: playback.pause,
    watchMotion: playback.watchMotion,
    setSpeed: (speed) => set({ speed }),
    setPageView: (pageView) => set({ pageView }),
    selectLayer: (selectedLayer) => set({ selectedLayer }),
    selectEntry: (selectedEntry) => set({ selectedEntry }),
    point: (pointed) => set({ pointed }),
    async setPreferences(change) {
      const preferences = { ...get().preferences, ...change };
      savePreferences(options.preferenceStore, change);
      set({ preferences });
      if (change.locale) set({ dictionary: await loadLocale(change.locale) });
    },
  };
}

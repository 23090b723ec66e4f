import { type Pointing, nothingPointed } from "./pointing.ts";
import type { StoreApi } from "zustand/vanilla";
import type { PageFrame, ToPage, ToWorker } from "../host/protocol.ts";
import type { HostPort } from "./host-client.ts";
import type { AppState, AppStore } from "./store.ts";
import { withRecalled } from "./story-line.ts";
import { lastStep, segmentAt } from "./time.ts";

/** What a clicker asks for, in whichever window its keys arrive. */
export type ClickerAction = "next" | "previous" | "blank";

/** What carries messages between the windows of a class: a BroadcastChannel, or what a test has for one. */
export interface Channel {
  postMessage(message: unknown): void;
  addEventListener(type: "message", listener: (event: { readonly data: unknown }) => void): void;
  close(): void;
}

/** All that the picture, the sentence and the last command are drawn from. */
const MIRRORED = [
  "phase",
  "host",
  "step",
  "history",
  "segments",
  "pulling",
  "shown",
  "playing",
  "speed",
  "pageView",
  "bootStage",
  "selectedLayer",
  "selectedEntry",
  "typed",
  "preferences",
] as const satisfies readonly (keyof AppState)[];

type Mirror = Pick<AppState, (typeof MIRRORED)[number]> & {
  readonly pointing: Pointing;
  /** What the command told whose step is shown. */
  readonly told: { readonly entry: number; readonly frames: readonly PageFrame[] } | null;
};

type ToAudience =
  /** A presenter is there: anew after a reload. */
  | { readonly to: "audience"; readonly type: "hello" }
  /** What has changed since the last; all of it for who has just come. */
  | { readonly to: "audience"; readonly type: "mirror"; readonly state: Partial<Mirror> }
  | { readonly to: "audience"; readonly type: "answer"; readonly whom: string; readonly answer: ToPage }
  /** Its window is closed, or loaded anew. */
  | { readonly to: "audience"; readonly type: "away" }
  | { readonly to: "audience"; readonly type: "bye" };

type ToPresenter =
  | { readonly to: "presenter"; readonly type: "join" | "left"; readonly from: string }
  | { readonly to: "presenter"; readonly type: "ask"; readonly from: string; readonly message: ToWorker }
  | { readonly to: "presenter"; readonly type: "clicker"; readonly action: ClickerAction };

function hear<M extends ToAudience | ToPresenter>(channel: Channel, to: M["to"], listener: (message: M) => void): void {
  channel.addEventListener("message", ({ data }) => {
    if ((data as M | null)?.to === to) listener(data as M);
  });
}

export interface Presentation {
  /** The window is about to be gone, perhaps to be loaded anew. */
  away(): void;
  /** Without a word, when another window goes on with it. */
  end(bye?: boolean): void;
}

interface PresentOptions {
  /** How many windows follow. */
  readonly onAudience: (count: number) => void;
  readonly onClicker: (action: ClickerAction) => void;
  /** Another window presents to this class now: a copy of this one, that came later. */
  readonly onReplaced: () => void;
}

/** The presenter's end: tells whoever follows what is shown here, and answers what their pictures ask of the host. */
export function present(
  store: AppStore,
  pointing: StoreApi<Pointing>,
  channel: Channel,
  { onAudience, onClicker, onReplaced }: PresentOptions,
): Presentation {
  const say = (message: ToAudience): void => channel.postMessage(message);
  /** Windows that follow. */
  const audience = new Set<string>();
  let sent: Partial<Mirror> = {};
  let waiting = false;
  let ended = false;

  function tell(): void {
    waiting = false;
    // While a host is being opened, the class goes on seeing what it saw.
    if (ended || audience.size === 0 || store.getState().phase !== "ready") return;
    const now = mirrorOf(store.getState(), pointing.getState(), sent.told ?? null);
    const changed = Object.entries(now).filter(([key, value]) => sent[key as keyof Mirror] !== value);
    sent = now;
    if (changed.length > 0) say({ to: "audience", type: "mirror", state: Object.fromEntries(changed) });
  }
  // Several changes of one moment are one message.
  const soon = (): void => {
    if (!waiting) queueMicrotask(tell);
    waiting = true;
  };

  hear<ToPresenter>(channel, "presenter", (message) => {
    if (ended) return;
    if (message.type === "clicker") return onClicker(message.action);
    if (message.type === "ask") {
      const { call } = message.message as { call: number };
      const reply = (answer: ToPage): void => say({ to: "audience", type: "answer", whom: message.from, answer });
      answerTo(store, message.message).then(
        (value) => reply({ type: "answer", call, value }),
        (error: unknown) => reply({ type: "failure", call, message: String((error as Error).message) }),
      );
      return;
    }
    if (message.type === "left") audience.delete(message.from);
    else audience.add(message.from);
    onAudience(audience.size);
    if (message.type === "left") return;
    sent = {};
    soon();
  });
  hear<ToAudience>(channel, "audience", ({ type }) => {
    if (type === "hello" && !ended) onReplaced();
  });
  const stops = [
    store.subscribe(soon),
    pointing.subscribe(({ locked }, before) => {
      // Whoever has looked around is brought back to what is shown here.
      if (locked && !before.locked) sent = {};
      soon();
    }),
  ];
  say({ to: "audience", type: "hello" });

  return {
    away: () => say({ to: "audience", type: "away" }),
    end(bye = true) {
      if (ended) return;
      ended = true;
      for (const stop of stops) stop();
      if (bye) say({ to: "audience", type: "bye" });
      channel.close();
    },
  };
}

function mirrorOf(state: AppState, pointing: Pointing, before: Mirror["told"]): Mirror {
  const { segments, shown, told: known } = state;
  const entry = segmentAt(segments, shown.step)?.entry;
  const frames = entry === undefined ? undefined : known.get(entry);
  const told = entry === undefined || !frames ? null : before?.frames === frames ? before : { entry, frames };
  const mirrored = Object.fromEntries(MIRRORED.map((key) => [key, state[key]])) as Pick<
    Mirror,
    keyof AppState & keyof Mirror
  >;
  return { ...mirrored, pointing, told };
}

/** Only what looks is answered: the host belongs to the presenter. */
async function answerTo({ client }: AppStore, message: ToWorker): Promise<unknown> {
  switch (message.type) {
    case "view":
      return client.view(message.target, message.path, message.step, message.columns);
    case "state":
      return client.state(message.step);
    case "recall":
      return client.recall(message.entry);
    case "insight":
      return client.ask(message.question.about, message.question as never);
    default:
      throw new Error("commands are run in the presenter's window");
  }
}

/** The presenter's host, as a window that follows has it in place of one of its own. What finds nobody is asked again when a presenter comes. */
export function hostOfPresenter(channel: Channel, me: string): HostPort {
  const open = new Map<number, ToWorker>();
  const listeners = new Set<(event: { readonly data: ToPage }) => void>();
  const ask = (message: ToWorker): void =>
    channel.postMessage({ to: "presenter", type: "ask", from: me, message } satisfies ToPresenter);
  hear<ToAudience>(channel, "audience", (message) => {
    if (message.type === "hello") for (const one of open.values()) ask(one);
    if (message.type !== "answer" || message.whom !== me) return;
    const { answer } = message;
    if ("call" in answer) open.delete(answer.call);
    for (const listener of listeners) listener({ data: answer });
  });
  return {
    postMessage(message) {
      if (!("call" in message)) return;
      open.set(message.call, message);
      ask(message);
    },
    addEventListener: (_, listener) => void listeners.add(listener),
  };
}

export interface Following {
  clicker(action: ClickerAction): void;
  leave(): void;
}

interface FollowOptions {
  readonly me: string;
  /** "away": its window is gone, or being loaded anew; "over": it has said goodbye. */
  readonly onPresenter: (now: "here" | "away" | "over") => void;
}

/** The audience's end: its page shows what the presenter's shows. */
export function follow(
  store: AppStore,
  pointing: StoreApi<Pointing>,
  channel: Channel,
  { me, onPresenter }: FollowOptions,
): Following {
  const say = (message: ToPresenter): void => channel.postMessage(message);
  hear<ToAudience>(channel, "audience", (message) => {
    switch (message.type) {
      case "hello":
        // Another host may be open there now: nothing that was told before counts.
        store.setState({ told: new Map() });
        return say({ to: "presenter", type: "join", from: me });
      case "mirror":
        take(message.state);
        return onPresenter("here");
      case "away":
        return onPresenter("away");
      case "bye":
        pointing.setState(nothingPointed);
        return onPresenter("over");
      case "answer":
    }
  });
  function take({ pointing: pointed, told, ...state }: Partial<Mirror>): void {
    if (pointed) pointing.setState(pointed);
    const line = { ...store.getState(), ...state };
    store.setState(told ? { ...state, ...withRecalled(line, told.entry, told.frames) } : state);
  }
  say({ to: "presenter", type: "join", from: me });
  return {
    clicker: (action) => say({ to: "presenter", type: "clicker", action }),
    leave() {
      say({ to: "presenter", type: "left", from: me });
      channel.close();
    },
  };
}

/** A command as it is shown large. */
export interface CommandShown {
  readonly line: string;
  readonly inContainer: boolean;
}

/** The command that is told, or told what is shown; at the end of the story the newest, which may have told nothing. */
export function commandShown(
  state: Pick<AppState, "segments" | "shown" | "typed" | "history" | "step" | "frames" | "playing">,
): CommandShown | null {
  const { segments, shown, typed, history, playing } = state;
  const ended = shown.step >= lastStep(state) && history.redo === null;
  const told = playing ? segments.find(({ to }) => to > shown.step) : segmentAt(segments, shown.step);
  const newest = ended ? typed.findLast((line) => line !== "") : undefined;
  const entries = ended ? history.entries : [];
  const line = newest ?? entries.at(-1)?.line ?? told?.command;
  if (line === undefined) return null;
  const terminal = entries.findLast((entry) => entry.line === line)?.terminal ?? (newest ? undefined : told?.terminal);
  return { line, inContainer: terminal === undefined ? !line.startsWith("docker ") : terminal !== "host" };
}

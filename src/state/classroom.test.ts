import { expect, test } from "vitest";
import { createStore } from "zustand/vanilla";
import { en } from "../content/locales/en.ts";
import type { EngineEvent } from "../engine/event.ts";
import type { HistoryEntry, PageFrame, ToPage, ToWorker } from "../host/protocol.ts";
import { type Channel, type ClickerAction, commandShown, follow, hostOfPresenter, present } from "./classroom.ts";
import { createHostClient } from "./host-client.ts";
import { type Pointing, nothingPointed } from "./pointing.ts";
import { type AppState, type AppStore, createAppStore } from "./store.ts";
import { emptyLine } from "./story-line.ts";
import { emptyHost, nothingShown } from "./story.ts";

type Heard = (event: { readonly data: unknown }) => void;

/** Windows that hear each other, as they do over a BroadcastChannel: all but the speaker, and only copies. */
function classroom() {
  const open = new Map<Channel, Heard[]>();
  const said: { to: string; type: string; state?: object }[] = [];
  const channel = (): Channel => {
    const own: Channel = {
      postMessage(message) {
        if (!open.has(own)) throw new Error("the channel is closed");
        const data = structuredClone(message);
        said.push(data as (typeof said)[number]);
        for (const [other, listeners] of open)
          if (other !== own) for (const heard of listeners) queueMicrotask(() => open.has(other) && heard({ data }));
      },
      addEventListener: (_, listener) => void open.get(own)?.push(listener),
      close: () => void open.delete(own),
    };
    open.set(own, []);
    return own;
  };
  return { channel, said };
}

const later = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

/** A host that answers with what it was asked. */
function echo() {
  let listener: (event: { readonly data: ToPage }) => void = () => {};
  return createHostClient({
    postMessage(message: ToWorker) {
      if ("call" in message)
        queueMicrotask(() => listener({ data: { type: "answer", call: message.call, value: { asked: message } } }));
    },
    addEventListener: (_, heard) => (listener = heard),
  });
}

const storeOf = (client = echo()): AppStore =>
  createAppStore(client, { dictionary: en, preferenceStore: null, languages: ["en"], base: "/" });

const pointed = () => createStore<Pointing>(() => nothingPointed);

const event = { type: "container.start", container: "c1", command: ["sh"] } as unknown as EngineEvent;
const frames = (...steps: number[]): PageFrame[] => steps.map((step) => ({ step, event, state: emptyHost }));
const entry = (index: number, line: string, from: number, to: number, terminal: HistoryEntry["terminal"] = "host") => ({
  index,
  line,
  terminal,
  from,
  to,
});

const entries = [entry(0, "docker run -it box sh", 1, 2), entry(1, "touch /x", 3, 3, "session-1")];
const story: Partial<AppState> = {
  phase: "ready",
  step: 3,
  history: { ...emptyLine.history, head: 1, entries },
  segments: entries.map(({ index, line, ...rest }) => ({ entry: index, command: line, ...rest })),
  told: new Map([
    [0, frames(1, 2)],
    [1, frames(3)],
  ]),
  frames: frames(1, 2, 3),
  shown: { ...nothingShown, step: 3, event },
};

function presenter({ channel }: ReturnType<typeof classroom>, state: Partial<AppState> = story) {
  const [store, pointing] = [storeOf(), pointed()];
  store.setState(state);
  const audience: number[] = [];
  const clicked: ClickerAction[] = [];
  let replaced = false;
  const presentation = present(store, pointing, channel(), {
    onAudience: (count) => audience.push(count),
    onClicker: (action) => clicked.push(action),
    onReplaced: () => (replaced = true),
  });
  return { store, pointing, presentation, audience, clicked, isReplaced: () => replaced };
}

function audience({ channel }: ReturnType<typeof classroom>, me = "a") {
  const own = channel();
  const [store, pointing] = [storeOf(createHostClient(hostOfPresenter(own, me))), pointed()];
  const presence: string[] = [];
  const following = follow(store, pointing, own, { me, onPresenter: (now) => presence.push(now) });
  return { store, pointing, following, presence };
}

test("who follows sees the step, its story, the view and the language", async () => {
  const room = classroom();
  const teacher = presenter(room);
  const seen = audience(room);
  await later();
  expect(seen.presence).toEqual(["here"]);
  const { phase, step, shown, segments, frames: known } = seen.store.getState();
  expect({ phase, step, segments }).toEqual({ phase: "ready", step: 3, segments: story.segments });
  expect(shown).toEqual(story.shown);
  // Of the story only what the command of this step told: enough for its picture.
  expect(known).toEqual(frames(3));

  teacher.store.setState({ pageView: "host", shown: { ...nothingShown, step: 1, event } });
  teacher.pointing.setState({ blank: true });
  await later();
  expect(seen.store.getState()).toMatchObject({ pageView: "host", shown: { step: 1 }, frames: frames(1, 2, 3) });
  expect(seen.pointing.getState().blank).toBe(true);
});

test("only what has changed is told, all changes of a moment at once, and nothing to nobody", async () => {
  const room = classroom();
  const teacher = presenter(room);
  teacher.store.setState({ pageView: "boot" });
  await later();
  expect(room.said.filter(({ type }) => type === "mirror")).toEqual([]);
  audience(room);
  await later();
  room.said.length = 0;
  teacher.store.setState({ selectedEntry: "etc" });
  teacher.store.setState({ pageView: "host", busy: ["host"] });
  await later();
  expect(room.said.map(({ state }) => state)).toEqual([{ selectedEntry: "etc", pageView: "host" }]);
});

test("two windows follow; one is closed, one is loaded anew", async () => {
  const room = classroom();
  const teacher = presenter(room);
  const [one] = [audience(room, "one"), audience(room, "two")];
  await later();
  one.following.leave();
  await later();
  const again = audience(room, "one");
  await later();
  expect(teacher.audience).toEqual([1, 2, 1, 2]);
  expect(again.store.getState().shown.step).toBe(3);
});

test("the presenter's window is loaded anew: the class goes on seeing what it saw until its host is open", async () => {
  const room = classroom();
  const before = presenter(room);
  const seen = audience(room);
  await later();
  before.presentation.away();
  before.presentation.end(false);
  const after = presenter(room, {});
  await later();
  expect(seen.presence).toEqual(["here", "away"]);
  expect(seen.store.getState()).toMatchObject({ phase: "ready", step: 3 });
  after.store.setState({ ...story, shown: { ...nothingShown, step: 2, event } });
  await later();
  expect(seen.presence).toEqual(["here", "away", "here"]);
  expect(seen.store.getState()).toMatchObject({ shown: { step: 2 }, frames: frames(1, 2) });
});

test("the end is told, and takes what was drawn with it", async () => {
  const room = classroom();
  const teacher = presenter(room);
  const seen = audience(room);
  teacher.pointing.setState({ blank: true });
  await later();
  teacher.presentation.end();
  await later();
  expect(seen.presence.at(-1)).toBe("over");
  expect(seen.pointing.getState()).toEqual(nothingPointed);
});

test("a copy of the presenter's window takes over", async () => {
  const room = classroom();
  const [first, second] = [presenter(room), presenter(room)];
  await later();
  expect([first.isReplaced(), second.isReplaced()]).toEqual([true, false]);
});

test("what a picture asks is asked of the presenter's host, also when a presenter comes later; lines are not run", async () => {
  const room = classroom();
  const seen = audience(room);
  const asked = seen.store.client.view({ kind: "image", id: "i" as never }, "/etc", 2, 9);
  await later();
  presenter(room);
  expect(await asked).toMatchObject({ asked: { type: "view", path: "/etc", step: 2, columns: 9 } });
  await expect(seen.store.client.run("host", "docker rmi x", 80)).rejects.toThrow("presenter's window");
  await expect(seen.store.client.reset()).rejects.toThrow("presenter's window");
});

test("a clicker that speaks to the class's window drives the presenter's", async () => {
  const room = classroom();
  const teacher = presenter(room);
  const seen = audience(room);
  for (const action of ["next", "previous", "blank"] as const) seen.following.clicker(action);
  await later();
  expect(teacher.clicked).toEqual(["next", "previous", "blank"]);
});

test("who has looked around is brought back when only the presenter drives again", async () => {
  const room = classroom();
  const teacher = presenter(room);
  const seen = audience(room);
  teacher.pointing.setState({ locked: false });
  await later();
  seen.store.setState({ selectedEntry: "bin", shown: { ...nothingShown, step: 1 } });
  teacher.pointing.setState({ locked: true });
  await later();
  expect(seen.store.getState()).toMatchObject({ selectedEntry: null, shown: { step: 3 } });
});

const shownAt = (step: number, more: Partial<AppState> = {}) => {
  const state = { ...storeOf().getState(), ...story, playing: false, ...more };
  return commandShown({ ...state, shown: { ...nothingShown, step } });
};

test.each<[string, ReturnType<typeof shownAt>, ReturnType<typeof commandShown>]>([
  ["the command that told the step", shownAt(1), { line: "docker run -it box sh", inContainer: false }],
  ["the newest, in a container", shownAt(3), { line: "touch /x", inContainer: true }],
  ["one that told nothing", shownAt(3, { typed: ["docker ps"] }), { line: "docker ps", inContainer: false }],
  ["the one that is being told", shownAt(2, { playing: true }), { line: "touch /x", inContainer: true }],
  [
    "of a past step, not what was typed since",
    shownAt(2, { typed: ["ls"] }),
    { line: "docker run -it box sh", inContainer: false },
  ],
  ["none before the first", shownAt(0), null],
])("the command that is shown large: %s", (_, shown, expected) => {
  expect(shown).toEqual(expected);
});

import { describe, expect, test } from "vitest";
import { en } from "../content/locales/en.ts";
import type { ImageId } from "../core/oci/digest.ts";
import type { ContainerId, EngineEvent } from "../engine/event.ts";
import type { HostContainer, HostState } from "../engine/host-state.ts";
import type { History, HistoryEntry, PageFrame, RunResult, ToPage, ToWorker } from "../host/protocol.ts";
import { createHostClient } from "./host-client.ts";
import { readPreferences } from "./preferences.ts";
import { type AppStore, createAppStore } from "./store.ts";
import { emptyLine } from "./story-line.ts";
import { dwell, emptyHost } from "./story.ts";

const WEB = "c".repeat(64) as ContainerId;
const web = { id: WEB, name: "web", image: "sha256:i" as ImageId } as HostContainer;
const withWeb: HostState = { ...emptyHost, containers: [web] };

/** What a test says in the worker's name; the rest follows from what it said before. */
type Said = ToPage extends infer M
  ? M extends { type: "frames" }
    ? Omit<M, "entry"> & { entry?: number }
    : M extends { type: "host" }
      ? Omit<M, "history"> & { history?: History }
      : M
  : never;

/** A directory of "f0", "f1" and so on. */
const firstOf = (all: number, shown: number) => ({
  columns: Array.from({ length: Math.min(all, shown) }, (_, n) => ({ name: `f${n}`, merged: null, cells: [] })),
  folded: all > shown ? [{ row: 0, count: all - shown }] : [],
});

/** A worker that answers at once, and keeps what it was asked. */
function fake(host: HostState = emptyHost) {
  let listener: (event: { data: ToPage }) => void = () => {};
  const asked: ToWorker[] = [];
  const answers: Partial<Record<ToWorker["type"], (message: never) => unknown>> = {
    open: () => ({
      state: host,
      step: 0,
      sessions: [],
      prompt: "you@host:~$ ",
      problem: null,
      history: emptyLine.history,
    }),
    state: () => host,
    view: (message: Extract<ToWorker, { type: "view" }>) => ({
      target: message.target,
      path: message.path,
      rows: [],
      ...(message.path === "/big" ? firstOf(300, message.columns) : { columns: [], folded: [] }),
      mergedSize: message.step ?? -1,
    }),
    run: (message: Extract<ToWorker, { type: "run" }>): RunResult => ({
      output: "",
      exitCode: 0,
      prompt: "$ ",
      terminal: message.line === "attach" ? "session-1" : message.terminal,
      incomplete: false,
    }),
  };
  /** The line, as the frames that were said make it. */
  const entries: HistoryEntry[] = [];
  /** Frames are of the next entry of the log, and the host stands behind the last, unless a test says otherwise. */
  const say = (data: Said): void => {
    if (data.type === "frames") {
      const { command: line, terminal, frames } = data;
      const index = data.entry ?? entries.length;
      entries.push({ index, line, terminal, from: frames[0]?.step ?? 0, to: frames.at(-1)?.step ?? 0 });
      listener({ data: { ...data, entry: index } });
    } else if (data.type === "host") {
      const head = entries.at(-1)?.index ?? -1;
      listener({ data: { ...data, history: data.history ?? { ...emptyLine.history, head, entries: [...entries] } } });
    } else listener({ data });
  };
  const client = createHostClient({
    postMessage(message) {
      asked.push(message);
      if (!("call" in message)) return;
      const answer = answers[message.type] as ((message: ToWorker) => unknown) | undefined;
      queueMicrotask(() =>
        answer
          ? say({ type: "answer", call: message.call, value: answer(message) })
          : say({ type: "failure", call: message.call, message: `no ${message.type}` }),
      );
    },
    addEventListener: (_, heard) => {
      listener = heard;
    },
  });
  const waits: ((value: void) => void)[] = [];
  const store = createAppStore(client, {
    dictionary: en,
    preferenceStore: null,
    languages: ["en"],
    base: "/",
    wait: () => new Promise((resolve) => waits.push(resolve)),
  });
  return { store, say, asked, waits };
}

const frame = (step: number, event: Partial<EngineEvent>, state: HostState = withWeb): PageFrame => ({
  step,
  event: event as EngineEvent,
  state,
});
const settle = async (): Promise<void> => {
  for (let turn = 0; turn < 40; turn++) await Promise.resolve();
};
const started = (step: number) => frame(step, { type: "container.start", container: WEB });
const written = (step: number, path: string) => frame(step, { type: "fs.write", container: WEB, path });
const shownOf = (store: AppStore) => store.getState().shown;

describe("the telling", () => {
  test.each([
    ["among the first that are asked for", "/big/f7", "f7"],
    ["behind them", "/big/f299", "f299"],
    ["not there", "/big/none", null],
  ])("what is looked up is pointed at: %s", async (_, path, selected) => {
    const { store, say } = fake();
    await store.open({ kind: "own", name: "default" });
    store.selectEntry("f1");
    const read = frame(2, { type: "fs.read", container: WEB, path, asked: path, answers: [] });
    say({ type: "frames", command: "cat", terminal: "host", frames: [started(1), read] });
    say({ type: "host", state: withWeb, step: 2, sessions: [], prompt: "$ " });
    await store.goto(2);
    expect(shownOf(store).focus?.path).toBe("/big");
    expect(store.getState().selectedEntry).toBe(selected);
    // Afterwards somebody may point at something else.
    store.selectEntry("f2");
    await settle();
    expect(store.getState().selectedEntry).toBe("f2");
  });

  test("goes step by step, waits between, and ends at the host's own state", async () => {
    const { store, say, waits } = fake();
    await store.open({ kind: "own", name: "x" });
    say({ type: "frames", command: "docker run", terminal: "host", frames: [started(1), started(2)] });
    const now = { ...withWeb };
    say({ type: "host", state: now, step: 2, sessions: [], prompt: "you@host:~$ " });
    await settle();
    expect(shownOf(store)).toMatchObject({ step: 1, manner: "told", focus: { path: "/", target: { id: WEB } } });
    waits.shift()?.();
    await settle();
    expect(shownOf(store)).toMatchObject({ step: 2, manner: "told" });
    expect(shownOf(store).host).toBe(store.getState().host);
    expect(shownOf(store).host).toEqual(now);
  });

  test("opens the directory first, as it was before the step", async () => {
    const { store, say, waits } = fake(withWeb);
    await store.open({ kind: "own", name: "x" });
    say({ type: "frames", command: "c", terminal: "host", frames: [written(1, "/etc/motd"), written(2, "/etc/motd")] });
    say({ type: "host", state: withWeb, step: 2, sessions: [], prompt: "you@host:~$ " });
    await settle();
    waits.shift()?.();
    await settle();
    expect(shownOf(store)).toMatchObject({ step: 1, focus: { path: "/etc" } });
    waits.shift()?.();
    await settle();
    expect(shownOf(store)).toMatchObject({ step: 2, focus: { path: "/etc" } });
  });

  test("a seek shows the step at once and stops the playing; a slow older answer does not undo it", async () => {
    const { store, say } = fake();
    await store.open({ kind: "own", name: "x" });
    say({ type: "frames", command: "c", terminal: "host", frames: [started(1), started(2), started(3)] });
    const first = store.goto(1);
    const second = store.goto(3);
    await Promise.all([first, second]);
    expect(shownOf(store)).toMatchObject({ step: 3, manner: "still" });
    expect(store.getState().playing).toBe(false);
    await store.previous();
    expect(shownOf(store).step).toBe(2);
    await store.goto(-5);
    expect(shownOf(store)).toMatchObject({ step: 0, event: null });
  });

  test("keys that come faster than pictures are all counted", async () => {
    const { store, say } = fake();
    await store.open({ kind: "own", name: "x" });
    say({ type: "frames", command: "a", terminal: "host", frames: [started(1), started(2), started(3)] });
    say({ type: "frames", command: "b", terminal: "host", frames: [started(4)] });
    await store.goto(0);
    await Promise.all([store.next(), store.next()]);
    expect(shownOf(store).step).toBe(2);
    await Promise.all([store.previous(), store.previous()]);
    expect(shownOf(store).step).toBe(0);
    await Promise.all([store.time.nextCommand(), store.time.nextCommand()]);
    expect(shownOf(store).step).toBe(4);
    await Promise.all([store.time.previousCommand(), store.previous()]);
    expect(shownOf(store).step).toBe(2);
  });

  test("one command is one segment", async () => {
    const { store, say } = fake();
    await store.open({ kind: "own", name: "x" });
    say({ type: "frames", command: "a", terminal: "host", frames: [started(1), started(2)] });
    say({ type: "frames", command: "b", terminal: "host", frames: [started(3)] });
    expect(store.getState().segments).toMatchObject([
      { command: "a", from: 1, to: 2 },
      { command: "b", from: 3, to: 3 },
    ]);
  });

  test("another tab's doing is shown without being told", async () => {
    const { store, say } = fake();
    await store.open({ kind: "own", name: "x" });
    say({ type: "host", state: withWeb, step: 7, sessions: [], prompt: "you@host:~$ " });
    await settle();
    expect(shownOf(store)).toMatchObject({ step: 7, manner: "still", event: null });
  });
});

describe("a command", () => {
  test("waits for its terminal, and is typed there", async () => {
    const { store } = fake();
    const lines: string[] = [];
    const running = store.runCommand("docker ps", "host");
    store.attachTerminal("host", (line) => {
      lines.push(line);
      return store.runTyped("host", line, 80);
    });
    await running;
    expect(lines).toEqual(["docker ps"]);
    expect(store.getState().typed).toEqual(["docker ps"]);
    expect(store.getState().busy).toEqual([]);
  });

  test("hands the turn over to the session it opened, and back when that ends", async () => {
    const { store, say } = fake(withWeb);
    await store.open({ kind: "own", name: "x" });
    const session = {
      terminal: "session-1",
      container: WEB,
      containerName: "web",
      image: "u",
      open: true,
      prompt: "# ",
    } as const;
    say({ type: "host", state: withWeb, step: 0, sessions: [session], prompt: "you@host:~$ " });
    await store.runTyped("host", "attach", 80);
    expect(store.getState().activeTerminal).toBe("session-1");
    say({ type: "host", state: withWeb, step: 0, sessions: [], prompt: "you@host:~$ " });
    expect(store.getState()).toMatchObject({ activeTerminal: "host", sessions: [{ open: false }] });
    store.closeSession("session-1");
    expect(store.getState().sessions).toEqual([]);
  });

  test("that fails leaves the terminal free, and says why", async () => {
    const { store } = fake();
    await expect(store.client.link()).rejects.toThrow("no link");
  });
});

test("a pull that runs is seen, and forgotten when the host has spoken", async () => {
  const { store, say } = fake();
  await store.open({ kind: "own", name: "x" });
  say({ type: "pulling", progress: { kind: "start", tag: "7", repository: "library/redis" } });
  const layer = { kind: "layer", id: "abc", status: "Downloading", current: 30, total: 100 } as const;
  say({ type: "pulling", progress: layer });
  expect(store.getState().pulling).toMatchObject({ reference: "redis:7", layers: [{ state: "waiting", part: 0.3 }] });
  const before = store.getState().pulling;
  say({ type: "pulling", progress: { ...layer, current: 31 } });
  expect(store.getState().pulling).toBe(before);
  say({ type: "host", state: emptyHost, step: 0, sessions: [], prompt: "you@host:~$ " });
  await settle();
  expect(store.getState().pulling).toBeNull();
});

describe("a pull that was seen live", () => {
  const steps = [
    frame(1, { type: "pull.start", reference: "redis:7", layers: 1, missing: 1 }, emptyHost),
    frame(2, { type: "layer.download" }, emptyHost),
    frame(3, { type: "layer.extract" }, emptyHost),
    frame(4, { type: "image.pulled" }, emptyHost),
  ];
  test("is not told again: complete for a moment, then settled; every step can be gone back to", async () => {
    const { store, say, waits } = fake();
    await store.open({ kind: "own", name: "x" });
    say({ type: "pulling", progress: { kind: "start", tag: "7", repository: "library/redis" } });
    say({ type: "frames", command: "docker pull redis:7", terminal: "host", frames: steps });
    say({ type: "host", state: emptyHost, step: 4, sessions: [], prompt: "you@host:~$ " });
    await settle();
    expect(shownOf(store)).toMatchObject({ step: 3, manner: "still" });
    expect(store.getState().pulling).toBeNull();
    waits.shift()?.();
    await settle();
    expect(shownOf(store)).toMatchObject({ step: 4, manner: "told" });
    await store.goto(2);
    expect(shownOf(store)).toMatchObject({ step: 2 });
  });
  test("that nobody saw is told whole", async () => {
    const { store, say } = fake();
    await store.open({ kind: "own", name: "x" });
    say({ type: "frames", command: "docker pull redis:7", terminal: "host", frames: steps });
    await settle();
    expect(shownOf(store)).toMatchObject({ step: 1, manner: "told" });
  });
});

describe("whoever types fast", () => {
  test.each([
    [2, false, 900],
    [9, true, 1000 / 9],
    [20, true, 50],
  ])("%i commands, hurried %o: a step stays %f ms", (commands, hurried, stay) => {
    expect(dwell(started(1).event, commands - 1, hurried)).toBeCloseTo(stay);
  });
  test("sees the newest, when more than twenty steps wait", async () => {
    const { store, say, waits } = fake();
    await store.open({ kind: "own", name: "x" });
    for (let n = 1; n <= 30; n++) say({ type: "frames", command: `${n}`, terminal: "host", frames: [started(n)] });
    for (let turn = 0; turn < 4; turn++) {
      await settle();
      waits.shift()?.();
    }
    await settle();
    expect(shownOf(store).step).toBe(30);
  });
});

describe("preferences", () => {
  const kept = (text: string) => ({ getItem: () => text, setItem: () => {} });
  const forbidden = {
    getItem: (): string => {
      throw new Error("SecurityError");
    },
    setItem: () => {},
  };
  test.each([
    ["nothing", null, ["zh-TW", "en"], { locale: "zh-CN", theme: "system", motion: "system" }],
    ["other languages only", null, ["fr"], { locale: "en" }],
    [
      "a choice",
      kept('{"locale":"zh-CN","theme":"dark","motion":"still"}'),
      ["en"],
      { locale: "zh-CN", theme: "dark", motion: "still" },
    ],
    ["rubbish", kept("{]"), ["en"], { locale: "en", theme: "system" }],
    ["unknown values", kept('{"locale":"xx","theme":7}'), ["en"], { locale: "en", theme: "system" }],
    ["forbidden storage", forbidden, ["en"], { locale: "en" }],
  ] as const)("%s", (_, store, languages, expected) => {
    expect(readPreferences(store, languages)).toMatchObject(expected);
  });
});

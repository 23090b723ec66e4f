import { createStore, type StoreApi } from "zustand/vanilla";
import type { Lesson, Prediction } from "../content/lessons/lesson.ts";
import type { Verdict } from "../engine/goal/assertion.ts";
import type { HostState } from "../engine/host-state.ts";
import type { StackRow, StackTarget } from "../engine/stack-view.ts";
import type { RunResult } from "../host/protocol.ts";
import type { PreferenceStore } from "./preferences.ts";
import { type Progress, joinedProgress, keepProgress, keptProgress, noProgress } from "./progress.ts";
import type { AppStore } from "./store.ts";

export type Size = "larger" | "same" | "smaller";

/** What was answered: plates by {@link StackRow.layer}, or how large the image will be. */
export type Answer = { readonly plates: readonly string[] } | { readonly size: Size };

export interface Predicted {
  readonly answer: Answer;
  /** Read off the state after the command. */
  readonly truth: Answer & { readonly by?: number };
  readonly right: boolean;
  /** Where the host stood then. */
  readonly step: number;
}

export interface LessonState {
  readonly lesson: Lesson;
  /** One a goal, null where it is reached; null altogether until they are known. */
  readonly verdicts: readonly Verdict[] | null;
  /** All goals were reached at some time since it was begun. */
  readonly done: boolean;
  /** The command of the prediction is asked for, and nobody has answered. */
  readonly asking: boolean;
  readonly predicted: Predicted | null;
  readonly progress: Progress;
}

export interface LessonStore extends StoreApi<LessonState> {
  /** Plates of the stack that is asked about, top first; none when it is not there. */
  plates(): Promise<readonly StackRow[]>;
  /** Runs the command; with an answer, the truth is told after it. */
  predict(answer: Answer | null): Promise<void>;
}

/** Follows the host of a lesson: what is reached, what is missing, what was predicted. */
export function createLessonStore(app: AppStore, lesson: Lesson, kept: PreferenceStore | null): LessonStore {
  const progress = keptProgress(kept);
  const store = createStore<LessonState>(() => ({
    lesson,
    verdicts: null,
    done: false,
    asking: false,
    predicted: null,
    progress,
  }));
  const { getState: get, setState: set } = store;
  let skipped = false;
  let asked = 0;

  async function look(): Promise<void> {
    const turn = ++asked;
    const verdicts = await app.client.ask("goals", { goals: lesson.goals, step: null });
    if (turn !== asked || !verdicts) return;
    const reached = lesson.goals.flatMap(({ name }, index) => (verdicts[index] === null ? [name] : []));
    const all = reached.length === lesson.goals.length;
    const { prediction } = lesson;
    const over = skipped || all || (prediction?.until !== undefined && reached.includes(prediction.until));
    // A line of a container's shell is asked about while one is open.
    const typable = isDocker(prediction?.line) || app.getState().sessions.some(({ open }) => open);
    const asking = prediction !== null && !over && typable && prediction.after.every((name) => reached.includes(name));
    const mine: Progress = { ...noProgress, lessons: { [lesson.id]: { reached, done: all } } };
    const progress = joinedProgress(keptProgress(kept), mine);
    keepProgress(kept, progress);
    set({ verdicts, asking, done: get().done || all, progress });
  }

  // Several messages of one command are one question.
  let waiting = false;
  const soon = (): void => {
    if (waiting) return;
    waiting = true;
    queueMicrotask(() => {
      waiting = false;
      void look().catch(() => undefined);
    });
  };
  // While it is being opened the page does not know yet what it is asked about.
  app.client.listen((notice) => notice.type === "host" && app.getState().phase === "ready" && soon());
  if (app.getState().phase === "ready") soon();
  app.subscribe(({ phase }, before) => {
    if (phase === before.phase) return;
    if (phase === "ready") return soon();
    // It is begun again.
    skipped = false;
    asked++;
    set({ verdicts: null, done: false, asking: false, predicted: null });
  });

  async function plates(): Promise<readonly StackRow[]> {
    const { prediction } = lesson;
    if (prediction?.asks.kind !== "plates") return [];
    const target = targetIn(app.getState().host, prediction.asks.of);
    return target ? ((await app.client.view(target, "/", null, 0))?.rows ?? []) : [];
  }

  return {
    ...store,
    plates,
    async predict(answer) {
      const { prediction } = lesson;
      if (!prediction) return;
      skipped = true;
      set({ asking: false });
      const before = await plates();
      const from = app.getState().step;
      await typeLine(app, prediction.line);
      if (!answer) return;
      const truth = await truthOf(app, prediction, { before, after: await plates(), from });
      if (truth) set({ predicted: { answer, truth, right: agrees(answer, truth), step: app.getState().step } });
    },
  };
}

/** Types a line of a lesson: docker's belong to the host, whoever has the turn. */
export function typeLine(app: AppStore, line: string): Promise<RunResult> {
  return app.runCommand(line, isDocker(line) ? "host" : undefined);
}

const isDocker = (line: string | undefined): boolean => line?.startsWith("docker ") ?? false;

function targetIn(
  host: HostState,
  of: { readonly container: string } | { readonly image: string },
): StackTarget | null {
  if ("container" in of) {
    const container = host.containers.find(({ name }) => name === of.container);
    return container ? { kind: "container", id: container.id } : null;
  }
  const image = host.images.find(({ refs }) => refs.includes(of.image));
  return image ? { kind: "image", id: image.id } : null;
}

interface Around {
  readonly before: readonly StackRow[];
  readonly after: readonly StackRow[];
  /** Step before the command. */
  readonly from: number;
}

async function truthOf(app: AppStore, { asks }: Prediction, around: Around): Promise<Predicted["truth"] | null> {
  const { host } = app.getState();
  if (asks.kind === "sizes") {
    const [made, than] = [asks.image, asks.than].map((name) => host.images.find(({ refs }) => refs.includes(name)));
    if (!made || !than) return null;
    const by = made.size - than.size;
    return { size: by > 0 ? "larger" : by < 0 ? "smaller" : "same", by: Math.abs(by) };
  }
  const target = targetIn(host, asks.of);
  if (!target) return { plates: around.before.map(({ layer }) => layer) };
  const plates: string[] = [];
  for (const row of around.after) {
    const old = around.before.find(({ layer }) => layer === row.layer);
    // A read-only layer is its chain ID; only what is written to can be another under the same name.
    if (!old || (row.layer === "writable" && (await writableChanged(app, target, around.from)))) plates.push(row.layer);
  }
  return { plates };
}

/** Whether the container's writable layer is another than at a step. */
async function writableChanged(app: AppStore, target: StackTarget, from: number): Promise<boolean> {
  const side = { target, layers: null };
  const found = await app.client.ask("compare", { before: { ...side, step: from }, after: { ...side, step: null } });
  return found === null || found.entries.length > 0;
}

function agrees(answer: Answer, truth: Answer): boolean {
  if ("size" in answer) return "size" in truth && answer.size === truth.size;
  return "plates" in truth && answer.plates.toSorted().join() === truth.plates.toSorted().join();
}

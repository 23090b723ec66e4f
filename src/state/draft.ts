import { createStore, type StoreApi } from "zustand/vanilla";
import type { Assertion, Goal, Verdict } from "../engine/goal/assertion.ts";
import { type Draft, emptyDraft } from "../host/draft.ts";
import type { AppStore } from "./store.ts";

/** How a goal stands where a visitor begins, and where the host stands now; undefined while it is not known. */
export interface Tried {
  readonly start: Verdict | undefined;
  readonly end: Verdict | undefined;
}

export interface DraftState {
  readonly id: string;
  /** Null until it is read. */
  readonly draft: Draft | null;
  readonly keeping: "kept" | "keeping" | "failed";
  /** Why it could not be kept. */
  readonly problem: string | null;
  /** By the goal's name. */
  readonly tried: ReadonlyMap<string, Tried>;
  /** What has come true since the start, and is no goal yet. */
  readonly proposals: readonly Assertion[];
}

export interface DraftStore extends StoreApi<DraftState> {
  /** Keeps it at once. */
  change(change: (draft: Draft) => Draft): void;
  /** Returns the function that ends it. */
  begin(): () => void;
}

/** Drafts are few, and every tab hears of each. */
const CHANNEL = "lamina:drafts";

/** A scenario that is being made: what is written in it is kept with every letter, in all tabs that have it open. */
export function createDraftStore(app: AppStore, id: string): DraftStore {
  const store = createStore<DraftState>(() => ({
    id,
    draft: null,
    keeping: "kept",
    problem: null,
    tried: new Map(),
    proposals: [],
  }));
  const { getState: get, setState: set } = store;
  /** As it is kept; what is written goes on from there. */
  let kept: { readonly draft: Draft; readonly revision: number } = { draft: emptyDraft, revision: 0 };
  let tabs: BroadcastChannel | null = null;
  let saving = false;

  async function read(): Promise<void> {
    const found = await app.client.drafts("read", { id });
    const { draft } = get();
    const fresh = found ?? { draft: emptyDraft, revision: 0 };
    set({ draft: draft ? merged(kept.draft, draft, fresh.draft) : fresh.draft });
    kept = fresh;
    soon();
  }

  /** One after the other: what is written meanwhile goes with the next. */
  async function save(): Promise<void> {
    if (saving) return;
    saving = true;
    set({ keeping: "keeping" });
    try {
      for (let draft = get().draft; draft && draft !== kept.draft; draft = get().draft) {
        const answer = await app.client.drafts("save", { id, from: kept.revision, draft });
        if ("revision" in answer) {
          kept = { draft, revision: answer.revision };
          tabs?.postMessage(id);
        } else {
          const { other } = answer;
          set({ draft: merged(kept.draft, get().draft ?? draft, other?.draft ?? emptyDraft) });
          kept = other ?? { draft: emptyDraft, revision: 0 };
        }
      }
      set({ keeping: "kept", problem: null });
    } catch (error) {
      set({ keeping: "failed", problem: error instanceof Error ? error.message : String(error) });
    } finally {
      saving = false;
    }
  }

  let turn = 0;
  async function judge(): Promise<void> {
    const { draft } = get();
    const { history, phase } = app.getState();
    if (!draft || phase !== "ready") return;
    const mine = ++turn;
    const place = history.entries.findIndex(({ index }) => index === draft.start);
    const from = history.entries[place]?.to ?? 0;
    // After a reload the moment is not known until somebody asks for it.
    if (place >= 0) await app.client.recall(draft.start).catch(() => []);
    const { goals } = draft;
    const standing = history.entries.findIndex(({ index }) => index === history.head);
    const lines = history.entries.slice(place + 1, standing + 1).map(({ line }) => line);
    const [start, end, found] = await Promise.all([
      app.client.ask("goals", { goals, step: from }),
      app.client.ask("goals", { goals, step: null }),
      app.client.ask("proposals", { from, step: null, lines }),
    ]);
    if (mine !== turn) return;
    const chosen = new Set(goals.map(sentenceKey));
    set({
      tried: new Map(goals.map(({ name }, index) => [name, { start: start?.[index], end: end?.[index] }])),
      proposals: (found ?? []).filter((one) => !chosen.has(sentenceKey(one))),
    });
  }
  let waiting = false;
  function soon(): void {
    if (waiting) return;
    waiting = true;
    queueMicrotask(() => {
      waiting = false;
      void judge().catch(() => undefined);
    });
  }

  return {
    ...store,
    change(change) {
      const { draft } = get();
      if (!draft) return;
      const next = change(draft);
      set({ draft: next });
      if (next.goals !== draft.goals || next.start !== draft.start) soon();
      void save();
    },
    begin() {
      tabs = typeof BroadcastChannel === "undefined" ? null : new BroadcastChannel(CHANNEL);
      tabs?.addEventListener("message", ({ data }) => data === id && !saving && void read());
      const stop = app.subscribe((now, before) => {
        if (now.phase !== before.phase || now.history !== before.history) soon();
      });
      read().catch((error: unknown) =>
        set({ keeping: "failed", problem: error instanceof Error ? error.message : String(error) }),
      );
      return () => {
        stop();
        tabs?.close();
        tabs = null;
      };
    },
  };
}

/** The same of two goals that ask the same, whatever they are called. */
export function sentenceKey(goal: Assertion | Goal): string {
  return JSON.stringify({ ...goal, name: undefined }, Object.keys(flat(goal)).toSorted());
}

/** All keys of a plain value, at every depth. */
function flat(value: unknown, found: Record<string, true> = {}): Record<string, true> {
  if (typeof value === "object" && value !== null) {
    for (const [key, part] of Object.entries(value)) {
      found[key] = true;
      flat(part, found);
    }
  }
  return found;
}

/** Goals with one more, under a name that is free; the same ones when it is asked already. */
export function withGoal(goals: readonly Goal[], asked: Assertion): readonly Goal[] {
  if (goals.some((goal) => sentenceKey(goal) === sentenceKey(asked))) return goals;
  let number = goals.length + 1;
  while (goals.some(({ name }) => name === `goal-${number}`)) number++;
  return [...goals, { ...asked, name: `goal-${number}` }];
}

/** What two have made of one: part by part mine where I changed it, else theirs. Plain data; lists are one part. */
export function merged<T>(base: T, mine: T, theirs: T): T {
  if (isRecord(mine) && isRecord(theirs)) {
    const from: Record<string, unknown> = isRecord(base) ? base : {};
    const keys = new Set([...Object.keys(mine), ...Object.keys(theirs)]);
    const parts = [...keys].map((key) => [key, merged(from[key], mine[key], theirs[key])] as const);
    return Object.fromEntries(parts.filter(([, part]) => part !== undefined)) as T;
  }
  return JSON.stringify(mine) === JSON.stringify(base) ? theirs : mine;
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

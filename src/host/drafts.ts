import { layerStore } from "../storage/layer-store.ts";
import { type RecordStore, RevisionConflict } from "../storage/record-store.ts";
import type { Draft } from "./draft.ts";
import { scenarioHost } from "./host-names.ts";
import { keepCopy } from "./keep-copy.ts";
import { blobsOf, storedHost } from "./stored-host.ts";

/** A draft, and how often it was kept: whoever saves says what it goes on from. */
export interface KeptDraft {
  readonly draft: Draft;
  readonly revision: number;
}

export interface ListedDraft extends KeptDraft {
  readonly id: string;
}

/** What can be asked of the scenarios of one's own, and what is answered. */
export interface DraftAnswers {
  /** The one that was changed last first; those that were put away too. */
  list: { question: object; answer: readonly ListedDraft[] };
  /** Null when there is none. */
  read: { question: { readonly id: string }; answer: KeptDraft | null };
  /** `from`: the revision that it was made of, 0 of none. Answers what is kept when that is another by now. */
  save: {
    question: { readonly id: string; readonly from: number; readonly draft: Draft };
    answer: { readonly revision: number } | { readonly other: KeptDraft | null };
  };
  /** The host of one for another; the draft itself is saved as any is. */
  copy: { question: { readonly id: string; readonly to: string }; answer: undefined };
  /** For good, with its host. */
  remove: { question: { readonly id: string }; answer: undefined };
}

export type DraftQuestion = {
  [N in keyof DraftAnswers]: { readonly about: N } & DraftAnswers[N]["question"];
}[keyof DraftAnswers];

/** The record of a host row that is nothing but a draft. */
const DRAFT = "draft";
const KEY = /^draft:/;

const rowOf = (id: string): string => `draft:${id}`;

/**
 * Drafts beside the hosts they speak of, each a row of its own: a command and a word are kept at once, and neither
 * waits for the other.
 */
export async function answerDrafts(
  store: RecordStore,
  question: DraftQuestion,
  now: number,
): Promise<DraftAnswers[keyof DraftAnswers]["answer"]> {
  switch (question.about) {
    case "list": {
      const rows = (await store.hosts()).filter(({ name }) => KEY.test(name));
      const ids = rows.map(({ name }) => name.replace(KEY, ""));
      const read = await Promise.all(ids.map(async (id) => ({ id, kept: await readDraft(store, id) })));
      const listed = read.flatMap(({ id, kept }) => (kept ? [{ id, ...kept }] : []));
      return listed.toSorted((a, b) => b.draft.changed - a.draft.changed);
    }
    case "read":
      return readDraft(store, question.id);
    case "save":
      return save(store, question, now);
    case "copy":
      return copyHost(store, question, now);
    case "remove":
      await store.remove(rowOf(question.id));
      await store.remove(scenarioHost(question.id));
      return undefined;
  }
}

async function readDraft(store: RecordStore, id: string): Promise<KeptDraft | null> {
  const row = await store.load(rowOf(id));
  const draft = row?.records.get(DRAFT) as Draft | undefined;
  // One of a newer version is not ours to change.
  return row && draft?.version === 1 ? { draft, revision: row.revision } : null;
}

async function save(
  store: RecordStore,
  { id, from, draft }: DraftAnswers["save"]["question"],
  now: number,
): Promise<DraftAnswers["save"]["answer"]> {
  try {
    const revision = await store.commit(rowOf(id), {
      from,
      ...(from === 0 && { preferences: { seed: "", created: now, catalogue: "", title: "" } }),
      put: new Map([[DRAFT, { ...draft, changed: now }]]),
      keep: [],
    });
    return { revision };
  } catch (error) {
    if (!(error instanceof RevisionConflict)) throw error;
    return { other: await readDraft(store, id) };
  }
}

async function copyHost(
  store: RecordStore,
  { id, to }: DraftAnswers["copy"]["question"],
  now: number,
): Promise<undefined> {
  const layers = layerStore(store.blobs);
  const whole = await storedHost({ store, layers, name: scenarioHost(id), catalogue: "", now: () => now }).load();
  // Nothing was typed in it yet.
  if (whole.revision === 0) return undefined;
  const blobs = new Map<string, Blob>();
  for (const key of blobsOf(whole)) {
    const blob = await store.blobs.get(key);
    if (blob) blobs.set(key, blob);
  }
  await keepCopy(store, scenarioHost(to), whole, { blobs, created: now });
  return undefined;
}

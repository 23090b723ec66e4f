import { changedRecords, loadState } from "../engine/records.ts";
import { type StagingLayerStore, blobKeys } from "../storage/layer-store.ts";
import type { RecordStore } from "../storage/record-store.ts";
import { savedTrees } from "../shell/container-memory.ts";
import { type Change, emptyMoment, type HostKeeper, type KeptHost, type Moment } from "./keeper.ts";
import { BEGINNING, lineTo, type Log } from "./log-tree.ts";
import { newSeed } from "./random.ts";
import type { LogEntry, Scenario, Words } from "./scenario.ts";

/** The record beside the engine's: what the page needs to go on where it was. */
export const PAGE = "page";

/** Without head and tip: from before a log could part; the host stands at its end. */
export interface PageRecord extends Omit<Moment, "state"> {
  readonly head?: number;
  readonly tip?: number;
}

export interface StoredHostOptions {
  readonly store: RecordStore;
  readonly layers: StagingLayerStore;
  readonly name: string;
  readonly catalogue: string;
  /** Of a scene: what its author calls it, which goes on with the link of it. */
  readonly title?: Words | undefined;
  readonly now: () => number;
  /** Of a scene that is replayed: its own. */
  readonly seed?: string;
  /** One at a time over all tabs; without it, only this page has the host. */
  readonly exclusively?: <T>(work: () => Promise<T>) => Promise<T>;
  /** Tells other tabs. */
  readonly announce?: () => void;
}

/** What is stored of a moment, beside the engine's state. */
export function pageRecord(moment: Moment, place: { readonly head: number; readonly tip: number }): PageRecord {
  const { step, sessions, memory = [], hostShell, lastSession, turn } = moment;
  const { head, tip } = place;
  return { step, sessions, memory, lastSession, ...(hostShell && { hostShell }), ...(turn && { turn }), head, tip };
}

/** Keys of all blobs that a moment needs. */
export function blobsOf({ state, memory = [] }: Moment): string[] {
  return blobKeys(state, savedTrees(memory));
}

/** Keeps a host in a record store under a name: one transaction a command, with the blobs it brought. */
export function storedHost(options: StoredHostOptions): HostKeeper {
  const { store, layers, name } = options;
  let seed = options.seed ?? newSeed();

  const load = async (): Promise<KeptHost> => {
    const stored = await store.load(name);
    if (stored === null) {
      const { catalogue, title } = options;
      const scenario = { seed, catalogue, entries: [], ...(title && { title }) };
      return { ...emptyMoment, scenario, log: [], head: BEGINNING, tip: BEGINNING, revision: 0 };
    }
    const { preferences, revision, records } = stored;
    seed = preferences.seed;
    const log = stored.log as Log;
    const end = log.length - 1;
    const { head = end, tip = end, ...page } = records.get(PAGE) as PageRecord;
    const scenario = { seed, catalogue: preferences.catalogue, entries: entriesTo(log, head) };
    try {
      return { state: loadState(records), ...page, scenario, log, head, tip, revision };
    } catch (error) {
      throw new Error(`what is stored of the host "${name}" cannot be read`, { cause: error });
    }
  };

  return {
    load,
    async newer(than) {
      return (await store.revision(name)) === than.revision ? null : load();
    },
    async keep(before: KeptHost, change: Change): Promise<KeptHost> {
      const { entry, head, tip, blobs, ...moment } = change;
      const { put, removed } = changedRecords(before.state, moment.state);
      put.set(PAGE, pageRecord(moment, change));
      const { catalogue } = before.scenario;
      const fresh = before.revision === 0;
      const append = entry ? [entry] : [];
      const revision = await store.commit(name, {
        from: before.revision,
        ...(fresh ? { preferences: { seed, created: options.now(), catalogue, title: name } } : {}),
        put,
        removed,
        append,
        blobs: layers.staged,
        keep: [...new Set([...blobsOf(moment), ...blobs])],
      });
      layers.discard();
      options.announce?.();
      const log = [...before.log, ...append];
      const scenario: Scenario = { ...before.scenario, entries: entriesTo(log, head) };
      return { ...moment, scenario, log, head, tip, revision };
    },
    exclusively: options.exclusively ?? ((work) => work()),
  };
}

function entriesTo(log: Log, head: number): LogEntry[] {
  return lineTo(log, head).flatMap((index) => log[index] ?? []);
}

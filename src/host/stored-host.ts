import type { SavedHostShell } from "../cli/host-shell.ts";
import { changedRecords, loadState } from "../engine/records.ts";
import { emptyState } from "../engine/state.ts";
import { type StagingLayerStore, blobKeys } from "../storage/layer-store.ts";
import type { RecordStore } from "../storage/record-store.ts";
import { type SavedMemory, savedTrees } from "../shell/container-memory.ts";
import type { Change, HostKeeper, KeptHost } from "./keeper.ts";
import { newSeed } from "./random.ts";
import type { LogEntry } from "./scenario.ts";
import type { KeptSession } from "./sessions.ts";

/** The record beside the engine's: what the page needs to go on where it was. */
const PAGE = "page";
interface PageRecord {
  readonly step: number;
  readonly lastSession: number;
  readonly sessions: readonly KeptSession[];
  readonly memory?: readonly SavedMemory[];
  readonly hostShell?: SavedHostShell;
}

export interface StoredHostOptions {
  readonly store: RecordStore;
  readonly layers: StagingLayerStore;
  readonly name: string;
  readonly catalogue: string;
  readonly now: () => number;
  /** Of a scene that is replayed: its own. */
  readonly seed?: string;
  /** One at a time over all tabs; without it, only this page has the host. */
  readonly exclusively?: <T>(work: () => Promise<T>) => Promise<T>;
  /** Tells other tabs. */
  readonly announce?: () => void;
}

/** Keeps a host in a record store under a name: one transaction a command, with the blobs it brought. */
export function storedHost(options: StoredHostOptions): HostKeeper {
  const { store, layers, name } = options;
  let seed = options.seed ?? newSeed();

  const load = async (): Promise<KeptHost> => {
    const stored = await store.load(name);
    if (stored === null) {
      const scenario = { seed, catalogue: options.catalogue, entries: [] };
      return { state: emptyState, scenario, step: 0, sessions: [], lastSession: 0, revision: 0 };
    }
    const { preferences, revision, records } = stored;
    seed = preferences.seed;
    const entries = stored.log as readonly LogEntry[];
    const scenario = { seed, catalogue: preferences.catalogue, entries };
    try {
      return { state: loadState(records), scenario, revision, ...(records.get(PAGE) as PageRecord) };
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
      const { state, scenario, step, sessions, memory = [], hostShell, lastSession, entry } = change;
      const terminals = { sessions, memory, lastSession, ...(hostShell && { hostShell }) };
      const { put, removed } = changedRecords(before.state, state);
      put.set(PAGE, { step, ...terminals } satisfies PageRecord);
      const { catalogue } = scenario;
      const fresh = before.revision === 0;
      const revision = await store.commit(name, {
        from: before.revision,
        ...(fresh ? { preferences: { seed, created: options.now(), catalogue, title: name } } : {}),
        put,
        removed,
        append: [entry],
        blobs: layers.staged,
        keep: blobKeys(state, savedTrees(memory)),
      });
      layers.discard();
      options.announce?.();
      return { state, scenario, step, ...terminals, revision };
    },
    exclusively: options.exclusively ?? ((work) => work()),
  };
}

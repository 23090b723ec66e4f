import { RevisionConflict } from "../record-store.ts";
import type { HostChange, HostHead, HostPreferences, RecordStore, StoredHost } from "../record-store.ts";

interface Kept {
  readonly revision: number;
  readonly preferences: HostPreferences;
  readonly records: ReadonlyMap<string, unknown>;
  readonly log: readonly unknown[];
  readonly blobs: readonly string[];
}

/** A store that lasts as long as the page: for a visitor's scene, and where the browser offers no storage. */
export function memoryStore(): RecordStore {
  const hosts = new Map<string, Kept>();
  const blobs = new Map<string, Blob>();

  const sweep = (): void => {
    const kept = new Set([...hosts.values()].flatMap((host) => host.blobs));
    for (const key of blobs.keys()) if (!kept.has(key)) blobs.delete(key);
  };
  const headOf = (name: string, { revision, preferences }: Kept): HostHead => ({ name, revision, preferences });

  return {
    blobs: {
      get: async (key) => blobs.get(key) ?? null,
      keys: async () => [...blobs.keys()].toSorted(),
    },
    hosts: async () =>
      [...hosts].map(([name, kept]) => headOf(name, kept)).toSorted((a, b) => (a.name < b.name ? -1 : 1)),
    revision: async (host) => hosts.get(host)?.revision ?? 0,
    load: async (name): Promise<StoredHost | null> => {
      const kept = hosts.get(name);
      if (kept === undefined) return null;
      return { ...headOf(name, kept), records: new Map(structuredClone(kept.records)), log: structuredClone(kept.log) };
    },
    commit: async (name, change: HostChange) => {
      const before = hosts.get(name);
      const found = before?.revision ?? 0;
      if (found !== change.from) throw new RevisionConflict(name, change.from, found);
      const preferences = change.preferences ?? before?.preferences;
      if (preferences === undefined) throw new TypeError(`host ${JSON.stringify(name)} is new and has no preferences`);
      // Cloned first: what cannot be cloned must not leave half a change.
      const put = structuredClone(change.put ?? new Map<string, unknown>());
      const append = structuredClone(change.append ?? []);
      const records = new Map(before?.records);
      for (const key of change.removed ?? []) records.delete(key);
      for (const [key, value] of put) records.set(key, value);
      for (const [key, blob] of change.blobs ?? []) blobs.set(key, blob);
      const log = [...(before?.log ?? []), ...append];
      hosts.set(name, { revision: found + 1, preferences, records, log, blobs: change.keep });
      sweep();
      return found + 1;
    },
    remove: async (name) => {
      hosts.delete(name);
      sweep();
    },
    close: () => {},
  };
}

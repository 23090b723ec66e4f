import { openDB } from "idb";
import type { IDBPDatabase, IDBPTransaction } from "idb";
import { RevisionConflict } from "../record-store.ts";
import type { HostChange, HostHead, RecordStore, StoredHost } from "../record-store.ts";
import { steps, upgrade } from "./schema.ts";
import type { HostRow, LaminaSchema } from "./schema.ts";

const ALL = ["hosts", "records", "log", "blobs"] as const;
type Writing = IDBPTransaction<LaminaSchema, typeof ALL, "readwrite">;

/** Everything of one host: arrays sort after numbers and strings. (IndexedDB, "compare two keys") */
const rangeOf = (host: string): IDBKeyRange => IDBKeyRange.bound([host], [host, []]);

const headOf = ({ name, revision, preferences }: HostRow): HostHead => ({ name, revision, preferences });

/** Hosts kept by the browser. Rejects where IndexedDB is not to be had (private windows of some browsers). */
export async function indexedDbStore(name = "lamina"): Promise<RecordStore> {
  const database = await openDB<LaminaSchema>(name, steps.length, {
    upgrade: (opened, from, _to, transaction) => upgrade(opened, from, transaction),
    // A newer Lamina in another tab waits for this one to let go.
    blocking: (_current, _blocked, event) => (event.target as IDBDatabase).close(),
  });
  return new IndexedDbStore(database);
}

class IndexedDbStore implements RecordStore {
  readonly #database: IDBPDatabase<LaminaSchema>;
  readonly blobs: RecordStore["blobs"];

  constructor(database: IDBPDatabase<LaminaSchema>) {
    this.#database = database;
    this.blobs = {
      get: async (key) => (await database.get("blobs", key)) ?? null,
      keys: () => database.getAllKeys("blobs"),
    };
  }

  async hosts(): Promise<HostHead[]> {
    return (await this.#database.getAll("hosts")).map(headOf);
  }

  async revision(host: string): Promise<number> {
    return (await this.#database.get("hosts", host))?.revision ?? 0;
  }

  async load(host: string): Promise<StoredHost | null> {
    const transaction = this.#database.transaction(["hosts", "records", "log"]);
    const range = rangeOf(host);
    const [row, keys, values, log] = await Promise.all([
      transaction.objectStore("hosts").get(host),
      transaction.objectStore("records").getAllKeys(range),
      transaction.objectStore("records").getAll(range),
      transaction.objectStore("log").getAll(range),
    ]);
    await transaction.done;
    if (row === undefined) return null;
    return { ...headOf(row), records: new Map(keys.map(([, key], at) => [key, values[at]])), log };
  }

  commit(host: string, change: HostChange): Promise<number> {
    return this.#write(async (transaction) => {
      const before = await transaction.objectStore("hosts").get(host);
      const found = before?.revision ?? 0;
      if (found !== change.from) throw new RevisionConflict(host, change.from, found);
      const preferences = change.preferences ?? before?.preferences;
      if (preferences === undefined) throw new TypeError(`host ${JSON.stringify(host)} is new and has no preferences`);
      const keep = new Set(change.keep);
      const log = transaction.objectStore("log");
      let index = change.append?.length ? await log.count(rangeOf(host)) : 0;
      const [records, blobs] = [transaction.objectStore("records"), transaction.objectStore("blobs")];
      const requests = new Requests();
      for (const key of change.removed ?? []) requests.add(records.delete([host, key]));
      for (const [key, value] of change.put ?? []) requests.add(records.put(value, [host, key]));
      for (const entry of change.append ?? []) requests.add(log.put(entry, [host, index++]));
      for (const [key, blob] of change.blobs ?? []) if (keep.has(key)) requests.add(blobs.put(blob, key));
      requests.add(
        transaction.objectStore("hosts").put({ name: host, revision: found + 1, preferences, blobs: change.keep }),
      );
      await requests.done();
      await sweep(transaction);
      return found + 1;
    });
  }

  async remove(host: string): Promise<void> {
    await this.#write(async (transaction) => {
      await Promise.all([
        transaction.objectStore("hosts").delete(host),
        transaction.objectStore("records").delete(rangeOf(host)),
        transaction.objectStore("log").delete(rangeOf(host)),
      ]);
      await sweep(transaction);
    });
  }

  close(): void {
    this.#database.close();
  }

  /** One transaction over everything; an error in `work` undoes all of it. */
  async #write<T>(work: (transaction: Writing) => Promise<T>): Promise<T> {
    const transaction = this.#database.transaction(ALL, "readwrite");
    // `done` rejects too when it is aborted; the cause is what the caller gets.
    const done = transaction.done.catch((error: unknown) => ({ error }));
    try {
      const result = await work(transaction);
      const failed = await done;
      if (failed) throw failed.error;
      return result;
    } catch (error) {
      try {
        transaction.abort();
      } catch {
        // Ended already: by the error itself.
      }
      await done;
      throw error;
    }
  }
}

/** Requests under way. When one throws before the others are awaited, theirs are no unhandled failures. */
class Requests {
  readonly #all: Promise<unknown>[] = [];

  add(request: Promise<unknown>): void {
    request.catch(() => {});
    this.#all.push(request);
  }

  async done(): Promise<void> {
    await Promise.all(this.#all);
  }
}

/** Removes the blobs that no host needs. */
async function sweep(transaction: Writing): Promise<void> {
  const blobs = transaction.objectStore("blobs");
  const [rows, keys] = await Promise.all([transaction.objectStore("hosts").getAll(), blobs.getAllKeys()]);
  const kept = new Set(rows.flatMap((row) => row.blobs));
  await Promise.all(keys.filter((key) => !kept.has(key)).map((key) => blobs.delete(key)));
}

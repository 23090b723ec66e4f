import { saveState } from "../engine/records.ts";
import { type RecordStore, RevisionConflict } from "../storage/record-store.ts";
import type { KeptHost } from "./keeper.ts";
import { PAGE, pageRecord } from "./stored-host.ts";

/**
 * Keeps a host under a name of its own, with its blobs: `wanted`, or that and a number when it is taken, also by
 * another tab that keeps one in the same moment. Answers the name. All of it or nothing: when storage is full or
 * forbidden it throws, and what is there stays as it was.
 */
export async function keepCopy(
  store: RecordStore,
  wanted: string,
  whole: KeptHost,
  { blobs, created }: { readonly blobs: ReadonlyMap<string, Blob>; readonly created: number },
): Promise<string> {
  const { seed, catalogue } = whole.scenario;
  for (let number = 1; ; number++) {
    const name = number === 1 ? wanted : `${wanted} ${number}`;
    try {
      await store.commit(name, {
        from: 0,
        preferences: { seed, created, catalogue, title: name },
        put: saveState(whole.state).set(PAGE, pageRecord(whole, whole)),
        append: whole.log,
        blobs,
        keep: [...blobs.keys()],
      });
      return name;
    } catch (error) {
      if (!(error instanceof RevisionConflict)) throw error;
    }
  }
}

import type { DBSchema, IDBPDatabase, IDBPTransaction } from "idb";
import type { HostPreferences } from "../record-store.ts";

/** A row of `hosts`. */
export interface HostRow {
  readonly name: string;
  readonly revision: number;
  readonly preferences: HostPreferences;
  /** Keys of the blobs it needs; a blob that is in no host's list is removed. */
  readonly blobs: readonly string[];
}

/**
 * One database for all hosts, so that they share blobs and a command is one transaction:
 * `hosts` by name; `records` by [host, key] and `log` by [host, number], read by key range; `blobs` by digest.
 */
export interface LaminaSchema extends DBSchema {
  hosts: { key: string; value: HostRow };
  records: { key: [host: string, key: string]; value: unknown };
  log: { key: [host: string, index: number]; value: unknown };
  blobs: { key: string; value: Blob };
}

type Upgrade = IDBPTransaction<LaminaSchema, ("hosts" | "records" | "log" | "blobs")[], "versionchange">;

interface Step {
  readonly name: string;
  run(database: IDBPDatabase<LaminaSchema>, transaction: Upgrade): void | Promise<void>;
}

/** What each version changed; a step once released is never edited. Version n is reached by the first n steps. */
export const steps: readonly Step[] = [
  {
    name: "1 hosts, records, log and blobs",
    run(database) {
      database.createObjectStore("hosts", { keyPath: "name" });
      database.createObjectStore("records");
      database.createObjectStore("log");
      database.createObjectStore("blobs");
    },
  },
];

export async function upgrade(database: IDBPDatabase<LaminaSchema>, from: number, transaction: Upgrade): Promise<void> {
  for (const step of steps.slice(from)) await step.run(database, transaction);
}

import type { BlobStore } from "./blob-store.ts";

/** What a host is replayed with, and what it is called. */
export interface HostPreferences {
  /** Hex; what every random id of the host is derived from. */
  readonly seed: string;
  /** ms since 1970. */
  readonly created: number;
  /** Version of the catalogue that the host was begun with. */
  readonly catalogue: string;
  /** For people. */
  readonly title: string;
}

/** A host in the list of hosts. */
export interface HostHead {
  readonly name: string;
  /** Counts the commits: 1 after the first. */
  readonly revision: number;
  readonly preferences: HostPreferences;
}

export interface StoredHost extends HostHead {
  /** Plain data (structured clone) by key. */
  readonly records: ReadonlyMap<string, unknown>;
  /** In the order they were appended. */
  readonly log: readonly unknown[];
}

/** What one command changed. */
export interface HostChange {
  /** The revision that the change was made on; 0 for a host that is not there yet. */
  readonly from: number;
  /** Needed for a new host; otherwise only to change them. */
  readonly preferences?: HostPreferences;
  readonly put?: ReadonlyMap<string, unknown>;
  readonly removed?: readonly string[];
  readonly append?: readonly unknown[];
  /** New blobs; those not in `keep` are not stored. */
  readonly blobs?: ReadonlyMap<string, Blob>;
  /** Keys of all blobs that the host needs from now on, new or not. A key without a blob does no harm. */
  readonly keep: readonly string[];
}

/** The host is not at the revision the change was made on: another tab was faster. */
export class RevisionConflict extends Error {
  override readonly name = "RevisionConflict";
  constructor(
    readonly host: string,
    readonly expected: number,
    readonly found: number,
  ) {
    super(`host ${JSON.stringify(host)} is at revision ${found}, not ${expected}`);
  }
}

/** Several hosts by name, each a set of records and a log, and the blobs they share. */
export interface RecordStore {
  readonly blobs: BlobStore;
  /** By name. */
  hosts(): Promise<HostHead[]>;
  /** Cheap: for noticing that another tab has changed the host. 0 when there is none. */
  revision(host: string): Promise<number>;
  load(host: string): Promise<StoredHost | null>;
  /**
   * All of it or nothing, whatever happens to the tab: records, log, staged blobs, and the removal of blobs
   * that no host keeps any more. Answers the new revision; throws {@link RevisionConflict}.
   */
  commit(host: string, change: HostChange): Promise<number>;
  /** The host, its log and the blobs only it had kept. */
  remove(host: string): Promise<void>;
  close(): void;
}

/** Big bytes at rest, by key, shared by all hosts. They are put and removed by `RecordStore.commit` alone. */
export interface BlobStore {
  /** A handle, not the bytes; null when it is not here. */
  get(key: string): Promise<Blob | null>;
  /** Every key that is here. */
  keys(): Promise<string[]>;
}

/** So much is gathered before it is handed to the browser, which may put it on disk. */
const PART = 1 << 20;

/** Bytes on their way into a Blob. */
export class BlobParts {
  readonly #blobs: Blob[] = [];
  #pending: Uint8Array<ArrayBuffer>[] = [];
  #pendingSize = 0;
  #size = 0;

  /** Bytes so far: where the next ones will lie. */
  get size(): number {
    return this.#size;
  }

  /** Keeps a copy of `bytes`. */
  append(bytes: Uint8Array): void {
    this.#pending.push(bytes.slice());
    this.#pendingSize += bytes.length;
    this.#size += bytes.length;
    if (this.#pendingSize >= PART) this.#seal();
  }

  toBlob(type: string): Blob {
    this.#seal();
    return new Blob(this.#blobs, { type });
  }

  #seal(): void {
    if (this.#pending.length > 0) this.#blobs.push(new Blob(this.#pending));
    this.#pending = [];
    this.#pendingSize = 0;
  }
}

/** Everything a terminal was sent, so that it can be drawn late (xterm comes lazily) and read as plain text. */
export interface Transcript {
  /** With escape sequences, the newest {@link LIMIT} characters. */
  text(): string;
  append(text: string): void;
  /** Forgets what was sent; who listens goes on listening. */
  clear(): void;
  /** `listener` gets what comes from now on. Returns the function that ends it. */
  listen(listener: (text: string) => void): () => void;
}

const LIMIT = 1_000_000;

export function createTranscript(): Transcript {
  let chunks: string[] = [];
  let length = 0;
  const listeners = new Set<(text: string) => void>();
  return {
    text() {
      chunks = [chunks.join("")];
      return chunks[0] ?? "";
    },
    append(text) {
      chunks.push(text);
      length += text.length;
      if (length > 2 * LIMIT) {
        chunks = [chunks.join("").slice(-LIMIT)];
        length = LIMIT;
      }
      for (const listener of listeners) listener(text);
    },
    clear() {
      chunks = [];
      length = 0;
    },
    listen(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

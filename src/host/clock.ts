import type { Clock } from "../engine/ports.ts";

/** Times in the log are tenths of a second: short in a link, and finer than any tool shows. */
export function roundTime(ms: number): number {
  return Math.floor(ms / 100) * 100;
}

/**
 * The time of one command: it stands still at the command's start and moves on only by what sleeps,
 * so that a replay sees the same times. `real`: a person waits; otherwise sleeping takes no time.
 */
export function commandClock(startedAt: number, real: boolean): Clock {
  let now = startedAt;
  return {
    now: () => now,
    async sleep(ms, signal) {
      signal?.throwIfAborted();
      if (real) {
        await new Promise<void>((resolve, reject) => {
          const timer = setTimeout(done, ms);
          function done(): void {
            signal?.removeEventListener("abort", abort);
            resolve();
          }
          function abort(): void {
            clearTimeout(timer);
            reject(signal?.reason as Error);
          }
          signal?.addEventListener("abort", abort, { once: true });
        });
      }
      now += ms;
    },
  };
}

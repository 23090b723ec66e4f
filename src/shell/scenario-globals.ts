import type { Clock, Random } from "../engine/ports.ts";

const RealDate = globalThis.Date;
// oxlint-disable-next-line no-restricted-properties
const realRandom = Math.random;
let users = 0;

/**
 * just-bash asks the platform for the time and for random numbers ($RANDOM, $SECONDS, printf %()T,
 * awk's srand, find -mtime, shuf), and a replay must give the same bytes. So while a line runs, `new
 * Date()`, `Date.now()` and `Math.random()` answer from the scenario's clock and seed; `Date` with
 * arguments and `performance` are untouched. The worker runs one line at a time.
 */
export async function withScenarioGlobals<T>(clock: Clock, random: Random, work: () => Promise<T>): Promise<T> {
  class ScenarioDate extends RealDate {
    constructor(...args: unknown[]) {
      if (args.length === 0) super(clock.now());
      else super(...(args as [number]));
    }
    static override now(): number {
      return clock.now();
    }
  }
  users += 1;
  globalThis.Date = ScenarioDate as DateConstructor;
  // oxlint-disable-next-line no-restricted-properties
  Math.random = () => random.integer(2 ** 30) / 2 ** 30;
  try {
    return await work();
  } finally {
    users -= 1;
    if (users === 0) {
      globalThis.Date = RealDate;
      // oxlint-disable-next-line no-restricted-properties
      Math.random = realRandom;
    }
  }
}

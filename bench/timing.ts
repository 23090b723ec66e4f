/** The shortest of several runs, ms of this process's CPU time. The first ones warm up. */
export function shortest(work: () => void, rounds = 9, warmUp = 3): number {
  return shortestInTurns([work], rounds, warmUp)[0] ?? 0;
}

/**
 * The same for several works to be compared, which take turns. CPU time, since what else the machine does
 * lengthens a long run more surely than a short one; it counts the collector's threads too.
 */
export function shortestInTurns(works: readonly (() => void)[], rounds = 9, warmUp = 3): number[] {
  const least = works.map(() => Number.POSITIVE_INFINITY);
  for (let round = 0; round < rounds + warmUp; round++) {
    for (const [at, work] of works.entries()) {
      const start = process.cpuUsage();
      work();
      const { user, system } = process.cpuUsage(start);
      if (round >= warmUp) least[at] = Math.min(least[at] ?? 0, (user + system) / 1000);
    }
  }
  return least;
}

/** The same for what waits, in ms by the clock: part of it is done elsewhere. */
export async function shortestOf(work: () => Promise<void>, rounds = 5, warmUp = 1): Promise<number> {
  let least = Number.POSITIVE_INFINITY;
  for (let round = 0; round < rounds + warmUp; round++) {
    const start = performance.now();
    await work();
    if (round >= warmUp) least = Math.min(least, performance.now() - start);
  }
  return least;
}

/** Three digits are what a measurement is worth. */
export function digits(value: number): number {
  return Number(value.toPrecision(3));
}

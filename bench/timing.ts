/** Median of several runs, ms; the first ones, which the compiler still works on, do not count. */
export function median(work: () => void, rounds = 9, warmUp = 3): number {
  const times: number[] = [];
  for (let round = 0; round < rounds + warmUp; round++) {
    const start = performance.now();
    work();
    if (round >= warmUp) times.push(performance.now() - start);
  }
  return middle(times);
}

/** The same for what waits. */
export async function medianOf(work: () => Promise<void>, rounds = 5, warmUp = 1): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < rounds + warmUp; round++) {
    const start = performance.now();
    await work();
    if (round >= warmUp) times.push(performance.now() - start);
  }
  return middle(times);
}

function middle(times: number[]): number {
  return times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0;
}

/** Three digits are what a measurement is worth. */
export function digits(value: number): number {
  return Number(value.toPrecision(3));
}

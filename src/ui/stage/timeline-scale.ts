import type { Segment } from "../../state/story-line.ts";

/** A command on the timeline; its steps lie in it side by side. Fractions of the whole length. */
export interface Stretch {
  readonly segment: Segment;
  readonly start: number;
  readonly end: number;
}

/** Where commands and steps lie: a command that told much is longer, but not so much longer that others vanish. */
export function stretchesOf(segments: readonly Segment[]): Stretch[] {
  const weights = segments.map(({ from, to }) => Math.sqrt(to - from + 1));
  const whole = weights.reduce((sum, weight) => sum + weight, 0);
  let start = 0;
  return segments.map((segment, index) => {
    const end = start + (weights[index] ?? 0) / whole;
    const stretch = { segment, start, end };
    start = end;
    return stretch;
  });
}

/** Where the head stands after a step. */
export function placeOf(stretches: readonly Stretch[], step: number): number {
  const here = stretches.find(({ segment }) => step <= segment.to);
  if (!here) return stretches.at(-1)?.end ?? 0;
  const { segment, start, end } = here;
  const part = (step - segment.from + 1) / (segment.to - segment.from + 1);
  return start + Math.max(0, part) * (end - start);
}

/** The step whose place is nearest. `last`: no step behind that one. `parts`: a step is told apart into so many. */
export function stepAt(stretches: readonly Stretch[], place: number, last: number, parts = 1): number {
  const here = stretches.find(({ end }) => place <= end) ?? stretches.at(-1);
  if (!here) return last;
  const { segment, start, end } = here;
  const exact = ((place - start) / (end - start)) * (segment.to - segment.from + 1);
  const steps = Math.round(exact * parts) / parts;
  return Math.min(last, Math.max(segment.from - 1, segment.from - 1 + steps));
}

import { expect, test } from "vitest";
import { placeOf, stepAt, stretchesOf } from "./timeline-scale.ts";

/** Commands as numbers of steps. */
const line = (...steps: number[]) => {
  let from = 1;
  return stretchesOf(
    steps.map((count, entry) => {
      const segment = { entry, command: `c${entry}`, terminal: "host" as const, from, to: from + count - 1 };
      from += count;
      return segment;
    }),
  );
};

test("a command of four steps is twice as long as one of one", () => {
  expect(line(1, 4, 1).map(({ start, end }) => [start, end])).toEqual([
    [0, 0.25],
    [0.25, 0.75],
    [0.75, 1],
  ]);
});

test.for([
  [0, 0],
  [1, 0.25],
  [3, 0.5],
  [5, 0.75],
  [6, 1],
  [9, 1],
] as const)("step %i stands at %d", ([step, place]) => expect(placeOf(line(1, 4, 1), step)).toBe(place));

test("whoever points at a step's place gets that step", () => {
  const stretches = line(3, 1, 60, 2, 7);
  for (let step = 0; step <= 73; step++) expect(stepAt(stretches, placeOf(stretches, step), 73)).toBe(step);
});

test("whoever drags is between two steps, too", () => {
  const stretches = line(3, 1, 60, 2, 7);
  for (const step of [0.25, 2.5, 3.75, 40.05, 72.95])
    expect(stepAt(stretches, placeOf(stretches, step), 73, 20)).toBeCloseTo(step, 9);
  expect(stepAt(stretches, 2, 4, 20)).toBe(4);
});

test.for([
  ["before it", -1, 0],
  ["behind it", 2, 6],
  ["between two steps, the nearer", 0.44, 3],
] as const)("%s", ([, place, step]) => expect(stepAt(line(1, 4, 1), place, 6)).toBe(step));

test("what is undone cannot be pointed at", () => expect(stepAt(line(1, 4, 1), 0.9, 4)).toBe(4));
test("nothing has no places", () => expect([placeOf([], 3), stepAt([], 0.5, 3)]).toEqual([0, 3]));

import { expect, test } from "vitest";
import { sharing } from "./sharing.ts";

test("what is equal is the very same, and nothing else is", () => {
  const before = {
    layers: [
      { id: "a", size: 1 },
      { id: "b", size: 2 },
    ],
    disk: { stored: 3 },
    names: ["x"],
  };
  const fresh = structuredClone({ ...before, layers: [...before.layers, { id: "c", size: 3 }], disk: { stored: 6 } });
  const expected = structuredClone(fresh);
  const after = sharing(before, fresh);
  expect(after).toEqual(expected);
  expect(after).not.toBe(before);
  expect(after.layers).not.toBe(before.layers);
  expect(after.layers[1]).toBe(before.layers[1]);
  expect(after.names).toBe(before.names);
  expect(after.disk).not.toBe(before.disk);
  expect(before.disk).toEqual({ stored: 3 });
});

test.each([
  ["an equal value is the one before", { a: [1, { b: null }] }, { a: [1, { b: null }] }, true],
  ["a shorter list is another", [1, 2], [1], false],
  ["a list that lost its first is another", [{ a: 1 }, { a: 2 }], [{ a: 2 }], false],
  ["a key that is gone makes another", { a: 1, b: 2 }, { a: 1 }, false],
  ["a list is no object", [], {}, false],
  ["nothing is no object", null, {}, false],
  ["undefined is no missing key", { a: undefined }, { b: undefined }, false],
])("%s", (_, before, after, same) => {
  const expected = structuredClone(after);
  expect(sharing(before, after) === before).toBe(same);
  expect(sharing(before, after)).toEqual(expected);
});

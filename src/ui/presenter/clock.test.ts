import { expect, test } from "vitest";
import { clockText } from "./clock.tsx";

test.each([
  [-5, "0:00"],
  [999, "0:00"],
  [65_000, "1:05"],
  [3_599_999, "59:59"],
  [3_845_000, "1:04:05"],
])("%i ms on the timer are %s", (ms, text) => {
  expect(clockText(ms)).toBe(text);
});

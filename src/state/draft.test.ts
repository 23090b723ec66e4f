import { describe, expect, it, test } from "vitest";
import type { Goal } from "../engine/goal/assertion.ts";
import { merged, withGoal } from "./draft.ts";

describe("what two tabs have made of one draft", () => {
  const base = { title: { en: "A" }, goals: [1], texts: { en: { task: "a", hints: "b" } }, start: 0 };
  test.each([
    ["nothing", base, base, base],
    ["mine alone", { ...base, start: 1 }, base, { ...base, start: 1 }],
    ["theirs alone", base, { ...base, start: 2 }, { ...base, start: 2 }],
    ["both of one part", { ...base, start: 1 }, { ...base, start: 2 }, { ...base, start: 1 }],
    [
      "two fields of a text",
      { ...base, texts: { en: { task: "mine", hints: "b" } } },
      { ...base, texts: { en: { task: "a", hints: "theirs" } } },
      { ...base, texts: { en: { task: "mine", hints: "theirs" } } },
    ],
    [
      "two languages",
      { ...base, title: { en: "Mine" } },
      { ...base, title: { en: "A", "zh-CN": "他们" } },
      { ...base, title: { en: "Mine", "zh-CN": "他们" } },
    ],
    ["another list of goals", { ...base, goals: [1, 2] }, { ...base, start: 3 }, { ...base, goals: [1, 2], start: 3 }],
  ])("%s", (_, mine, theirs, both) => expect(merged<object>(base, mine, theirs)).toEqual(both));
});

describe("a goal more", () => {
  const goals: readonly Goal[] = [{ name: "goal-2", type: "image", image: "a" }];
  it("gets a name that is free", () =>
    expect(withGoal(goals, { type: "image", image: "b" }).map(({ name }) => name)).toEqual(["goal-2", "goal-3"]));
  it("is not asked twice", () => expect(withGoal(goals, { image: "a", type: "image" })).toBe(goals));
});

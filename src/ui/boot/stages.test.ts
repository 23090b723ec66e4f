import { describe, expect, test } from "vitest";
import { en } from "../../content/locales/en.ts";
import { STAGES, stageByKey } from "./stages.ts";

describe("stepping", () => {
  test.each([
    [0, "ArrowRight", 1],
    [0, "ArrowLeft", 0],
    [6, "ArrowRight", 6],
    [3, "PageUp", 2],
    [3, "PageDown", 4],
    [5, "Home", 0],
    [1, "End", 6],
    [1, "x", null],
    [1, "Tab", null],
  ])("from %i with %s to %s", (stage, key, to) => expect(stageByKey(stage, key)).toBe(to));

  test("every stage has a title and a sentence", () => {
    expect(Object.keys(en.boot.titles)).toEqual([...STAGES]);
    expect(Object.keys(en.boot.captions)).toEqual([...STAGES]);
  });
});

import { expect, test } from "vitest";
import {
  type Progress,
  completionCode,
  joinedProgress,
  noProgress,
  readCompletionCode,
  readProgress,
} from "./progress.ts";

const course = [
  "image",
  "pull",
  "union",
  "boot",
  "sharing",
  "container-layer",
  "copy-up",
  "commit",
  "deleted",
  "volumes",
  "build",
  "save",
];
const done = (...ids: string[]): Progress => ({
  ...noProgress,
  lessons: Object.fromEntries(ids.map((id) => [id, { reached: ["a"], done: true }])),
});

test.for([
  ["Ada", ["image"]],
  ["王小明", ["pull", "save"]],
  ["", []],
  ["Ada Lovelace", course],
] as const)("the code of %s says %j", ([person, ids]) => {
  const code = completionCode(person, course, done(...ids));
  expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$/);
  expect(readCompletionCode(person, code, course)).toEqual([...ids]);
});

test("a code is read as people type it, and belongs to a name", () => {
  const code = completionCode("Ada", course, done("image", "pull"));
  expect(readCompletionCode(" ada ", code.toLowerCase().replace("-", " "), course)).toEqual(["image", "pull"]);
  expect(readCompletionCode("Eve", code, course)).toBeNull();
  expect(readCompletionCode("Ada", code.slice(1), course)).toBeNull();
  const altered = (code.startsWith("0") ? "1" : "0") + code.slice(1);
  expect(readCompletionCode("Ada", altered, course)).toBeNull();
});

test.for(["", "{", "[]", "null", '{"lamina":"progress","version":2}', '{"version":1}'])("%s is no progress", (text) => {
  expect(readProgress(text)).toBeNull();
});

test("of a file only what has the right shape is taken", () => {
  const file = {
    ...done("image"),
    lessons: { ...done("image").lessons, "<script>": { reached: [], done: true }, pull: 7 },
  };
  expect(readProgress(JSON.stringify(file))).toEqual(done("image"));
});

test("what was done in either is done", () => {
  const one: Progress = { ...noProgress, lessons: { pull: { reached: ["a", "b"], done: false } } };
  expect(joinedProgress(one, done("pull", "image")).lessons).toEqual({
    pull: { reached: ["a", "b"], done: true },
    image: { reached: ["a"], done: true },
  });
});

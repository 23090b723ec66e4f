import { expect, test } from "vitest";
import { ignored } from "./ignore.ts";

/** Patterns, one blank between two; then paths that are left out, and some that are not. */
test.each<[patterns: string, out: string, taken: string]>([
  ["*.log", "a.log", "a.txt d/a.log"],
  ["**/*.log", "a.log d/a.log d/e/a.log", "a.txt"],
  ["node_modules", "node_modules node_modules/a/b", "d/node_modules"],
  ["/d/ ./e", "d d/x e", "f/d"],
  ["* !a.txt", "b c/a.txt", "a.txt"],
  ["d !d/keep", "d d/x", "d/keep d/keep/y"],
  ["a? [bc]", "ab b c", "a abc d"],
  ["# comment", "", "#"],
  ["d/**", "d/x d/e/f", "d"],
  ["**/x/*.md", "x/a.md d/x/a.md", "x/d/a.md"],
])("%s", (patterns, out, taken) => {
  const isLeftOut = ignored(patterns.startsWith("#") ? patterns : patterns.replaceAll(" ", "\n"));
  const paths = (text: string): string[] => text.split(" ").filter((path) => path !== "");
  expect(paths(`${out} ${taken}`).filter(isLeftOut)).toEqual(paths(out));
});

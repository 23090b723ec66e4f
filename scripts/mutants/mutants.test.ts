import { readFileSync } from "node:fs";
import { transformWithOxc } from "vite";
import { expect, test } from "vitest";
import { mutants } from "./mutants.ts";

test("every rule to break is found once in its file, and has a name of its own", () => {
  const times = (text: string, part: string) => text.split(part).length - 1;
  const found = mutants.map(({ file, find, rule }) => `${rule}: ${times(readFileSync(file, "utf8"), find)}`);
  expect(found).toEqual(mutants.map(({ rule }) => `${rule}: 1`));
  expect(new Set(mutants.map(({ rule }) => rule)).size).toBe(mutants.length);
});

test.each(mutants)("broken, it is a program still: $rule", async ({ file, find, replace }) => {
  const source = readFileSync(file, "utf8").replace(find, () => replace);
  await expect(transformWithOxc(source, file)).resolves.toHaveProperty("code");
});

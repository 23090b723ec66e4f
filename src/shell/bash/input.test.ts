import { expect, test } from "vitest";
import { programs } from "../programs/table.ts";
import { inputOf, readers } from "./input.ts";
import { bundledPrograms } from "./just-bash.ts";

test.for([
  ["cat", "all"],
  ["cat > /root/f", "all"],
  ["cat -n >> f 2>&1", "all"],
  ["cat - > f", "all"],
  ["tee a b", "all"],
  ["wc -l", "all"],
  ["head -n 3", "all"],
  ["head -3", "all"],
  ["sort -k 2 -t :", "all"],
  ["grep -i x", "all"],
  ["grep -e x", "all"],
  ["sed -n p | head", "all"],
  ["sed -e p", "all"],
  ["tr a-z A-Z | wc -c", "all"],
  ["base64 -d", "all"],
  ["A=1 cat", "all"],
  ["read x", "one"],
  ["read", "one"],
  ["cat f", null],
  ["cat $f", null],
  ["cat < f", null],
  ["cat <<< x", null],
  ["echo x | cat", null],
  ["head -n 3 f", null],
  ["grep x f", null],
  ["grep -r x", null],
  ["grep", null],
  ["sed -i p f", null],
  ["read x < f", null],
  ["read x | cat", null],
  ["cat &", null],
  ["(cat)", null],
  ["echo cat", null],
  ["cat --help", null],
] as const)("%s: %s", ([source, lines]) => {
  expect(inputOf(source)?.lines ?? null).toBe(lines);
});

test("only what runs here waits for input", () => {
  expect(readers.filter((name) => !programs().has(name) && !bundledPrograms().has(name))).toEqual([]);
});

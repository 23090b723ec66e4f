import { expect, test } from "vitest";
import { mark, read } from "./marks.ts";

/** Which commands write straight to the shell's output: `*` stands for the mark. */
test.each([
  ["ls", "*ls"],
  ["ls -l; pwd", "*ls -l; *pwd"],
  ["ls | wc", "ls | *wc"],
  ["ls > f", "{ ls > f; } 2>/dev/.lamina-stderr"],
  ["ls < f", "*ls < f"],
  ["ls 2>/dev/null", "ls 2>/dev/null"],
  ["echo e >&2", "*echo e >&2"],
  ["x=$(ls)", "x=$(ls)"],
  ["echo $(ls)", "*echo $(ls)"],
  ["A=1 ls", "*A=1 ls"],
  ["cd /", "cd /"],
  ["{ ls; } > f", "{ ls; } > f"],
  ["{ ls; }", "{ *ls; }"],
  ["f() { ls; }", "f() { ls; }"],
  ["if true; then ls; else pwd | cat; fi", "if true; then *ls; else pwd | *cat; fi"],
  ["$cmd x", "$cmd x"],
  ["exec ls -l", "{ *exec ls -l; exit $?; }"],
  ["exec >f", "exec >f"],
])("%s", (source, marked) => {
  expect(mark(source).replace(/LAMINA_OUT=\S+ /g, "*")).toBe(marked);
});

test.each([
  ["echo 'a", "unfinished"],
  ["for i in 1; do", "unfinished"],
  ["cat <<E\nx", "unfinished"],
  ["cat <<E\nx\nE", "steps"],
  ["a |", "unfinished"],
  ["a &&", "unfinished"],
  ["a \\", "unfinished"],
  ["f() {", "unfinished"],
  ["if ) x", "error"],
  ["done", "error"],
  ["echo >", "error"],
  ["# it's a comment", "steps"],
  ["a && b; c", "steps"],
])("%s is %s", (source, kind) => expect(read(source, false).kind).toBe(kind));

test("a list runs step by step", () => {
  const reading = read("cd /x && ls || pwd; id", false);
  expect(
    reading.kind === "steps" && reading.steps.map(({ text, after }) => [text.replace(/LAMINA_OUT=\S+ /g, ""), after]),
  ).toEqual([
    ["cd /x", null],
    ["ls", "&&"],
    ["pwd", "||"],
    ["id", null],
  ]);
});

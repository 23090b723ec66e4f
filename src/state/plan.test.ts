import { expect, test } from "vitest";
import type { EngineEvent } from "../engine/event.ts";
import type { PageFrame } from "../host/protocol.ts";
import { linesLeft, nextMove } from "./plan.ts";
import { emptyLine } from "./story-line.ts";
import { emptyHost, nothingShown } from "./story.ts";

const START = ["docker pull ubuntu", "docker run -it ubuntu bash"];
const PLAN = ["apt-get update", "exit", "docker ps", "exit"];

const historyOf = (lines: readonly string[], head = lines.length - 1) => ({
  ...emptyLine.history,
  head,
  entries: lines.map((line, index) => ({ index, line, terminal: "host" as const, from: index + 1, to: index + 1 })),
});

test.each<[string, readonly string[], number | undefined, readonly string[]]>([
  ["nothing was typed", [], undefined, PLAN],
  ["the start alone", START, undefined, PLAN],
  ["the first line", [...START, "apt-get update"], undefined, PLAN.slice(1)],
  ["something else between", [...START, "ls", "apt-get update", "ls", "exit"], undefined, PLAN.slice(2)],
  ["what was undone is to come again", [...START, "apt-get update", "exit"], 2, PLAN.slice(1)],
  ["all of it", [...START, ...PLAN], undefined, []],
])("lines of a plan that are left: %s", (_, typed, head, left) => {
  expect(linesLeft(PLAN, START, historyOf(typed, head))).toEqual(left);
});

const event = { type: "container.start" } as unknown as EngineEvent;
const frames: PageFrame[] = [1, 2].map((step) => ({ step, event, state: emptyHost }));
const segments = [{ entry: 0, command: "docker run box", terminal: "host" as const, from: 1, to: 2 }];
const at = (step: number, known = frames) => ({ shown: { ...nothingShown, step }, step: 2, frames: known, segments });

test("what comes next is a step, then a line, then nothing", () => {
  expect(nextMove(at(1), PLAN)).toEqual({ kind: "step", command: "docker run box", told: frames[1] });
  expect(nextMove(at(2), PLAN)).toEqual({ kind: "line", line: "apt-get update" });
  expect(nextMove(at(2), [])).toBeNull();
});

test("of a step from before a reload its command is known", () => {
  expect(nextMove(at(0, []), PLAN)).toEqual({ kind: "step", command: "docker run box", told: null });
});

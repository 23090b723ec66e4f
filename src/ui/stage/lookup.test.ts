import { expect, test } from "vitest";
import type { EngineEvent, LookupAnswer } from "../../engine/event.ts";
import type { ChainId } from "../../core/oci/digest.ts";
import { digestOf, hostFixture, viewFixture } from "../fixture.ts";
import { motionsOf } from "./animations/index.ts";
import { layoutStack, tileBox } from "./layout.ts";
import { lookupRay } from "./lookup.ts";

type Read = Extract<EngineEvent, { type: "fs.read" }>;

const ROWS = ["writable", "init", "a", "b"];
const size = { width: 1000, height: 460, expanded: false };

/** "writable nothing, a found" */
const read = (path: string, answers: string): Read => ({
  type: "fs.read",
  container: "c".repeat(64) as never,
  path,
  asked: path,
  answers: answers.split(", ").map((one) => {
    const [row = "", answer] = one.split(" ");
    const named = row === "writable" || row === "init";
    return { layer: named ? row : (digestOf(row) as ChainId), answer: answer as LookupAnswer["answer"] };
  }),
});

test("the ray falls down the column of the name, past the plates that have nothing, to the tile that it finds", () => {
  const stack = layoutStack(viewFixture(ROWS, { x: "3", y: "0" }), size);
  const event = read("/x", "writable nothing, init nothing, a nothing, b found");
  const ray = lookupRay(event, stack);
  const [merged, tile] = [tileBox(stack, "merged", "x"), tileBox(stack, digestOf("b"), "x")];
  expect(ray).toMatchObject({
    x: (merged?.x ?? 0) + Math.round((merged?.width ?? 0) / 2),
    bottom: tile?.y,
    name: null,
  });
  expect(ray?.marks.map(({ answer }) => answer)).toEqual(["nothing", "nothing", "nothing", "found"]);
  const scene = { host: hostFixture({}), stack, plates: null };
  const motions = motionsOf({ event, before: scene, after: scene });
  const delays = ["ray:writable", "ray:init", `ray:${digestOf("a")}`, `ray:${digestOf("b")}`].map(
    (part) => motions.find((motion) => motion.part === part)?.delay ?? 0,
  );
  // Each answers when the ray is there, the last one when it has come down.
  expect(delays).toEqual(delays.toSorted((a, b) => a - b));
  expect(delays.at(-1)).toBe(motions.find(({ part }) => part === "ray")?.duration);
});

test("a whiteout stops it where it lies", () => {
  const stack = layoutStack(viewFixture(ROWS, { x: "0w 2" }), size);
  const ray = lookupRay(read("/x", "writable whiteout"), stack);
  expect(ray?.bottom).toBe(tileBox(stack, "writable", "x")?.y);
});

test("what no plate has is named beside the columns", () => {
  const stack = layoutStack(viewFixture(ROWS, { y: "0" }), size);
  const ray = lookupRay(read("/x", "writable nothing, init nothing, a nothing, b nothing"), stack);
  expect(ray?.name).toBe("x");
  expect(ray?.x).toBeGreaterThan((stack.columns[0]?.x ?? 0) + (stack.columns[0]?.width ?? 0));
  expect(ray?.x).toBeLessThan(stack.stackWidth - stack.factsWidth);
});

test("127 plates: the ray reaches the lowest, and few marks are drawn", () => {
  const rows = ["writable", "init", ...Array.from({ length: 127 }, (_, n) => `${n}`)];
  const stack = layoutStack(viewFixture(rows, { x: "128" }), size);
  const answers = rows.map((row, n) => `${row} ${n === 128 ? "found" : "nothing"}`).join(", ");
  const ray = lookupRay(read("/x", answers), stack);
  expect(ray?.bottom).toBe(tileBox(stack, digestOf("126"), "x")?.y);
  expect(ray?.marks.length).toBeLessThanOrEqual(8);
});

test("a name that would fold takes the last place when it is spoken of, and the others stay", () => {
  const many = Object.fromEntries(Array.from({ length: 60 }, (_, n) => [`file${n}`, "3"]));
  const view = viewFixture(ROWS, many);
  expect(layoutStack(view, size).columns.map(({ name }) => name)).not.toContain("file50");
  const names = layoutStack(view, size).columns.map(({ name }) => name);
  const spoken = layoutStack(view, { ...size, spoken: "file50" }).columns.map(({ name }) => name);
  expect(spoken).toEqual([...names.slice(0, -1), "file50"]);
  // One that is in sight stays where it is.
  expect(layoutStack(view, { ...size, spoken: "file2" }).columns).toEqual(layoutStack(view, size).columns);
});

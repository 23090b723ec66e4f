import { describe, expect, test } from "vitest";
import type { EngineEvent, EventType } from "../../../engine/event.ts";
import { digestOf, hostFixture, imageFixture, viewFixture } from "../../fixture.ts";
import { layoutStack } from "../layout.ts";
import { animations, motionsOf } from "./index.ts";
import { MOST_PARTS, type Scene, rowPart } from "./motion.ts";

const scene = (rows: readonly string[], columns: Readonly<Record<string, string>>): Scene => ({
  host: hostFixture({ images: [imageFixture("i", ["a"])] }),
  stack: layoutStack(viewFixture(rows, columns), { width: 1000, height: 460, expanded: false }),
  plates: null,
});
const event = <T extends EventType>(type: T, more: Partial<Extract<EngineEvent, { type: T }>>): EngineEvent =>
  ({ type, ...more }) as EngineEvent;

describe("every event", () => {
  test.each(Object.keys(animations) as EventType[])("%s moves few parts, by transform and opacity alone", (type) => {
    const before = scene(["writable", "gone", "a"], { x: "2" });
    const after = scene(["writable", "a"], { x: "0 1" });
    const told = event(type, {
      path: "/x",
      to: "/y",
      change: "created",
      answers: [{ layer: "writable", answer: "found" }],
      layer: digestOf("a"),
      image: digestOf("i"),
    } as never);
    const motions = motionsOf({ event: told as never, before, after });
    expect(motions.length).toBeGreaterThan(0);
    expect(motions.length).toBeLessThanOrEqual(MOST_PARTS + 4);
    for (const motion of motions) {
      for (const frame of motion.keyframes) {
        expect(Object.keys(frame).filter((key) => !["transform", "opacity", "offset"].includes(key))).toEqual([]);
      }
      const last = motion.keyframes.at(-1);
      // What stays in the picture ends as it is drawn; what leaves it ends unseen.
      if (motion.phase === "leave") expect(last?.opacity).toBe(0);
      else expect(last?.transform ?? "none").toMatch(/^(none|scaleX\(1\))$/);
    }
  });
});

test("a copy-up rises from the row that held the file", () => {
  const after = scene(["writable", "a", "b"], { x: "0 2", y: "1" });
  const motions = motionsOf({
    event: event("fs.copy-up", { path: "/x", layer: digestOf("b") as never }) as never,
    before: scene(["writable", "a", "b"], { x: "2", y: "1" }),
    after,
  });
  const rows = after.stack?.rows ?? [];
  expect(motions[0]?.keyframes[0]?.transform).toBe(`translateY(${(rows[2]?.y ?? 0) - (rows[0]?.y ?? 0)}px)`);
});

test("a commit moves the new layer from where the writable one stood, amber first", () => {
  const before = scene(["writable", "init", "a"], { x: "0" });
  const after = scene(["n", "a"], { x: "0" });
  const told = event("container.commit", { layer: digestOf("n") as never, image: digestOf("i") as never });
  const motions = motionsOf({ event: told as never, before, after });
  const from = (before.stack?.rows[0]?.y ?? 0) - (after.stack?.rows[0]?.y ?? 0);
  expect(motions.map((motion) => motion.part)).toContain(`warmth:${digestOf("n")}`);
  const row = motions.find(({ part }) => part === rowPart(digestOf("n")));
  expect(row?.keyframes[0]?.transform).toBe(`translateY(${from}px)`);
});

test("a burst pops in only what is new, and not all of it", () => {
  const many = Object.fromEntries(Array.from({ length: 40 }, (_, n) => [`f${n}`, "0"]));
  const motions = motionsOf({
    event: event("fs.burst", { path: "/" }) as never,
    before: scene(["writable", "a"], { f0: "0" }),
    after: scene(["writable", "a"], many),
  });
  expect(motions.map((motion) => motion.part)).not.toContain("tile:writable/f0");
  expect(motions.length).toBeLessThanOrEqual(MOST_PARTS + 1);
});

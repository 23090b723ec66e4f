import { describe, expect, test } from "vitest";
import type { EngineEvent, EventType } from "../../../engine/event.ts";
import { containerFixture, digestOf, hostFixture, imageFixture, viewFixture } from "../../fixture.ts";
import { layoutStack } from "../layout.ts";
import { easingOf } from "./easing.ts";
import { animations, motionsOf } from "./index.ts";
import { type Motion, type Scene, fade, pop, shrink } from "./motion.ts";
import { motionAt, placeAt, positionAt } from "./position.ts";

const scene = (columns: Readonly<Record<string, string>>, more: readonly string[] = []): Scene => ({
  host: hostFixture({ images: [imageFixture("i", ["a"])], containers: [containerFixture("web", "i")] }),
  stack: layoutStack(viewFixture(["writable", ...more, "a"], columns), { width: 1000, height: 460, expanded: false }),
  plates: null,
});

function motionsFor(type: EventType): readonly Motion[] {
  const told = {
    type,
    path: "/x",
    to: "/y",
    change: "created",
    answers: [{ layer: "writable", answer: "found" }],
    layer: digestOf("a"),
    image: digestOf("i"),
    container: containerFixture("web", "i").id,
  };
  const change = {
    event: told as unknown as EngineEvent,
    before: scene({ x: "2" }, ["gone"]),
    after: scene({ x: "0 1" }),
  };
  return motionsOf(change as never);
}

describe.each(Object.keys(animations) as EventType[])("%s", (type) => {
  const motions = motionsFor(type);

  test("moves nothing at either end, and something between", () => {
    expect(motionAt(motions, 0)).toMatchObject({ phase: "leave", time: 0, styles: new Map() });
    expect(motionAt(motions, 1)).toMatchObject({ phase: "enter", styles: new Map() });
    expect(motionAt(motions, 0.4).styles.size).toBeGreaterThan(0);
  });

  test("begins where the picture before is left, and ends where the one after rests", () => {
    const near = 1e-7;
    const end = motionAt(motions, 1 - near);
    for (const style of end.styles.values())
      if (end.phase === "leave") expect(style.opacity).toBeCloseTo(0, 3);
      else expectNear(style.transform);
    if (placeAt(motions, near).phase === "leave")
      for (const style of motionAt(motions, near).styles.values()) {
        expectNear(style.transform);
        expect(style.opacity ?? 1).toBeCloseTo(1, 3);
      }
  });

  test("goes on without jumps inside a phase, and time never goes back", () => {
    const points = Array.from({ length: 401 }, (_, n) => n / 400);
    let before = placeAt(motions, 0);
    for (const point of points) {
      const place = placeAt(motions, point);
      if (place.phase === before.phase) expect(place.time).toBeGreaterThanOrEqual(before.time);
      else expect([before.phase, place.phase]).toEqual(["leave", "enter"]);
      if (point > 0) expect(positionAt(motions, place)).toBeCloseTo(point, 9);
      before = place;
    }
  });
});

/** No further than a hundredth of a pixel, or of the size, from rest. */
function expectNear(transform = "none"): void {
  const scales = transform.startsWith("scale");
  for (const value of transform.match(/-?[\d.]+(e-?\d+)?/g) ?? []) expect(Number(value)).toBeCloseTo(scales ? 1 : 0, 2);
}

describe("a position", () => {
  const motions = [fade("a"), { ...pop("b"), easing: "linear" }, { ...pop("c", 320), easing: "linear" }];
  const whole = 300 + 640;

  test("is in the phase that its time is in", () => {
    expect(placeAt(motions, 299 / whole).phase).toBe("leave");
    expect(placeAt(motions, 301 / whole).phase).toBe("enter");
    expect(placeAt([pop("b")], 0.01).phase).toBe("enter");
    expect(placeAt([], 0.5)).toEqual({ phase: "enter", time: 0 });
    expect(positionAt([], { phase: "enter", time: 0 })).toBe(1);
  });

  test("has each part where its own time is: one half-way, one that waits", () => {
    const { styles } = motionAt(motions, (300 + 160) / whole);
    expect(styles.get("b")).toEqual({ transform: "scale(0.8)", opacity: 0.5 });
    expect(styles.get("c")).toEqual({ transform: "scale(0.6)", opacity: 0 });
    expect([...motionAt(motions, (300 + 480) / whole).styles.keys()]).toEqual(["c"]);
  });

  test("keeps what has left out of sight while something else leaves", () => {
    const leaving = [shrink("a"), fade("b")];
    expect(motionAt(leaving, 280 / 300).styles.get("a")?.opacity).toBe(0);
  });

  test.for([
    ["translate(10px, 20px)", "none", "translate(5px, 10px)"],
    ["translateX(26px)", "translateX(-7px)", "translateX(9.5px)"],
    ["scaleX(0)", "scaleX(1)", "scaleX(0.5)"],
    ["none", "none", "none"],
  ] as const)("from %s to %s: %s", ([from, to, middle]) => {
    const keyframes = [{ transform: from }, { transform: to }];
    const motion: Motion = { part: "a", phase: "enter", keyframes, duration: 100, easing: "linear" };
    expect(motionAt([motion], 0.5).styles.get("a")).toEqual({ transform: middle });
  });
});

/** Values a browser computes for these curves. */
test.for([
  ["ease", 0.5, 0.8024],
  ["ease-in", 0.5, 0.3154],
  ["ease-out", 0.5, 0.6846],
  ["ease-in-out", 0.25, 0.1292],
  ["linear", 0.3, 0.3],
  ["cubic-bezier(.42,0,.58,1)", 0.25, 0.1292],
] as const)("%s at %d", ([easing, time, value]) => expect(easingOf(easing)(time)).toBeCloseTo(value, 3));

import { expect, test } from "vitest";
import { containerFixture, digestOf, hostFixture, imageFixture, layerFixture, viewFixture } from "../../fixture.ts";
import { layoutHost } from "../host-layout.ts";
import { layoutStack } from "../layout.ts";
import { type Motion, type Scene, LINES, rowPart, tilePart } from "./motion.ts";
import { shifts } from "./shift.ts";

const size = { width: 1000, height: 460, expanded: false };
const scene = (rows: readonly string[], columns: Readonly<Record<string, string>>): Scene => ({
  host: hostFixture({}),
  stack: layoutStack(viewFixture(rows, columns), size),
  plates: null,
});
const fromOf = (motions: readonly Motion[], part: string) =>
  motions.find((motion) => motion.part === part)?.keyframes[0];
const none: ReadonlySet<string> = new Set();

test("what stands where it stood does not move", () => {
  const same = () => scene(["writable", "a"], { x: "1" });
  expect(shifts({ before: same(), after: same() }, none)).toEqual([]);
});

test("columns go from where they stood to where they stand; what ties them together comes after", () => {
  const before = scene(["writable", "a"], { bin: "1", etc: "1" });
  const after = scene(["writable", "a"], { etc: "0 1", bin: "1" });
  const motions = shifts({ before, after }, new Set([tilePart("writable", "etc")]));
  const x = (of: Scene, name: string) => of.stack?.columns.find((column) => column.name === name)?.x ?? 0;
  for (const name of ["bin", "etc"]) {
    const transform = `translate(${x(before, name) - x(after, name)}px, 0px)`;
    for (const row of ["merged", digestOf("a")]) expect(fromOf(motions, tilePart(row, name))).toEqual({ transform });
  }
  expect(fromOf(motions, tilePart("writable", "etc"))).toBeUndefined();
  expect(motions.at(-1)?.part).toBe(LINES);
});

test("a column that was folded away is drawn out of the fold", () => {
  const many = Object.fromEntries(Array.from({ length: 30 }, (_, n) => [`file${n}`, "1"]));
  const before = scene(["writable", "a"], many);
  const after = scene(["writable", "a"], { file29: "0w 1", ...many });
  const column = after.stack?.columns.find(({ name }) => name === "file29");
  expect(before.stack?.columns.some(({ name }) => name === "file29")).toBe(false);
  const from = `translate(${(before.stack?.foldX ?? 0) - (column?.x ?? 0)}px, 0px)`;
  expect(fromOf(shifts({ before, after }, none), tilePart(digestOf("a"), "file29"))).toEqual({
    transform: from,
    opacity: 0,
  });
});

test("another directory does not come from anywhere", () => {
  const motions = shifts(
    { before: scene(["writable", "a"], { x: "1" }), after: scene(["writable", "a"], { y: "1" }) },
    none,
  );
  expect(motions).toEqual([]);
});

test("rows make room for one that comes", () => {
  const [before, after] = [scene(["a"], { x: "0" }), scene(["writable", "a"], { x: "1" })];
  const y = ({ stack }: Scene): number => stack?.rows.find(({ key }) => key === digestOf("a"))?.y ?? 0;
  const transform = `translate(0px, ${y(before) - y(after)}px)`;
  expect(fromOf(shifts({ before, after }, none), rowPart(digestOf("a")))).toEqual({ transform });
});

test("in the host view plates, containers and names move, and nothing of a stack", () => {
  const host = hostFixture({
    layers: [layerFixture("a")],
    containers: [containerFixture("web", "i")],
    images: [imageFixture("i", ["a"])],
  });
  const plates = layoutHost(host, { width: 1000, height: 460 });
  const moved = <T extends { readonly x: number; readonly y: number }>(boxes: readonly T[]): T[] =>
    boxes.map((box) => ({ ...box, x: box.x + 50, y: box.y - 8 }));
  const { plates: layers, containers, names } = plates;
  const after = { ...plates, plates: moved(layers), containers: moved(containers), names: moved(names) };
  const { stack } = scene(["a"], { x: "0" });
  const motions = shifts({ before: { host, stack, plates }, after: { host, stack: null, plates: after } }, none);
  expect(motions.map(({ part }) => part.split(":")[0])).toEqual(["plate", "container", "image"]);
  for (const { keyframes } of motions) expect(keyframes[0]).toEqual({ transform: "translate(-50px, 8px)" });
});

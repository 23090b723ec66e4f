import { expect, test } from "vitest";
import type { StackSibling } from "../../engine/stack-beside.ts";
import type { StackView } from "../../engine/stack-view.ts";
import { viewFixture } from "../fixture.ts";
import { layoutStack, tileBox } from "./layout.ts";

/** "a" a file of its own, "a^" copied up, "aw" a whiteout. */
const sibling = (container: string, ...cells: string[]): StackSibling => ({
  container: container.padEnd(64, "0") as StackSibling["container"],
  size: 3,
  cells: cells.map((cell) => ({
    name: cell[0] ?? "",
    kind: cell.endsWith("w") ? "whiteout" : "file",
    size: 3,
    opaque: false,
    ...(cell.endsWith("^") && { copiedUp: true }),
  })),
  more: 0,
  below: 2,
  directory: "seen",
});
const viewWith = (...beside: StackSibling[]): StackView => ({
  ...viewFixture(["writable", "init", "base"], { a: "0 2", b: "2", c: "2" }),
  beside,
});
const size = { width: 1200, height: 480, expanded: false };

test("the container's own sheets are narrower, what it shares lies under all of them", () => {
  const geometry = layoutStack(viewWith(sibling("two", "a^"), sibling("three")), size);
  const [two, three] = geometry.beside.boxes;
  expect(two?.x).toBeGreaterThan(geometry.ownWidth);
  expect(three?.x).toBeGreaterThan((two?.x ?? 0) + (two?.width ?? 0));
  expect((three?.x ?? 0) + (three?.width ?? 0)).toBe(geometry.stackWidth);
  expect(geometry.stackWidth).toBeLessThanOrEqual(size.width);
});

test("alone it has the whole width", () => {
  const { ownWidth, stackWidth, beside } = layoutStack(viewWith(), size);
  expect(ownWidth).toBe(stackWidth);
  expect(beside).toMatchObject({ boxes: [], ties: [], others: null, chips: null });
});

test("a copy and a whiteout hang on the one tile of the shared layer; what is new hangs on none", () => {
  const geometry = layoutStack(viewWith(sibling("two", "a^", "bw", "x")), size);
  expect(geometry.beside.ties.map(({ key, kind }) => [key.split(" ").at(-1), kind])).toEqual([
    ["a", "copy"],
    ["b", "whiteout"],
  ]);
  const base = geometry.rows.at(-1)?.key ?? "";
  for (const { key, points } of geometry.beside.ties) {
    const tile = tileBox(geometry, base, key.split(" ").at(-1) ?? "");
    const end = points.at(-1);
    expect(end?.y).toBe(tile?.y);
    expect(end?.x).toBeGreaterThan(tile?.x ?? 0);
    expect(end?.x).toBeLessThan((tile?.x ?? 0) + (tile?.width ?? 0));
  }
});

test.each([
  [1, 1],
  [2, 2],
  [5, 2],
  [40, 2],
])("of %i neighbours %i are drawn where there is no room for more, and the rest is counted", (count, drawn) => {
  const all = Array.from({ length: count }, (_, at) => sibling(`c${at}`, "a^"));
  const { beside, stackWidth } = layoutStack(viewWith(...all), size);
  expect(beside.boxes).toHaveLength(drawn);
  expect(beside.others?.count ?? 0).toBe(count - drawn);
  expect(stackWidth).toBeLessThanOrEqual(size.width);
});

test("what several have changed comes first in each", () => {
  const { beside } = layoutStack(viewWith(sibling("two", "m", "n", "x"), sibling("three", "x")), size);
  expect(beside.boxes.map(({ tiles }) => tiles[0]?.cell.name)).toEqual(["x", "x"]);
});

test("on a phone they are scrolled to, and named below the stack", () => {
  const geometry = layoutStack(viewWith(sibling("two", "a^")), { width: 366, height: 320, expanded: false });
  expect(geometry.beside.boxes[0]?.x).toBeGreaterThan(300);
  expect(geometry.beside.chips).toBeGreaterThan(geometry.rows.at(-1)?.y ?? 0);
  expect(geometry.height).toBeGreaterThan((geometry.beside.chips ?? 0) + 30);
});

import { expect, test } from "vitest";
import type { HostContainer, HostVolume } from "../../engine/host-state.ts";
import { containerFixture, hostFixture, imageFixture, layerFixture } from "../fixture.ts";
import { layoutHost } from "./host-layout.ts";

const volume = (name: string, ...users: readonly HostContainer[]): HostVolume => {
  return { name, anonymous: false, size: 1, files: 1, createdAt: 0, usedBy: users.map(({ id }) => id) };
};
const [db, web, old] = [
  containerFixture("db", "redis"),
  containerFixture("web", "nginx"),
  containerFixture("old", "nginx", { running: false }),
];
const hostWith = (...volumes: readonly HostVolume[]) =>
  hostFixture({
    layers: [layerFixture("d"), layerFixture("e", "d"), layerFixture("f", "d")],
    images: [imageFixture("redis", ["d", "e"]), imageFixture("nginx", ["d", "f"])],
    containers: [db, web, old],
    volumes,
  });
const size = { width: 1000, height: 460 };

test("a volume is there once, above all that stands on layers, with a line to each of its users", () => {
  const { shelf, top, containers } = layoutHost(hostWith(volume("data", db, web, old)), size);
  expect(shelf.boxes.map((box) => box.volume.name)).toEqual(["data"]);
  for (const box of shelf.boxes) expect(box.y + box.height).toBeLessThan(top);
  expect(shelf.lines.map(({ container, running }) => [container, running])).toEqual([
    [db.id, true],
    [web.id, true],
    [old.id, false],
  ]);
  for (const { container, points } of shelf.lines) {
    const user = containers.find((box) => box.container.id === container);
    expect(points.at(-1)?.x).toBeGreaterThan(user?.x ?? 0);
    expect(points.at(-1)?.x).toBeLessThan((user?.x ?? 0) + (user?.width ?? 0));
    expect(points.at(-1)?.y).toBe(user?.y);
  }
});

test("volumes do not overlap and stay on the page; used ones come first, in the order of their users", () => {
  const { shelf, width } = layoutHost(
    hostWith(volume("idle"), volume("b", web), volume("c", old), volume("a", db)),
    size,
  );
  expect(shelf.boxes.map((box) => box.volume.name)).toEqual(["a", "b", "c", "idle"]);
  for (const [index, box] of shelf.boxes.entries()) {
    expect(box.x + box.width).toBeLessThan(shelf.boxes[index + 1]?.x ?? width);
  }
  expect(width).toBe(1000);
});

test("unused ones that find no room are counted on the last", () => {
  const idle = Array.from({ length: 40 }, (_, n) => volume(`v${n}`));
  const { shelf, width } = layoutHost(hostWith(volume("a", db), ...idle), size);
  const last = shelf.boxes.at(-1);
  expect(shelf.boxes.length + (last?.more ?? 0)).toBe(41);
  expect(last?.more).toBeGreaterThan(30);
  expect(width).toBe(1000);
});

test("without volumes the plates have the whole height", () => {
  expect(layoutHost(hostWith(), size).shelf).toEqual({ boxes: [], lines: [] });
  expect(layoutHost(hostWith(), size).plate).toBeGreaterThan(layoutHost(hostWith(volume("a", db)), size).plate);
});

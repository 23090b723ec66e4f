import { describe, expect, test } from "vitest";
import type { EngineEvent } from "../../engine/event.ts";
import type { StackMount, StackView } from "../../engine/stack-view.ts";
import { containerFixture, digestOf, hostFixture, imageFixture, mountFixture, viewFixture } from "../fixture.ts";
import { motionsOf } from "./animations/index.ts";
import type { Scene } from "./animations/motion.ts";
import { seenIn } from "./columns.ts";
import { type StackSize, layoutStack } from "./layout.ts";
import { pathOf } from "./outside-layout.ts";
import { columnOf, outsideOf } from "./outside.ts";
import { travelsOf } from "./travel.ts";

const size: StackSize = { width: 1000, height: 460, expanded: false };
const phone: StackSize = { width: 366, height: 320, expanded: false };
const columns = { hello: "0", bin: "2", data: "2", etc: "2", run: "1 2", var: "2" };

/** A container's root with these mounts; a column that is a mount point knows it. */
function rootWith(...mounts: readonly StackMount[]): StackView {
  const view = viewFixture(["writable", "init", "a"], columns);
  const at = (name: string): number | null => {
    const index = mounts.findIndex(({ target }) => target === `/${name}`);
    return index < 0 ? null : index;
  };
  return { ...view, mounts, columns: view.columns.map((column) => ({ ...column, mount: at(column.name) })) };
}
const data = mountFixture("data:/data", { files: 3, size: 12 });
const run = mountFixture(":/run");
const deep = mountFixture("pg:/var/lib/pg:ro");
const lay = (view: StackView, at = size) => layoutStack(view, at, outsideOf(view, hostFixture({}), null));
const inside = (view: StackView, mount: number, ...names: readonly string[]): StackView => ({
  ...view,
  path: view.mounts[mount]?.target ?? "",
  columns: view.columns.map((column) => ({ ...column, mount: null })),
  inside: { mount, entries: names.map((name) => ({ name, kind: "file", size: 1 })), more: 0 },
});

test.each([
  ["/", "/data", "data"],
  ["/", "/var/lib/pg", "var"],
  ["/var", "/var/lib/pg", "lib"],
  ["/data", "/data", null],
  ["/data/x", "/data", null],
  ["/dat", "/data", null],
])("in %s the way to %s is %s", (path, target, name) => expect(columnOf(path, target)).toBe(name));

describe("beside the stack", () => {
  const geometry = lay(rootWith(data, run, deep));

  test("nothing is mounted: the sheets have all the width", () => {
    const plain = lay(rootWith());
    expect([plain.stackWidth, plain.outside.boxes, plain.cover]).toEqual([1000, [], null]);
  });

  test("what is mounted stands outside every sheet, one below the other, in the order of docker inspect", () => {
    const { boxes } = geometry.outside;
    expect(boxes.map(({ thing }) => thing.target)).toEqual(["/data", "/run", "/var/lib/pg"]);
    for (const [index, box] of boxes.entries()) {
      expect(box.x).toBeGreaterThan(geometry.stackWidth);
      expect(box.x + box.width).toBeLessThanOrEqual(geometry.width);
      const next = boxes[index + 1];
      if (next) expect(box.y + box.height).toBeLessThan(next.y);
    }
    expect(geometry.width).toBe(1000);
  });

  test("a way ends on the tile of the mount point, or of the directory that leads there", () => {
    const ends = geometry.outside.bridges.map(({ points, end }) => {
      const at = points.at(-1);
      const column = geometry.columns.find(({ x, width }) => at?.x === x + Math.round(width / 2));
      return [end, column?.name, at?.y];
    });
    const top = geometry.merged.y + geometry.inset;
    expect(ends).toEqual([
      ["tile", "data", top],
      ["tile", "run", top],
      ["below", "var", top],
    ]);
  });

  test("no way crosses another", () => {
    const segments = geometry.outside.bridges.map(({ points }) =>
      points.slice(1).map((to, index) => ({ from: points[index] ?? to, to })),
    );
    const between = (value: number, a: number, b: number) => Math.min(a, b) < value && value < Math.max(a, b);
    for (const [index, one] of segments.entries()) {
      for (const other of segments.slice(index + 1)) {
        for (const a of one) {
          for (const b of other) {
            const [level, upright] = a.from.y === a.to.y ? [a, b] : [b, a];
            const crosses =
              upright.from.x === upright.to.x &&
              between(upright.from.x, level.from.x, level.to.x) &&
              between(level.from.y, upright.from.y, upright.to.y);
            expect(crosses).toBe(false);
          }
        }
      }
    }
  });

  test("mount points stand together at the side of their volumes, and are never folded away", () => {
    const many = Object.fromEntries(Array.from({ length: 60 }, (_, n) => [`a-directory-${n}`, "2"]));
    const view = viewFixture(["writable", "init", "a"], { ...many, data: "2" });
    const names = lay({ ...view, mounts: [data] }).columns.map(({ name }) => name);
    expect(names.at(-1)).toBe("data");
    expect(names.length).toBeGreaterThan(2);
  });

  test("on a phone they lie on a shelf above the sheets, and their mount points come first", () => {
    const { outside, merged, columns: boxes, width, stackWidth } = lay(rootWith(data, run), phone);
    for (const box of outside.boxes) expect(box.y + box.height).toBeLessThan(merged.y);
    expect(boxes.slice(0, 2).map(({ name }) => name)).toEqual(["data", "run"]);
    expect(stackWidth).toBeLessThanOrEqual(width);
  });

  test("what the layers have at a mount point is drawn as hidden", () => {
    const cells = geometry.columns.find(({ name }) => name === "run")?.column.cells;
    expect(cells?.map(({ hidden }) => hidden)).toEqual([true, true]);
  });

  test("a path has round corners, and goes through its ends", () => {
    const drawn = pathOf([
      { x: 0, y: 0 },
      { x: 20, y: 0 },
      { x: 20, y: 30 },
    ]);
    expect(drawn).toBe("M 0 0 L 14 0 Q 20 0 20 6 L 20 30");
  });
});

describe("in a mount point", () => {
  const view = inside(rootWith(data, run), 0, "hello", "dump.rdb");
  const geometry = lay(view);

  test("the volume's own files come first; what the layers have is under its lid, all of it", () => {
    expect(geometry.columns.map(({ name, entry }) => [name, entry !== null]).slice(0, 3)).toEqual([
      ["dump.rdb", true],
      ["hello", true],
      ["bin", false],
    ]);
    expect(geometry.columns.every(({ covered }) => covered)).toBe(true);
    expect(geometry.columns.flatMap(({ column }) => column.cells).every(({ hidden }) => hidden)).toBe(true);
    expect(seenIn(view).map(({ name }) => name)).toEqual(["hello", "dump.rdb"]);
  });

  test("what only the volume has comes before what the layers have too", () => {
    const names = lay(inside(rootWith(data), 0, "bin", "etc", "zebra")).columns.map(({ name }) => name);
    expect(names.slice(0, 3)).toEqual(["zebra", "bin", "etc"]);
  });

  test("the lid lies between the merged view and the layers, and the volume's way leads to it", () => {
    const { cover, merged, rows, outside } = geometry;
    expect(cover?.y).toBeGreaterThan(merged.y + merged.height);
    expect((cover?.y ?? 0) + (cover?.height ?? 0)).toBeLessThan(rows[0]?.y ?? 0);
    expect(outside.bridges.map(({ end }) => end)).toEqual(["cover"]);
    expect(outside.bridges[0]?.points.at(-1)).toEqual({ x: geometry.stackWidth, y: (cover?.y ?? 0) + 12 });
  });
});

describe("a commit", () => {
  const before = rootWith(data);
  const container = containerFixture("c".repeat(64), "a", {
    mounts: [{ type: "volume", volume: "data", target: "/data", readOnly: false }],
  });
  const made = imageFixture("i", ["a", "n"]);
  const host = hostFixture({
    containers: [container],
    images: [made],
    volumes: [{ name: "data", anonymous: false, size: 12, files: 3, createdAt: 0, usedBy: [container.id] }],
  });
  const event: EngineEvent = {
    type: "container.commit",
    container: container.id,
    name: "c",
    image: made.id,
    layer: digestOf("n") as never,
    diffId: digestOf("n") as never,
    size: 1,
    reference: null,
    message: "",
    path: "/",
  };
  const after: StackView = { ...viewFixture(["n", "a"], { data: "1" }), target: { kind: "image", id: made.id } };

  test("leaves the volume behind: at its place, let go of", () => {
    const [was, is] = [lay(before), layoutStack(after, size, outsideOf(after, host, event))];
    const place = ({ outside }: typeof was) => outside.boxes.map(({ x, y, width, height }) => [x, y, width, height]);
    expect(place(is)).toEqual(place(was));
    expect([was.outside.bridges.length, is.outside.bridges.length]).toEqual([1, 0]);
    expect(is.outside.boxes[0]?.thing).toMatchObject({ attached: false, files: 3, size: 12 });
  });

  test("moves the sheet and not the volume", () => {
    const scene = (stack: Scene["stack"]): Scene => ({ host, stack, plates: null });
    const is = layoutStack(after, size, outsideOf(after, host, event));
    const parts = motionsOf({ event, before: scene(lay(before)), after: scene(is) }).map(({ part }) => part);
    expect(parts).toContain(`row:${digestOf("n")}`);
    expect(parts).toContain("bridge:data@/data");
    expect(parts.filter((part) => part.startsWith("volume:"))).toEqual([]);
  });

  test("is told at its own step only", () => expect(outsideOf(after, host, null)).toEqual([]));
});

test("what an event mounts comes from the side, and is joined to the stack then", () => {
  const scene = (view: StackView): Scene => ({ host: hostFixture({}), stack: lay(view), plates: null });
  const event = { type: "volume.create", volume: "data", anonymous: false } as EngineEvent;
  const parts = (before: StackView, after: StackView) =>
    motionsOf({ event: event as never, before: scene(before), after: scene(after) }).map(({ part }) => part);
  // Behind them: what makes room.
  expect(parts(rootWith(run), rootWith(data, run)).slice(0, 3)).toEqual([
    "volume:data",
    "volume:data@/data",
    "bridge:data@/data",
  ]);
  expect(parts(rootWith(data), rootWith(data))).toEqual(["volume:data"]);
});

describe("files on their way", () => {
  const stack = lay(rootWith(data, run));
  const into = stack.outside.boxes[0];
  const middle = into && { x: into.x + into.width / 2, y: into.y + into.height / 2 };
  const copy = { type: "volume.copy", volume: "data", path: "/data", files: 9, size: 1 } as EngineEvent;
  const change = (more: object) => ({ type: "volume.change", volume: "data", path: "/data/x", ...more }) as EngineEvent;

  test("a copy goes from the layer that has the files into the volume, a few for all", () => {
    const travels = travelsOf(copy, stack);
    const row = stack.rows.find(({ index }) => index === 2);
    expect(travels).toHaveLength(3);
    expect(travels[0]?.row).toBe(2);
    expect(travels[0]?.points[0]?.y).toBe((row?.y ?? 0) + (row?.height ?? 0) / 2);
    expect(travels[0]?.points.at(-1)).toEqual(middle);
  });

  test.each([
    [{ change: "created" }, 1],
    [{ change: "written" }, 1],
    [{ change: "removed" }, 0],
    [{ change: "created", volume: "another" }, 0],
  ])("a change %o", (more, files) => expect(travelsOf(change(more), stack)).toHaveLength(files));

  test.each([
    ["out", "/hello", "/home/learner/.", "hello"],
    ["in", "/", "/home/learner/hello", "hello"],
  ])("docker cp %s %s: a file goes between the merged view and the host", (direction, path, host, name) => {
    const [travel] = travelsOf({ type: "container.copy", direction, path, host } as EngineEvent, stack);
    const end = direction === "out" ? travel?.points[0] : travel?.points.at(-1);
    const column = stack.columns.find((one) => one.name === name);
    expect(end?.x).toBe((column?.x ?? 0) + (column?.width ?? 0) / 2);
  });

  test("a write to a volume leaves the writable layer dark", () => {
    const scene: Scene = { host: hostFixture({}), stack, plates: null };
    const event = change({ change: "written", count: 1 });
    const parts = motionsOf({ event: event as never, before: scene, after: scene }).map(({ part }) => part);
    expect(parts).toContain("volume:data@/data");
    expect(parts.filter((part) => part.includes("writable"))).toEqual([]);
  });
});

import { describe, expect, test } from "vitest";
import type { ChainId } from "../../core/oci/digest.ts";
import { containerFixture, digestOf, hostFixture, imageFixture, layerFixture, viewFixture } from "../fixture.ts";
import { layoutHost } from "./host-layout.ts";
import { columnWidth } from "./columns.ts";
import { layoutStack, tileBox } from "./layout.ts";

const size = { width: 1000, height: 460, expanded: false };

describe("a stack", () => {
  test("rows do not overlap, top first, the merged view above all", () => {
    const geometry = layoutStack(viewFixture(["writable", "init", "a", "b"], { x: "0 2", y: "3" }), size);
    const all = [geometry.merged, ...geometry.rows];
    for (const [index, row] of all.entries()) {
      const next = all[index + 1];
      if (next) expect(row.y + row.height).toBeLessThan(next.y);
    }
    expect(geometry.rows.map((row) => row.form)).toEqual(["open", "thin", "open", "open"]);
  });

  test("127 layers fold into thin lines, and the picture stays a page high", () => {
    const rows = ["writable", "init", ...Array.from({ length: 127 }, (_, n) => `${n}`.padStart(3, "0"))];
    const geometry = layoutStack(viewFixture(rows, { etc: "0 128", bin: "128" }), size);
    expect(geometry.quiet.map((run) => run.count)).toEqual([127]);
    expect(geometry.height).toBeLessThan(460);
    expect(geometry.rows).toHaveLength(129);
  });

  test("300 entries: what fits is shown, the rest is counted by its layer, nothing is lost", () => {
    const names = Object.fromEntries(Array.from({ length: 300 }, (_, n) => [`file-${n}`, n < 5 ? "0" : "1"]));
    const geometry = layoutStack(viewFixture(["writable", "a"], names), size);
    const left = geometry.folded.reduce((sum, fold) => sum + fold.count, 0);
    expect(geometry.columns.length + left).toBe(300);
    expect(geometry.folded[0]?.row).toBe(1);
    expect(geometry.width).toBe(1000);
    expect(layoutStack(viewFixture(["writable", "a"], names), { ...size, expanded: true }).columns).toHaveLength(300);
  });

  test("what the top layer holds comes first", () => {
    const { columns } = layoutStack(viewFixture(["a", "b"], { one: "1", two: "0w 1", three: "1" }), size);
    expect(columns.map((column) => column.name)).toEqual(["two", "one", "three"]);
  });

  test.each([
    ["a", 60],
    ["debian_version", 117],
    ["x".repeat(60), 152],
  ])("%s is %i wide", (name, width) => expect(columnWidth(name)).toBe(width));

  test("a tile is there only where a layer holds the name", () => {
    const geometry = layoutStack(viewFixture(["writable", "a"], { x: "1" }), size);
    expect(tileBox(geometry, "writable", "x")).toBeNull();
    expect(tileBox(geometry, digestOf("a"), "x")?.x).toBe(geometry.columns[0]?.x);
    expect(tileBox(geometry, "merged", "x")?.y).toBe(geometry.merged.y + geometry.inset);
  });
});

describe("a host", () => {
  const host = hostFixture({
    layers: [layerFixture("d"), layerFixture("e", "d"), layerFixture("f", "d"), layerFixture("a")],
    images: [imageFixture("redis", ["d", "e"]), imageFixture("nginx", ["d", "f"]), imageFixture("alpine", ["a"])],
    containers: [containerFixture("web", "nginx"), containerFixture("cache", "nginx")],
  });
  const geometry = layoutHost(host, { width: 1000, height: 400 });
  const plate = (seed: string) => {
    const found = geometry.plates.find((one) => one.layer.chainId === digestOf(seed));
    if (!found) throw new Error(seed);
    return found;
  };

  test("a shared layer is one plate under all that stand on it", () => {
    expect(geometry.plates).toHaveLength(4);
    expect(plate("d").images).toBe(2);
    expect(plate("d").x).toBe(plate("e").x);
    expect(plate("d").x + plate("d").width).toBe(plate("f").x + plate("f").width);
    expect(plate("d").y).toBeGreaterThan(plate("e").y);
  });

  test("writable layers stand side by side on the plate of their image: none is built on another", () => {
    const [web, cache] = geometry.containers;
    expect(web?.x).toBe(plate("f").x);
    expect(cache?.x).toBe((web?.x ?? 0) + (web?.width ?? 0) + 12);
    expect((cache?.x ?? 0) + (cache?.width ?? 0)).toBe(plate("f").x + plate("f").width);
    expect(cache?.y).toBe(web?.y);
    expect(web?.y).toBe(plate("f").y - plate("f").height - 12);
    expect(plate("f").images).toBe(1);
    const name = geometry.names.find(({ image }) => image.refs[0] === "nginx:1");
    expect([name?.x, name?.width]).toEqual([plate("f").x, plate("f").width]);
  });

  test("a container whose image was removed by force still stands on its layers", () => {
    const left = { ...host, images: host.images.filter(({ refs }) => refs[0] !== "nginx:1") };
    const chain = geometry.plates.find((one) => one.layer.chainId === digestOf("f"))?.layer.chainId;
    const containers = host.containers.map((one) => ({ ...one, chain: chain ? [chain] : [] }));
    const drawn = layoutHost({ ...left, containers }, { width: 1000, height: 400 });
    expect(drawn.containers.map(({ container }) => container.name)).toEqual(["web", "cache"]);
    expect(drawn.names).toHaveLength(2);
  });

  test("what is built stands on the layers it has so far, what only the cache keeps has a place of its own", () => {
    const chain = (...seeds: string[]) => seeds.map((seed) => digestOf(seed) as ChainId);
    const building = hostFixture({
      layers: [layerFixture("d"), layerFixture("s", "d"), layerFixture("c", "d", { cached: true })],
      images: [imageFixture("base", ["d"])],
      containers: [
        containerFixture("build", "base", { chain: chain("d", "s"), building: "RUN x" }),
        containerFixture("web", "base"),
      ],
    });
    const { plates, containers, names, caches } = layoutHost(building, { width: 1000, height: 400 });
    const [base, step, cached] = ["d", "s", "c"].map((seed) =>
      plates.find((one) => one.layer.chainId === digestOf(seed)),
    );
    const [build, web] = ["build", "web"].map((name) => containers.find((one) => one.container.name === name));
    expect([build?.x, web?.x]).toEqual([step?.x, base?.x]);
    expect(build?.y).toBeLessThan(step?.y ?? 0);
    expect(names.map(({ x }) => x)).toEqual([base?.x]);
    expect(caches.map(({ x }) => x)).toEqual([cached?.x]);
    expect(base?.width).toBeGreaterThan(2 * (step?.width ?? 0));
  });

  test("a deep image that shares nothing above its base is drawn as that and one run", () => {
    const seeds = Array.from({ length: 127 }, (_, n) => `${n}`.padStart(3, "0"));
    const deep = hostFixture({
      layers: seeds.map((seed, n) => layerFixture(seed, seeds[n - 1] ?? null)),
      images: [imageFixture("deep", seeds)],
    });
    const { plates } = layoutHost(deep, { width: 1000, height: 400 });
    expect(plates.map((one) => one.layers.length).toSorted((a, b) => a - b)).toEqual([1, 126]);
  });
});

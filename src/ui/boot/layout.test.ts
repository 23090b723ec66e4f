import { describe, expect, test } from "vitest";
import { containerFixture, hostFixture, imageFixture, layerFixture } from "../fixture.ts";
import { machineSize } from "./figures.ts";
import { isNarrow } from "./frame.ts";
import { layoutBoot } from "./layout.ts";
import { stepFor } from "./layout-sizes.ts";
import { type Part, type Scene, between, changedParts } from "./scene.ts";
import { STAGES, type Stage } from "./stages.ts";
import { GENERIC, type Subject, containerOf, distributionsOf } from "./subject.ts";

const SIZES = [
  { width: 1085, height: 480 },
  { width: 1560, height: 620 },
  { width: 366, height: 340 },
];

const seeds = Array.from({ length: 127 }, (_, n) => `${n}`.padStart(3, "0"));
const ubuntu = imageFixture("ubuntu", ["u"], { refs: ["ubuntu:22.04"], size: 78_000_000 });
const deep = imageFixture("deep", seeds, { size: 127_000 });
const giant = imageFixture("giant", ["g"], { size: 3_000_000_000 });
const images = [ubuntu, deep, giant, ...["p", "q", "r"].map((seed) => imageFixture(seed, [seed], { size: 5_000_000 }))];
const layers = [
  layerFixture("u", null, { size: 78_000_000 }),
  layerFixture("g", null, { size: 3_000_000_000 }),
  ...["p", "q", "r"].map((seed) => layerFixture(seed, null, { size: 5_000_000 })),
  ...seeds.map((seed, index) => layerFixture(seed, seeds[index - 1] ?? null)),
];

function subject(names: number, host = hostFixture({}), image = host.images[0] ?? null): Subject {
  const entries = Array.from({ length: names }, (_, n) => ({ name: `name-${n}`, layer: image?.chain.at(-1) ?? null }));
  return {
    host,
    image,
    container: containerOf(host, image, null),
    entries: image ? entries : GENERIC,
    distributions: distributionsOf(host, [{ line: "docker run ubuntu:22.04 uname -r", output: "6.8\n", exitCode: 0 }]),
  };
}

const full = hostFixture({ images, layers, containers: [containerFixture("web", "ubuntu")] });
const SUBJECTS: Readonly<Record<string, Subject>> = {
  "an empty host": subject(0),
  "one image": subject(21, hostFixture({ images: [ubuntu], layers })),
  "many images, a container": subject(21, full),
  "127 layers, 300 names": subject(300, full, deep),
};

const cases = Object.keys(SUBJECTS).flatMap((name) =>
  STAGES.flatMap((stage) => SIZES.map((size) => [name, stage, size] as const)),
);

const of = (scene: Scene, kind: Part["what"]["kind"]): Part[] => scene.parts.filter(({ what }) => what.kind === kind);
const overlap = (a: Part, b: Part): boolean =>
  a.x < b.x + b.width - 0.5 && b.x < a.x + a.width - 0.5 && a.y < b.y + b.height - 0.5 && b.y < a.y + a.height - 0.5;

describe.each(cases)("%s, %s, %o", (name, stage, size) => {
  const scene = layoutBoot(stage, SUBJECTS[name] as Subject, size);

  test("all parts are inside the picture, and each is there once", () => {
    expect(new Set(scene.parts.map(({ id }) => id)).size).toBe(scene.parts.length);
    for (const { id, x, y, width, height, what } of scene.parts) {
      expect([id, Number.isFinite(x + y + width + height), width > 0, height > 0]).toEqual([id, true, true, true]);
      // Words beside a bar may be shorter than the room that is kept for them.
      if (what.kind !== "bar-size") expect([id, x >= 0 && x + width <= size.width + 0.5]).toEqual([id, true]);
      expect([id, y >= 0 && y + height <= scene.height + 0.5]).toEqual([id, true]);
    }
  });

  test("things that stand side by side or on each other do not overlap", () => {
    const kinds = [
      "sheet",
      "kernel",
      "bootfs",
      "writable",
      "merged",
      "ask",
      "absent",
      "hypervisor",
      "machine-root",
      "disk",
    ];
    const solid = scene.parts.filter(({ what }) => kinds.includes(what.kind));
    const found = solid.flatMap((a, index) =>
      solid.slice(index + 1).flatMap((b) => (overlap(a, b) && a.what.kind !== "disk" ? [`${a.id} / ${b.id}`] : [])),
    );
    // The thinnest layers are drawn two pixels wide, whatever they hold.
    expect(found.filter((pair) => !(stage === "sizes" && /^layer .* \/ layer /.test(pair)))).toEqual([]);
  });
});

describe.each(SIZES)("at %o", (size) => {
  const at = (stage: Stage, name = "many images, a container"): Scene =>
    layoutBoot(stage, SUBJECTS[name] as Subject, size);

  test("the way back is the way there, and the ends are the stages themselves", () => {
    const sorted = ({ parts }: Scene) =>
      parts
        .map(({ id, x, y, width, height, opacity }) => [
          id,
          ...[x, y, width, height, opacity].map((n) => Math.round(n * 1e6)),
        ])
        .sort((a, b) => (String(a[0]) < String(b[0]) ? -1 : 1));
    for (const before of STAGES) {
      for (const after of STAGES) {
        const [a, b] = [at(before), at(after)];
        expect(between(a, b, 0)).toBe(a);
        expect(between(a, b, 1)).toBe(b);
        for (const t of [0.125, 0.4, 0.75]) expect(sorted(between(a, b, t))).toEqual(sorted(between(b, a, 1 - t)));
      }
    }
  });

  test("nothing jumps: at the ends of the way each part is where its stage has it, or cannot be seen", () => {
    const near = 1e-6;
    for (const [before, after] of STAGES.slice(1).map((stage, index) => [STAGES[index] ?? stage, stage] as const)) {
      const start = between(at(before), at(after), near);
      for (const one of start.parts) {
        const was = at(before).parts.find(({ id }) => id === one.id);
        if (!was) expect(one.opacity).toBeLessThan(0.001);
        else expect(Math.abs(was.x - one.x) + Math.abs(was.y - one.y)).toBeLessThan(0.1);
      }
    }
  });

  test("the kernel comes from its file in bootfs", () => {
    const [file] = of(at("power"), "kernel-file");
    const moving = between(at("power"), at("load"), 1e-9).parts.find(({ id }) => id === "kernel");
    expect(moving?.y).toBeCloseTo(file?.y ?? 0, 3);
    expect(of(at("power"), "kernel")).toEqual([]);
    expect(of(at("load"), "kernel")[0]?.y).toBeLessThan(file?.y ?? 0);
  });

  test("bootfs is let go and stays so", () => {
    const mounted = (stage: Stage) => of(at(stage), "bootfs").map(({ what }) => what.kind === "bootfs" && what.mounted);
    expect(["power", "load", "release", "root", "container"].map((stage) => mounted(stage as Stage)[0])).toEqual([
      true,
      true,
      false,
      false,
      false,
    ]);
    for (const stage of ["release", "root", "container"] as const) expect(of(at(stage), "kernel-file")).toEqual([]);
  });

  test("the writable layer lies on the image's, and the merged view over all", () => {
    const scene = at("container");
    const [merged, writable] = [of(scene, "merged")[0], of(scene, "writable")[0]];
    for (const sheet of of(scene, "sheet")) expect(writable?.y).toBeLessThan(sheet.y);
    expect(merged?.y).toBeLessThan(writable?.y ?? 0);
    expect(of(at("container", "127 layers, 300 names"), "sheet")).toHaveLength(4);
  });

  test("bars are to one scale, that of real bytes", () => {
    const scene = at("sizes");
    const disk = of(scene, "disk");
    const whole = disk.reduce((sum, { width }) => sum + width, 0);
    const bar = scene.parts.find(({ id }) => id.startsWith(`layer ${ubuntu.id}`));
    expect((bar?.width ?? 0) / whole).toBeCloseTo(78_000_000 / machineSize, 3);
    expect(of(scene, "others").map(({ what }) => what.kind === "others" && what.count)).toEqual([1]);
    // An image larger than the machine's disk makes the scale.
    const big = scene.parts.find(({ id }) => id.startsWith(`layer ${giant.id}`));
    expect(big?.width).toBeGreaterThan(whole);
  });

  test("a line leads to the kernel only from those that have answered", () => {
    const scene = at("kernel");
    expect(of(scene, "line").map(({ id }) => id)).toEqual(["line ubuntu:22.04"]);
    const [kernel] = of(scene, "kernel");
    const [line] = of(scene, "line");
    expect((line?.y ?? 0) + (line?.height ?? 0)).toBeCloseTo(kernel?.y ?? 0, 3);
    expect(kernel?.width).toBeGreaterThan(2 * (of(scene, "ask")[0]?.width ?? 0));
    expect(of(scene, "kernel").map(({ what }) => what.kind === "kernel" && what.of)).toEqual(["host", "machine"]);
  });

  test("of three root file systems those that a container runs on carry its writable layer", () => {
    const scene = at("kernel");
    const writable = of(scene, "writable");
    expect(writable.length).toBeGreaterThan(0);
    for (const { y, height, x } of writable) {
      const under = of(scene, "sheet").filter((sheet) => sheet.x === x);
      expect(Math.min(...under.map((sheet) => sheet.y))).toBeGreaterThanOrEqual(y + height);
    }
    expect(of(at("kernel", "an empty host"), "writable")).toEqual([]);
  });

  test("without an image no size of one is drawn, and each such picture says what to pull", () => {
    for (const stage of ["root", "container", "sizes"] as const) {
      expect(of(at(stage, "an empty host"), "pull")).toHaveLength(1);
      expect(of(at(stage, "an empty host"), "sheet")).toEqual([]);
    }
    expect(of(at("kernel", "an empty host"), "absent")).toHaveLength(3);
  });

  test("no name of the root directory is lost", () => {
    const scene = at("root", "127 layers, 300 names");
    const more = of(scene, "more").map(({ what }) => (what.kind === "more" ? what.count : 0))[0] ?? 0;
    expect(of(scene, "entry").length + more).toBe(300);
  });

  test("a still picture marks what is new or has changed", () => {
    const marked = (before: Stage, after: Stage) =>
      [...changedParts(at(before), at(after))].map((id) => id.split(" ")[0]);
    expect(marked("power", "load")).toEqual(["kernel"]);
    expect(marked("load", "release")).toEqual(["bootfs"]);
    expect(marked("release", "root")).toEqual(["rootfs"]);
    expect(marked("root", "container")).toEqual(["merged", "writable", "layer"]);
  });

  test("it is as high as the room, unless it is narrow", () => {
    for (const stage of STAGES)
      if (!isNarrow(size)) expect(at(stage, "one image").height).toBeLessThanOrEqual(size.height);
  });
});

test.each([
  [818_000_000, 200_000_000],
  [3_000_000_000, 500_000_000],
  [100, 20],
])("marks for %i bytes every %i", (size, step) => expect(stepFor(size)).toBe(step));

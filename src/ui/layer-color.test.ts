import { expect, test } from "vitest";
import type { HostState } from "../engine/host-state.ts";
import { hostFixture, imageFixture, layerFixture } from "./fixture.ts";
import { tintOf } from "./layer-color.ts";

const hueIn = (host: HostState, layer: string): number =>
  Number(
    (
      tintOf(host, host.layers.find(({ diffId }) => diffId.startsWith(`sha256:${layer}`))?.chainId ?? null)
        .style as Record<string, unknown>
    )["--hue"],
  );

/** `base` below, the others each the top of an image on it; `tag` keeps the tests' layers apart. */
function host(tag: string, count: number): HostState {
  const base = `${tag}a`;
  // All of them say the same hue.
  const tops = Array.from({ length: count }, (_, at) => `${tag}0000000000${at}`);
  return hostFixture({
    layers: [layerFixture(base), ...tops.map((top) => layerFixture(top, base))],
    images: [imageFixture(base, [base]), ...tops.map((top) => imageFixture(top, [base, top]))],
  });
}
const topsOf = ({ layers }: HostState): string[] => layers.slice(1).map(({ diffId }) => diffId.slice(7));

test.each([2, 3, 4, 5])("%i images on one base all look different, and not like the base", (count) => {
  const made = host(`c${count}`, count);
  const hues = made.layers.map(({ diffId }) => hueIn(made, diffId.slice(7)));
  const apart = hues.flatMap((a, at) => hues.slice(at + 1).map((b) => Math.abs(a - b)));
  expect(Math.min(...apart)).toBeGreaterThanOrEqual(22);
});

test("with more images than hues, neighbours still differ, and none looks like its base", () => {
  const made = host("d", 24);
  const hues = topsOf(made).map((top) => hueIn(made, top));
  expect(hues.slice(1).every((hue, at) => hue !== hues[at])).toBe(true);
  expect(hues).not.toContain(hueIn(made, "da"));
});

test("a layer keeps its hue when others come, and when its neighbours go", () => {
  const few = host("e", 2);
  const before = topsOf(few).map((top) => hueIn(few, top));
  const many = host("e", 6);
  expect(topsOf(few).map((top) => hueIn(many, top))).toEqual(before);
  const last = topsOf(many).at(-1) ?? "";
  const hue = hueIn(many, last);
  const alone = hostFixture({
    layers: many.layers.filter((layer) => !topsOf(few).includes(layer.diffId.slice(7))),
    images: many.images,
  });
  expect(hueIn(alone, last)).toBe(hue);
});

test("a layer that is drawn before its image is there stands apart from the other images' tops all the same", () => {
  const one = host("f", 1);
  const coming = layerFixture("f0000000000x");
  const pulling = hostFixture({ layers: [...one.layers, coming], images: one.images });
  expect(Math.abs(hueIn(pulling, "f0000000000x") - hueIn(pulling, topsOf(one)[0] ?? ""))).toBeGreaterThanOrEqual(22);
});

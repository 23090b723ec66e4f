import type { CSSProperties } from "react";
import type { HostLayer, HostState } from "../engine/host-state.ts";

/** OKLCH hues far from amber (the writable layer) and red (whiteouts), and from each other. */
const HUES = [256, 200, 300, 150, 325, 228, 175, 278, 128, 342] as const;

/** So near to each other, two hues are taken for one. */
const ALIKE = 30;

const known = new Map<string, number>();

const hue = (index: number): number => HUES[index % HUES.length] ?? HUES[0];
const alike = (a: number, b: number): boolean => Math.abs(hue(a) - hue(b)) < ALIKE;

/**
 * Which of the hues a layer wears: the one its diffID says, moved on while one of the three layers it lies on wears
 * it, or one that may stand beside it in the host: of the same parent, or the top of an image. Those that came
 * before it count, so a layer keeps its hue when others come, and for as long as the page is open whatever goes.
 */
function hueIndexOf(host: HostState, layer: HostLayer): number {
  const cached = known.get(layer.chainId);
  if (cached !== undefined) return cached;
  const below: number[] = [];
  for (let at = layerOf(host, layer.parent); at && below.length < 3; at = layerOf(host, at.parent)) {
    below.push(hueIndexOf(host, at));
  }
  const tops = new Set(host.images.map(({ chain }) => chain.at(-1)));
  const earlier = host.layers.slice(0, Math.max(0, host.layers.indexOf(layer)));
  const siblings = earlier.filter(({ parent }) => parent === layer.parent).map((one) => hueIndexOf(host, one));
  // Whether it will be a top itself is not known yet while its image is being pulled.
  const others = earlier.filter(({ chainId }) => tops.has(chainId)).map((one) => hueIndexOf(host, one));
  const start = Number.parseInt(layer.diffId.slice(7, 15), 16) || 0;
  const all = HUES.map((_, step) => (start + step) % HUES.length);
  const unlike = (hues: readonly number[], worn: readonly number[]): number[] =>
    hues.filter((one) => worn.every((other) => !alike(one, other)));
  const fit = unlike(all, below);
  const beside = unlike(fit, siblings);
  // With more images than hues, the ones that came last are the likeliest to stand beside it.
  const away = others.map((_, from) => unlike(beside, others.slice(from))).find((hues) => hues.length > 0);
  const index =
    (away ?? beside)[0] ?? fit.find((one) => !siblings.slice(-4).includes(one)) ?? fit[0] ?? start % HUES.length;
  known.set(layer.chainId, index);
  return index;
}

/** What an element wears: the writable layer's amber, a layer's hue, the slate of what is no layer, or nothing. */
export interface Tint {
  readonly className: "hued" | "hued-amber" | "hued-volume" | "hued-none";
  readonly style?: CSSProperties;
}

export const amber: Tint = { className: "hued-amber" };
export const volumeTint: Tint = { className: "hued-volume" };
export const untinted: Tint = { className: "hued-none" };

/** Beside the hue, for eyes that do not tell hues apart: the angle of the hatching on a plate's edge. */
const GRAINS = ["0deg", "45deg", "90deg", "135deg"] as const;

/** The same value for the same hue, whoever asks. */
const TINTS: readonly Tint[] = HUES.map((own, index) => ({
  className: "hued",
  style: { "--hue": own, "--grain": GRAINS[index % GRAINS.length] } as CSSProperties,
}));

/** `layer`: "writable", "init" or a chain ID of `host`. */
export function tintOf(host: HostState, layer: string | null): Tint {
  if (layer === "writable") return amber;
  const found = layerOf(host, layer);
  if (!found) return untinted;
  return TINTS[hueIndexOf(host, found)] ?? untinted;
}

const byChain = new WeakMap<HostState["layers"], ReadonlyMap<string, HostLayer>>();

export function layerOf({ layers }: Pick<HostState, "layers">, chainId: string | null): HostLayer | null {
  if (chainId === null) return null;
  const known = byChain.get(layers) ?? new Map(layers.toReversed().map((layer) => [layer.chainId, layer]));
  byChain.set(layers, known);
  return known.get(chainId) ?? null;
}

import type { CSSProperties } from "react";
import type { HostLayer, HostState } from "../engine/host-state.ts";

/** OKLCH hues far from amber (the writable layer) and red (whiteouts), and from each other. */
const HUES = [256, 200, 300, 150, 325, 228, 175, 278, 128, 342] as const;

/** So near to each other, two hues are taken for one. */
const ALIKE = 30;

const known = new Map<string, number>();

/**
 * A layer's hue: from its diffID, moved on while it is that of one of the three layers it lies on. It
 * depends on the layer and what is below it alone: the same on every machine, in every view, for ever.
 */
function hueOf(host: HostState, layer: HostLayer): number {
  const cached = known.get(layer.chainId);
  if (cached !== undefined) return cached;
  const below: number[] = [];
  for (let at = layerOf(host, layer.parent); at && below.length < 3; at = layerOf(host, at.parent)) {
    below.push(hueOf(host, at));
  }
  const start = Number.parseInt(layer.diffId.slice(7, 15), 16) || 0;
  const hues = HUES.map((_, step) => HUES[(start + step) % HUES.length] ?? HUES[0]);
  const differs = (hue: number): boolean => below.every((other) => Math.abs(hue - other) >= ALIKE);
  const hue = hues.find(differs) ?? hues.find((one) => one !== below[0]) ?? HUES[0];
  known.set(layer.chainId, hue);
  return hue;
}

/** What an element wears: the writable layer's amber, a layer's hue, the slate of what is no layer, or nothing. */
export interface Tint {
  readonly className: "hued" | "hued-amber" | "hued-volume" | "hued-none";
  readonly style?: CSSProperties;
}

export const amber: Tint = { className: "hued-amber" };
export const volumeTint: Tint = { className: "hued-volume" };
export const untinted: Tint = { className: "hued-none" };

/** `layer`: "writable", "init" or a chain ID of `host`. */
export function tintOf(host: HostState, layer: string | null): Tint {
  if (layer === "writable") return amber;
  const found = layerOf(host, layer);
  return found ? { className: "hued", style: { "--hue": hueOf(host, found) } as CSSProperties } : untinted;
}

export function layerOf(host: HostState, chainId: string | null): HostLayer | null {
  return host.layers.find((layer) => layer.chainId === chainId) ?? null;
}

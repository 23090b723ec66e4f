import type { CSSProperties } from "react";
import type { HostLayer, HostState } from "../engine/host-state.ts";

/** OKLCH hues far from amber (the writable layer) and red (whiteouts), and from each other. */
const HUES = [256, 200, 292, 150, 320, 228, 172, 274, 128, 340] as const;

/** A layer's hue, from its diffID alone: the same on every machine, in every view, for ever. */
export function hueOf(diffId: string): number {
  const digits = Number.parseInt(diffId.slice(7, 15), 16);
  return HUES[(Number.isNaN(digits) ? 0 : digits) % HUES.length] ?? HUES[0];
}

/** What an element wears to be in a layer's colour: the writable layer's amber, a layer's hue, or none. */
export interface Tint {
  readonly className: "hued" | "hued-amber" | "hued-none";
  readonly style?: CSSProperties;
}

export const amber: Tint = { className: "hued-amber" };
export const untinted: Tint = { className: "hued-none" };

export function tintOfDiff(diffId: string): Tint {
  return { className: "hued", style: { "--hue": hueOf(diffId) } as CSSProperties };
}

/** `layer`: "writable", "init" or a chain ID of `host`. */
export function tintOf(host: HostState, layer: string | null): Tint {
  if (layer === "writable") return amber;
  const known = layerOf(host, layer);
  return known ? tintOfDiff(known.diffId) : untinted;
}

export function layerOf(host: HostState, chainId: string | null): HostLayer | null {
  return host.layers.find((layer) => layer.chainId === chainId) ?? null;
}

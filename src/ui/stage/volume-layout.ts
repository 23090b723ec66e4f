import type { HostContainer, HostState, HostVolume } from "../../engine/host-state.ts";
import { type Box, type Point, clamp } from "./box.ts";

/** A volume of the host, once, whoever uses it; `more`: so many unused ones there is no room for. */
export interface VolumeBox extends Box {
  readonly volume: HostVolume;
  readonly more: number;
}

/** From a volume to a container that mounts it. */
export interface VolumeLine {
  readonly volume: string;
  readonly container: string;
  readonly running: boolean;
  readonly points: readonly Point[];
}

export interface ShelfGeometry {
  readonly boxes: readonly VolumeBox[];
  readonly lines: readonly VolumeLine[];
}

const HEIGHT = 62;
const GAP = 12;
const WIDTH = { least: 136, most: 196 };
/** Between two lines that run beside each other. */
const LANE = 6;
const BELOW = 16;

/** Height that the volumes and their lines take above the containers. */
export function shelfHeight(host: HostState): number {
  if (host.volumes.length === 0) return 0;
  const used = host.volumes.filter(({ usedBy }) => usedBy.length > 0).length;
  return HEIGHT + BELOW + 8 + Math.max(0, used - 1) * LANE;
}

interface Floor {
  readonly containers: readonly (Box & { readonly container: HostContainer })[];
  /** Top of the highest thing below the shelf. */
  readonly top: number;
  readonly left: number;
  readonly width: number;
}

/** Volumes lie on a shelf above all that stands on layers, used ones over who uses them. */
export function layoutVolumes(host: HostState, { containers, top, left, width }: Floor): ShelfGeometry {
  const users = ({ usedBy }: HostVolume) => containers.filter(({ container }) => usedBy.includes(container.id));
  const middle = (volume: HostVolume): number => {
    const xs = users(volume).map((box) => box.x + box.width / 2);
    return xs.reduce((sum, x) => sum + x, 0) / Math.max(1, xs.length);
  };
  const used = host.volumes.filter((volume) => users(volume).length > 0).toSorted((a, b) => middle(a) - middle(b));
  const idle = host.volumes.filter((volume) => users(volume).length === 0);
  const space = width - left - 8;
  const fits = Math.max(1, Math.floor((space + GAP) / (WIDTH.least + GAP)) - used.length);
  const shown = idle.slice(0, fits);
  const more = idle.length - shown.length;
  const all = [...used, ...shown];
  const each = Math.floor(clamp((space + GAP) / Math.max(1, all.length) - GAP, WIDTH));
  const y = top - shelfHeight(host);
  // Over its users where there is room: first from left to right, then back from the right edge.
  const xs: number[] = [];
  for (const volume of all) {
    const after = xs.length === 0 ? left : (xs.at(-1) ?? 0) + each + GAP;
    xs.push(Math.max(after, users(volume).length > 0 ? Math.round(middle(volume) - each / 2) : after));
  }
  let end = Math.max(width - 8, left + all.length * (each + GAP) - GAP);
  for (let index = xs.length - 1; index >= 0; index--) {
    xs[index] = Math.min(xs[index] ?? 0, end - each);
    end = (xs[index] ?? 0) - GAP;
  }
  const boxes = all.map((volume, index) => ({
    volume,
    more: index === all.length - 1 ? more : 0,
    x: xs[index] ?? 0,
    y,
    width: each,
    height: HEIGHT,
  }));
  return { boxes, lines: linesOf(boxes, containers) };
}

/** Down onto the container from above, where nothing else stands; several beside each other. */
function linesOf(boxes: readonly VolumeBox[], containers: Floor["containers"]): VolumeLine[] {
  const mounted = boxes.filter(({ volume }) => volume.usedBy.length > 0);
  return mounted.flatMap((box, lane) => {
    const out = { x: Math.round(box.x + box.width / 2), y: box.y + box.height };
    const across = out.y + 8 + lane * LANE;
    return containers
      .filter(({ container }) => box.volume.usedBy.includes(container.id))
      .map(({ container, x, y, width }): VolumeLine => {
        const own = mounted.filter(({ volume }) => volume.usedBy.includes(container.id));
        const aside = (own.indexOf(box) - (own.length - 1) / 2) * 2 * LANE;
        const into = Math.round(x + width / 2 + aside);
        return {
          volume: box.volume.name,
          container: container.id,
          running: container.running,
          points: [out, { x: out.x, y: across }, { x: into, y: across }, { x: into, y }],
        };
      });
  });
}

import { kernel } from "../../engine/host-machine.ts";
import { type Box, clamp } from "../stage/box.ts";
import { machineDisk, machineSize } from "./figures.ts";
import { type Size, frameOf, isNarrow } from "./frame.ts";
import { type Part, type Scene, part } from "./scene.ts";
import { type Subject, sheetsOf } from "./subject.ts";

const SHOWN = 5;
/** Room for a mark's words. */
const TICK = 64;
const AXIS = 22;
const STRIP = 38;
/** A line of the legend where it is narrow. */
const KEY = 20;

/** A round step that puts at most six marks on `size` bytes. */
export function stepFor(size: number): number {
  const power = 10 ** Math.floor(Math.log10(size));
  return [0.2, 0.5, 1, 2].map((part) => part * power).find((step) => size / step <= 6) ?? power;
}

/** Stage 6: bars to one scale. The disk of a virtual machine, under it the images that are here. */
export function layoutSizes({ host, image }: Subject, size: Size): Scene {
  const frame = frameOf(size);
  const narrow = isNarrow(size);
  const all = [...host.images].sort((a, b) => b.size - a.size || (a.id < b.id ? -1 : 1));
  // The image the view is about is among those shown, however many there are.
  const largest = all.slice(0, all.slice(0, SHOWN).some((one) => one === image) ? SHOWN : SHOWN - 1);
  const images = all.filter((one) => one === image || largest.includes(one));
  const others = all.length - images.length;
  const rows = Math.max(1, images.length) + (others > 0 ? 0.6 : 0);

  const name = narrow ? 0 : 186;
  const end = narrow ? 0 : 156;
  const left = narrow ? frame.x : frame.x - 116;
  const bar: Box = { x: left + name, y: 0, width: frame.x + frame.width - left - name - end, height: 0 };
  const longest = Math.max(machineSize, ...images.map((one) => one.size));
  const scale = bar.width / longest;
  const words = narrow ? 52 : 0;
  const legend = narrow ? 4 * KEY + 14 : 50;
  const room = frame.height - AXIS - STRIP - 24 - legend;
  const slot = clamp(room / (rows + 1), { least: 48 + words, most: 84 + words });
  const thick = clamp((slot - words) * 0.66, { least: 30, most: 54 });
  const barAt = (y: number, from: number, bytes: number): Box => ({
    x: bar.x + from * scale,
    y: y + words,
    width: Math.max(2, bytes * scale),
    height: thick,
  });
  const nameAt = (y: number): Box =>
    narrow
      ? { x: left, y, width: frame.width - 150, height: words - 4 }
      : { x: left, y: y + thick / 2 - 24, width: name - 16, height: 48 };
  const sizeAt = (y: number, bytes: number): Box =>
    narrow
      ? { x: left + frame.width - 150, y, width: 150, height: words - 4 }
      : { x: bar.x + bytes * scale + 10, y: y + thick / 2 - 20, width: 146, height: 40 };

  const parts: Part[] = [];
  const low = frame.y + frame.height - 14;
  const used = AXIS + slot + legend + rows * slot + STRIP + 24;
  const top = frame.y + Math.max(0, Math.round((frame.height - used) / 2));
  let y = top + AXIS;
  const floor = y + slot + legend + rows * slot - 6;
  const step = stepFor(longest * (narrow ? 1.6 : 1));
  const right = frame.x + frame.width;
  for (let at = 0; at <= longest && bar.x + at * scale + TICK <= right; at += step) {
    const x = bar.x + at * scale;
    parts.push(part(`tick ${at}`, { x, y: top, width: TICK, height: floor - top }, { kind: "tick", size: at }));
  }
  parts.push(part("bar-name machine", nameAt(y), { kind: "bar-name", image: null }));
  let from = 0;
  for (const [index, disk] of machineDisk.entries()) {
    const at = barAt(y, from, disk.size);
    parts.push(
      part(
        `disk ${disk.name}`,
        at,
        { kind: "disk", part: disk.name, figure: disk },
        { from: { ...at, x: bar.x, width: 2 } },
      ),
    );
    const key: Box = narrow
      ? { x: left, y: at.y + thick + 8 + index * KEY, width: frame.width, height: KEY }
      : disk.name === "boot"
        ? { x: at.x + at.width - 220, y: at.y + thick + 6, width: 220, height: 36 }
        : { x: at.x, y: at.y + thick + 6, width: at.width, height: 36 };
    parts.push(part(`disk-key ${disk.name}`, key, { kind: "disk-key", part: disk.name, figure: disk }));
    from += disk.size;
  }
  parts.push(part("bar-size machine", sizeAt(y, machineSize), { kind: "bar-size", size: machineSize, image: null }));
  y += slot + legend;
  for (const one of images) {
    parts.push(part(`bar-name ${one.id}`, nameAt(y), { kind: "bar-name", image: one }));
    let below = 0;
    for (const sheet of sheetsOf(host, one, 12)) {
      const at = barAt(y, below, sheet.size);
      parts.push(
        part(
          sheet.id,
          at,
          { kind: "sheet", layers: sheet.layers, size: sheet.size, form: "bar" },
          { from: { ...at, x: bar.x, width: 2 } },
        ),
      );
      below += sheet.size;
    }
    parts.push(part(`bar-size ${one.id}`, sizeAt(y, one.size), { kind: "bar-size", size: one.size, image: one }));
    y += slot;
  }
  if (images.length === 0) {
    parts.push(part("pull", { x: bar.x, y: y + 2, width: bar.width, height: 38 }, { kind: "pull" }));
    y += slot;
  }
  if (others > 0) {
    parts.push(part("others", { ...nameAt(y), width: 300 }, { kind: "others", count: others }));
    y += 0.6 * slot;
  }
  const strip: Box = {
    x: left,
    y: Math.max(y + 10, Math.min(low - STRIP, y + 24)),
    width: frame.x + frame.width - left,
    height: STRIP,
  };
  parts.push(part("kernel", strip, { kind: "kernel", release: kernel.release, figure: null, of: "host" }));
  return { width: size.width, height: Math.max(frame.y + frame.height + 14, strip.y + STRIP + 14), parts };
}

import { kernel } from "../../engine/host-machine.ts";
import { type Box, clamp } from "../stage/box.ts";
import { bootLoader, kernelFile } from "./figures.ts";
import { type Size, frameOf, isNarrow } from "./frame.ts";
import { type Part, type Scene, type What, part } from "./scene.ts";
import type { Stage } from "./stages.ts";
import { type RootEntry, type Subject, sheetsOf } from "./subject.ts";

const GAP = 16;
/** Room for the arrow between the disk and the memory. */
const WIDE_GAP = 34;
/** bootfs once it is let go. */
const THIN = 32;
const SHEETS = 4;
const ENTRY = { width: 84, height: 34, gap: 8 };

const inset = (box: Box, by: number): Box => ({
  x: box.x + by,
  y: box.y + by,
  width: box.width - 2 * by,
  height: box.height - 2 * by,
});

const shifted = (box: Box, dy: number): Box => ({ ...box, y: box.y + dy });

/** Stages 1 to 5: a tower with bootfs at its foot, the memory over it, and over that what "/" is. */
export function layoutMachine(stage: Stage, subject: Subject, size: Size): Scene {
  const frame = frameOf(size);
  const narrow = isNarrow(size);
  const early = stage === "power" || stage === "load";
  const row = Math.round(
    clamp(frame.height * (early ? 0.26 : 0.2), { least: narrow ? 72 : 76, most: early ? 150 : 112 }),
  );
  const gone = stage === "release" || stage === "root" || stage === "container";
  const foot = gone ? THIN : narrow ? 136 : row;
  const gap = early ? WIDE_GAP : GAP;
  const above =
    stage === "root" ? rootParts : stage === "container" ? containerParts : (): Above => ({ parts: [], needs: 64 });
  const made = above(subject, { ...frame, height: 0 }, narrow);
  const height = Math.max(frame.height, foot + row + gap + GAP + made.needs);
  const bottom = frame.y + height;
  const bootfs: Box = { x: frame.x, y: bottom - foot, width: frame.width, height: foot };
  const memory: Box = { x: frame.x, y: bootfs.y - gap - row, width: frame.width, height: row };
  const place: Box = { x: frame.x, y: frame.y, width: frame.width, height: memory.y - GAP - frame.y };

  const label = narrow ? 12 : 196;
  const end = narrow ? 12 : 24;
  const top = narrow ? 40 : 14;
  const half = (bootfs.width - label - end - 12) / 2;
  const inside = (index: number): Box => ({
    x: bootfs.x + label + index * (half + 12),
    y: bootfs.y + (gone ? 2 : top),
    width: half,
    height: gone ? THIN - 4 : foot - top - 14,
  });
  const running = inset(memory, 8);
  const file = inside(1);
  const flow: Box = {
    x: file.x + file.width / 2 - 70,
    y: running.y + running.height,
    width: 140,
    height: file.y - running.y - running.height,
  };
  const loaded = stage !== "power";
  const filled = stage === "root" || stage === "container";

  return {
    width: size.width,
    height: bottom + 14,
    parts: [
      ...words(narrow, frame.x, [
        ["bootfs", bootfs],
        ["memory", memory],
        ...(filled ? [] : [["root", place] as const]),
      ]),
      part("place", place, { kind: "place" }, { opacity: filled ? 0 : 1 }),
      ...above(subject, place, narrow).parts,
      part("memory", memory, { kind: "memory" }),
      part("bootfs", bootfs, { kind: "bootfs", mounted: !gone }),
      ...(gone
        ? []
        : [
            part("loader", inside(0), { kind: "loader", figure: bootLoader }, { from: sunk(inside(0)) }),
            part("kernel-file", inside(1), { kind: "kernel-file", figure: kernelFile }, { from: sunk(inside(1)) }),
          ]),
      ...(stage === "load" ? [part("flow", flow, { kind: "flow" }, { from: { ...flow, y: file.y, height: 0 } })] : []),
      ...(loaded
        ? [
            part(
              "kernel",
              running,
              { kind: "kernel", release: kernel.release, figure: kernelFile, of: "host" },
              { from: inside(1) },
            ),
          ]
        : []),
    ],
  };
}

const sunk = (box: Box): Box => ({ ...box, y: box.y + 18 });

interface Above {
  readonly parts: readonly Part[];
  /** Height that it takes at least. */
  readonly needs: number;
}

/** Words at the left, one a row; none where it is narrow. */
function words(narrow: boolean, x: number, rows: readonly (readonly [string, Box])[]): Part[] {
  if (narrow) return [];
  return rows.map(([name, { y, height }]) =>
    part(`words ${name}`, { x: x - 124, y: y + height / 2 - 26, width: 112, height: 52 }, {
      kind: "words",
      words: name,
    } as What),
  );
}

/** Stage 4: the one root file system, with what is in its root directory. */
function rootParts({ image, entries }: Subject, place: Box, narrow: boolean): Above {
  const head = narrow ? 94 : 62;
  const around = 14;
  const most = Math.max(1, Math.floor((place.width - 2 * around + ENTRY.gap) / (ENTRY.width + ENTRY.gap)));
  const invite = image ? 0 : 52;
  const room = place.height - head - around - invite;
  const rows = Math.max(narrow ? 5 : 2, Math.floor((room + ENTRY.gap) / (ENTRY.height + ENTRY.gap)));
  const shown = fitting(entries, rows * most);
  const cells = shown.length + (shown.length < entries.length ? 1 : 0);
  // As even as they go: three rows of seven rather than two of ten and one left over.
  const used = Math.max(1, Math.min(rows, Math.max(Math.ceil(cells / most), narrow ? 0 : 3)));
  const columns = Math.max(1, Math.min(most, Math.ceil(cells / used)));
  const width = (place.width - 2 * around + ENTRY.gap) / columns - ENTRY.gap;
  const height = clamp((room + ENTRY.gap) / used - ENTRY.gap, { least: ENTRY.height, most: 88 });
  const at = (index: number): Box => ({
    x: place.x + around + (index % columns) * (width + ENTRY.gap),
    y: place.y + head + Math.floor(index / columns) * (height + ENTRY.gap),
    width,
    height,
  });
  const above = shifted(place, -28);
  return {
    needs: head + around + invite + used * (ENTRY.height + ENTRY.gap) - ENTRY.gap,
    parts: [
      ...words(narrow, place.x, [["readOnly", place]]),
      part("rootfs", place, { kind: "rootfs", image }, { from: above }),
      part(
        "remount",
        narrow
          ? { x: place.x + 12, y: place.y + 56, width: place.width - 24, height: 26 }
          : { x: place.x + place.width - 404, y: place.y + 16, width: 390, height: 28 },
        { kind: "remount" },
      ),
      ...shown.map((entry, index) =>
        part(`entry ${entry.name}`, at(index), { kind: "entry", entry }, { from: shifted(at(index), -28) }),
      ),
      ...more(entries.length - shown.length, at(shown.length)),
      ...invitation(image === null, place),
    ],
  };
}

/** As many as fit; the last place is kept for the word about the rest. */
function fitting(entries: readonly RootEntry[], places: number): readonly RootEntry[] {
  return entries.length <= places ? entries : entries.slice(0, Math.max(1, places - 1));
}

function more(count: number, at: Box): Part[] {
  return count > 0 ? [part("more", at, { kind: "more", count })] : [];
}

function invitation(wanted: boolean, place: Box): Part[] {
  const at = { x: place.x + 14, y: place.y + place.height - 50, width: place.width - 28, height: 38 };
  return wanted ? [part("pull", at, { kind: "pull" })] : [];
}

/** Stage 5: the image's layers, the writable layer over them, and what is seen from above. */
function containerParts({ host, image, container, entries }: Subject, place: Box, narrow: boolean): Above {
  const sheets = image ? sheetsOf(host, image, SHEETS) : [];
  const gap = 12;
  const rows = Math.max(1, sheets.length) + 2;
  const needs = rows * 46 + (rows - 1) * gap;
  const height = clamp((place.height - (rows - 1) * gap) / rows, { least: 46, most: 92 });
  const total = rows * height + (rows - 1) * gap;
  const bottom = place.y + place.height;
  const rowAt = (level: number): Box => ({
    x: place.x,
    y: bottom - (level + 1) * height - level * gap,
    width: place.width,
    height,
  });
  const writable = rowAt(rows - 2);
  const merged = rowAt(rows - 1);
  const from = narrow ? 142 : 196;
  const entry = narrow ? 54 : 74;
  const places = Math.max(1, Math.floor((place.width - from - (narrow ? 8 : 14)) / (entry + 6)));
  const width = (place.width - from - (narrow ? 8 : 14) + 6) / places - 6;
  const shown = fitting(entries, places);
  const entryAt = (index: number): Box => ({
    x: place.x + from + index * (width + 6),
    y: merged.y + (height - Math.min(height - 14, 44)) / 2,
    width,
    height: Math.min(height - 14, 44),
  });
  const readOnly: Box = {
    ...rowAt(Math.max(0, sheets.length - 1)),
    height: bottom - rowAt(Math.max(0, sheets.length - 1)).y,
  };
  return {
    needs: Math.max(needs, place.height > 0 ? total : 0),
    parts: [
      ...words(narrow, place.x, [
        ["merged", merged],
        ["writable", writable],
        ["readOnly", readOnly],
      ]),
      part("merged", merged, { kind: "merged" }),
      part("writable", writable, { kind: "writable", container }, { from: shifted(writable, -34) }),
      ...sheets.map((sheet, index) =>
        part(
          sheet.id,
          rowAt(index),
          { kind: "sheet", layers: sheet.layers, size: sheet.size, form: "plate" },
          { from: place },
        ),
      ),
      ...(image ? [] : [part("rootfs", rowAt(0), { kind: "rootfs", image }, { from: place })]),
      ...shown.map((entry, index) => part(`entry ${entry.name}`, entryAt(index), { kind: "entry", entry })),
      ...more(entries.length - shown.length, entryAt(shown.length)),
      ...invitation(image === null, rowAt(0)),
    ],
  };
}

import { kernel } from "../../engine/host-machine.ts";
import { type Box, clamp } from "../stage/box.ts";
import { machineDisk, machineRelease } from "./figures.ts";
import { type Size, frameOf, isNarrow } from "./frame.ts";
import { type Part, type Scene, part } from "./scene.ts";
import { type Subject, containerOf, sheetsOf } from "./subject.ts";

const GAP = 12;
const TITLE = 26;
const SHEETS = 3;
/** Of a container's own layer, on the root file system of its image. */
const WRITABLE = 58;

interface Tower {
  readonly ask: number;
  readonly root: number;
  readonly kernel: number;
}

/** Stage 7: beside a virtual machine with a kernel of its own, three root file systems over the one of the host. */
export function layoutKernel(subject: Subject, size: Size): Scene {
  const frame = frameOf(size);
  const narrow = isNarrow(size);
  const left = narrow ? frame.x : frame.x - 116;
  const whole = frame.x + frame.width - left;
  const own = narrow ? whole : Math.round(clamp(whole * 0.25, { least: 190, most: 300 }));
  const height = narrow ? Math.max(320, size.height - 24) : Math.max(320, frame.height);
  const tower: Tower = {
    ask: narrow ? 84 : Math.round(clamp(height * 0.2, { least: 68, most: 84 })),
    kernel: narrow ? 64 : Math.round(clamp(height * 0.18, { least: 56, most: 84 })),
    root: 0,
  };
  const root = height - TITLE - tower.ask - tower.kernel - 2 * GAP;
  const right: Box = narrow
    ? { x: left, y: frame.y, width: whole, height }
    : { x: left + own + 36, y: frame.y, width: whole - own - 36, height };
  const machine: Box = narrow
    ? { x: left, y: frame.y + height + 28, width: whole, height: 330 }
    : { x: left, y: frame.y, width: own, height };
  return {
    width: size.width,
    height: (narrow ? machine.y + machine.height : frame.y + height) + 14,
    parts: [...containers(subject, right, { ...tower, root }, narrow), ...virtualMachine(machine, tower)],
  };
}

function containers(
  { host, distributions }: Subject,
  at: Box,
  { ask, root, kernel: thick }: Tower,
  narrow: boolean,
): Part[] {
  const low: Box = { x: at.x, y: at.y + at.height - thick, width: at.width, height: thick };
  const width = (at.width - GAP * (distributions.length - 1)) / distributions.length;
  const parts: Part[] = [
    part("group containers", { ...at, height: TITLE }, { kind: "group", group: "containers" }),
    part("kernel", low, { kind: "kernel", release: kernel.release, figure: null, of: "host" }),
  ];
  for (const [index, distribution] of distributions.entries()) {
    const { image, answer, reference } = distribution;
    const x = at.x + index * (width + GAP);
    const asked: Box = { x, y: at.y + TITLE, width, height: ask };
    const gap = 8;
    // One that runs, or has run, has its own layer there; what is asked by `docker run --rm` leaves none.
    const container = containerOf(host, image, null);
    const top: Box = { x, y: asked.y + ask + GAP, width, height: WRITABLE };
    const taken = container ? WRITABLE + gap : 0;
    if (container) parts.push(part(`writable ${reference}`, top, { kind: "writable", container }));
    const stack: Box = { x, y: top.y + taken, width, height: root - taken };
    parts.push(part(`ask ${reference}`, asked, { kind: "ask", distribution }));
    const sheets = image ? sheetsOf(host, image, SHEETS) : [];
    if (sheets.length === 0) parts.push(part(`absent ${reference}`, stack, { kind: "absent", distribution }));
    const each = (stack.height - gap * (sheets.length - 1)) / Math.max(1, sheets.length);
    for (const [level, sheet] of sheets.entries()) {
      const y = stack.y + stack.height - (level + 1) * each - level * gap;
      const box = { x, y, width, height: each };
      parts.push(
        part(
          sheet.id,
          box,
          { kind: "sheet", layers: sheet.layers, size: sheet.size, form: "column" },
          { from: { ...box, y: y - 24 } },
        ),
      );
    }
    if (answer !== null) {
      const from = asked.y + ask;
      const line: Box = { x: x + width - (narrow ? 12 : 26), y: from, width: 2, height: low.y - from };
      parts.push(part(`line ${reference}`, line, { kind: "line", image }, { from: { ...line, y: low.y, height: 0 } }));
    }
  }
  return parts;
}

function virtualMachine(at: Box, { ask, kernel: thick }: Tower): Part[] {
  const [base, system, , boot] = machineDisk;
  const inner: Box = { x: at.x, y: at.y + TITLE, width: at.width, height: at.height - TITLE };
  const low = inner.y + inner.height;
  const under = Math.round(thick * 0.62);
  const own: Box = { ...inner, y: low - under - GAP - thick, height: thick };
  const answer: Box = { ...inner, height: ask };
  const root: Box = { ...inner, y: answer.y + ask + GAP, height: own.y - GAP - answer.y - ask - GAP };
  const size = (base?.size ?? 0) + (system?.size ?? 0) + (boot?.size ?? 0);
  const source = [base, system, boot].map((one) => one?.source ?? "").join("; ");
  const disk = machineDisk.find(({ name }) => name === "kernel");
  return [
    part("group machine", { ...at, height: TITLE }, { kind: "group", group: "machine" }),
    part("machine answer", answer, { kind: "machine-answer", release: machineRelease }),
    part("machine root", root, { kind: "machine-root", figure: { size, source } }),
    part("machine kernel", own, {
      kind: "kernel",
      release: machineRelease,
      figure: disk ?? null,
      of: "machine",
    }),
    part("hypervisor", { ...inner, y: low - under, height: under }, { kind: "hypervisor" }),
  ];
}

import { type FileEvent, type VolumeEvent, burst, volumeBurst } from "./burst.ts";
import type { EngineEvent } from "./event.ts";
import type { EngineState } from "./state.ts";
import type { Frame } from "./transaction.ts";

/** So many filesystem steps in a row are told one by one; more become one. */
const TOLD_ONE_BY_ONE = 8;

interface FileFrame extends Frame {
  readonly event: FileEvent;
}

function isFileFrame(frame: Frame): frame is FileFrame {
  const { type } = frame.event;
  return type.startsWith("fs.") && type !== "fs.burst" && type !== "fs.read";
}

interface VolumeFrame extends Frame {
  readonly event: VolumeEvent;
}

function isVolumeFrame(frame: Frame): frame is VolumeFrame {
  return frame.event.type === "volume.change";
}

/** What nobody should miss in a long run: a refused rename, and a directory that hides what was there before. */
function standsOut(event: EngineEvent): boolean {
  if (event.type === "fs.create") return event.kind === "directory" && event.over === "whiteout";
  return event.type === "fs.exdev" || event.type === "fs.opaque";
}

/** Steps in a row that all take away, or all do not. */
interface Piece {
  removing: boolean;
  readonly frames: FileFrame[];
}

function stretches(run: readonly FileFrame[]): Piece[] {
  const found: Piece[] = [];
  let removing = false;
  // From the end: a copy-up belongs to what it is done for, which comes next.
  for (const frame of run.toReversed()) {
    const { type } = frame.event;
    if (type !== "fs.copy-up") removing = type === "fs.whiteout" || type === "fs.remove";
    const last = found.at(-1);
    if (last?.removing === removing) last.frames.push(frame);
    else found.push({ removing, frames: [frame] });
  }
  for (const { frames } of found) frames.reverse();
  return found.reverse();
}

/** A run in pieces that are each about one thing: copying a tree, then removing the old one. What is short goes with what it interrupts. */
function pieces(run: readonly FileFrame[]): FileFrame[][] {
  const short = ({ frames }: Piece): boolean => frames.length <= TOLD_ONE_BY_ONE;
  const told: Piece[] = [];
  for (const stretch of stretches(run)) {
    const before = told.at(-1);
    if (before && (short(before) || short(stretch) || before.removing === stretch.removing)) {
      if (short(before)) before.removing = stretch.removing;
      for (const frame of stretch.frames) before.frames.push(frame);
    } else told.push(stretch);
  }
  return told.map(({ frames }) => frames);
}

/** Cuts a run where something stands out; too many of these are as little to be told one by one as others. */
function parts(run: readonly FileFrame[]): FileFrame[][] {
  const marks = run.filter(({ event }) => standsOut(event)).length;
  if (run.length <= TOLD_ONE_BY_ONE || marks > TOLD_ONE_BY_ONE) return [[...run]];
  const found: FileFrame[][] = [[]];
  for (const frame of run) {
    if (standsOut(frame.event)) found.push([frame], []);
    else found.at(-1)?.push(frame);
  }
  return found.flatMap(pieces);
}

type Change = FileFrame | VolumeFrame;

/** Every long run becomes one step, or a few, each in the place of its last; the rest stays as it is. `before`: the state before the first. */
function folded(run: readonly Change[], before: EngineState): Frame[] {
  const [first] = run;
  if (first === undefined || run.length <= TOLD_ONE_BY_ONE) return [...run];
  const { container } = first.event;
  const files = run.filter(isFileFrame);
  const volumes = new Map<string | null, VolumeFrame[]>();
  for (const frame of run.filter(isVolumeFrame)) {
    const { volume } = frame.event;
    const part = volumes.get(volume);
    if (part) part.push(frame);
    else volumes.set(volume, [frame]);
  }
  const place = new Map<Frame, number>(run.map((frame, at) => [frame, at]));
  const told: { readonly frame: Frame; readonly at: number }[] = [];
  const tellPart = <F extends Change>(part: readonly F[], fold: (events: F["event"][]) => EngineEvent): void => {
    const last = part.at(-1);
    if (last === undefined) return;
    const long = part.length > TOLD_ONE_BY_ONE;
    const frames = long ? [{ event: fold(part.map(({ event }) => event)), state: last.state }] : part;
    for (const frame of frames) told.push({ frame, at: place.get(long ? last : frame) ?? 0 });
  };
  const upperSize = ({ containers }: EngineState): number => containers.get(container)?.upper.size ?? 0;
  for (const part of parts(files)) {
    const [start, end] = [part[0], part.at(-1)];
    const was = run[(start ? (place.get(start) ?? 0) : 0) - 1]?.state ?? before;
    tellPart(part, (events) => burst(container, events, upperSize(end?.state ?? was) - upperSize(was)));
  }
  for (const [volume, part] of volumes) tellPart(part, (events) => volumeBurst(container, volume, events));
  return told.toSorted((a, b) => a.at - b.at).map(({ frame }) => frame);
}

/**
 * The frames as they are told: a long run of filesystem steps in one container is one step, or a few; so is one in
 * one volume, also where a command turns from one to the other and back. `before`: the state before the first.
 */
export function tell(frames: readonly Frame[], before: EngineState): Frame[] {
  const told: Frame[] = [];
  let run: Change[] = [];
  let state = before;
  const flush = (): void => {
    for (const frame of folded(run, state)) told.push(frame);
    state = run.at(-1)?.state ?? state;
    run = [];
  };
  for (const frame of frames) {
    if (!isFileFrame(frame) && !isVolumeFrame(frame)) {
      flush();
      told.push(frame);
      state = frame.state;
      continue;
    }
    if (run[0] && run[0].event.container !== frame.event.container) flush();
    run.push(frame);
  }
  flush();
  return told;
}

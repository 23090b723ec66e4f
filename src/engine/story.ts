import { type FileEvent, burst } from "./burst.ts";
import type { EngineEvent } from "./event.ts";
import type { Frame } from "./transaction.ts";

/** So many filesystem steps in a row are told one by one; more become one. */
const TOLD_ONE_BY_ONE = 8;

interface FileFrame extends Frame {
  readonly event: FileEvent;
}

function isFileFrame(frame: Frame): frame is FileFrame {
  return frame.event.type.startsWith("fs.") && frame.event.type !== "fs.burst";
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

/** The frames as they are told: a long run of filesystem steps in one container is one step, or a few. */
export function tell(frames: readonly Frame[]): Frame[] {
  const told: Frame[] = [];
  let run: FileFrame[] = [];
  const flush = (): void => {
    for (const part of parts(run)) {
      const last = part.at(-1);
      if (last === undefined || part.length <= TOLD_ONE_BY_ONE) told.push(...part);
      else {
        const events = part.map((frame) => frame.event);
        told.push({ event: burst(last.event.container, events), state: last.state });
      }
    }
    run = [];
  };
  for (const frame of frames) {
    if (!isFileFrame(frame)) {
      flush();
      told.push(frame);
      continue;
    }
    if (run[0] && run[0].event.container !== frame.event.container) flush();
    run.push(frame);
  }
  flush();
  return told;
}

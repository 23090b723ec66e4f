import type { EngineEvent } from "../engine/event.ts";
import type { HostState } from "../engine/host-state.ts";
import type { History } from "../host/protocol.ts";
import type { AppState } from "./store.ts";
import { lastStep, segmentAt } from "./time.ts";

/** What comes when a presenter goes on: the next step of the story, or, at its end, a line to type. */
export type Move =
  | { readonly kind: "step"; readonly command: string | null; readonly told: Told | null }
  | { readonly kind: "line"; readonly line: string };

/** What a step did, and the host after it. */
export interface Told {
  readonly event: EngineEvent;
  readonly state: HostState;
}

/** Null: nothing is to come. `planned`: lines that have not been typed yet. */
export function nextMove(
  state: Pick<AppState, "shown" | "step" | "frames" | "segments">,
  planned: readonly string[],
): Move | null {
  const { shown, frames, segments } = state;
  if (shown.step < lastStep(state)) {
    const step = Math.floor(shown.step) + 1;
    const told = frames.find((frame) => frame.step === step) ?? null;
    return { kind: "step", command: segmentAt(segments, step)?.command ?? null, told };
  }
  const line = planned[0];
  return line === undefined ? null : { kind: "line", line };
}

/** The lines of a plan that are still to come: they were typed in this order, whatever else was typed between them. */
export function linesLeft(plan: readonly string[], start: readonly string[], { entries, head }: History): string[] {
  const placed = entries.findIndex(({ index }) => index === head) + 1;
  let left = [...start, ...plan];
  for (const { line } of entries.slice(0, placed)) if (line === left[0]) left = left.slice(1);
  return left.slice(Math.max(0, left.length - plan.length));
}

/** Whether a line can be typed now: nothing runs but what waits for a shell in a container, and no editor is open. */
export function isIdle({ phase, editor, busy, sessions }: Pick<AppState, "phase" | "editor" | "busy" | "sessions">) {
  if (phase !== "ready" || editor !== null) return false;
  return busy.length === 0 || (busy.every((one) => one === "host") && sessions.some((session) => session.open));
}

import type { ReadStored } from "../core/filesystem/content.ts";
import type { Assertion, Goal, Verdict } from "../engine/goal/assertion.ts";
import { check } from "../engine/goal/check.ts";
import { proposedGoals } from "../engine/goal/propose.ts";
import { blobOf } from "../engine/archive/host-blob.ts";
import { compare } from "../engine/insight/compare.ts";
import type { Comparison } from "../engine/insight/comparison.ts";
import { type DeadBytes, deadBytes } from "../engine/insight/dead-bytes.ts";
import { type FileRead, readFileAt, visibleAt, visibleIn } from "../engine/insight/file.ts";
import { type Lift, lift } from "../engine/insight/lift.ts";
import { type PlateRange, type PlateRef, viewOfRange } from "../engine/insight/plates.ts";
import { type Removal, removal } from "../engine/insight/removal.ts";
import { type TextDifference, textDifference } from "../engine/insight/text-difference.ts";
import type { FlatTree } from "../engine/insight/flat-tree.ts";
import { listTree } from "../engine/insight/tree.ts";
import { type XRay, xray } from "../engine/insight/xray.ts";
import type { StackTarget } from "../engine/stack-view.ts";
import type { EngineState } from "../engine/state.ts";

/** A stack at some moment. */
export interface Moment {
  readonly target: StackTarget;
  /** null: as it is now. */
  readonly step: number | null;
}

/** A stack at some moment, or some of its plates alone. */
export interface Side extends Moment {
  readonly layers: PlateRange;
}

/** What can be asked about what is in the layers, and what is answered: null where that is not there (any more). */
export interface Insights {
  "x-ray": { question: Moment & { readonly path: string }; answer: XRay | null };
  "dead-bytes": { question: Moment; answer: DeadBytes | null };
  lift: { question: Moment & { readonly layer: PlateRef }; answer: Lift | null };
  removal: { question: Moment; answer: Removal | null };
  tree: { question: Moment & { readonly layer: PlateRef | null }; answer: FlatTree | null };
  /** At most `limit` bytes. */
  file: {
    question: Moment & { readonly layer: PlateRef | null; readonly path: string; readonly limit: number };
    answer: FileRead | null;
  };
  /** The whole of a regular file. */
  save: { question: Moment & { readonly layer: PlateRef | null; readonly path: string }; answer: Blob | null };
  compare: { question: { readonly before: Side; readonly after: Side }; answer: Comparison | null };
  /** Of one file; "large": more than {@link MOST_TEXT} bytes, "binary": no text. */
  text: {
    question: { readonly before: Side; readonly after: Side; readonly path: string };
    answer: TextDifference | "large" | "binary" | null;
  };
  /** Which goals have been reached; null for one that has, else what is missing. */
  goals: { question: { readonly goals: readonly Goal[]; readonly step: number | null }; answer: Verdict[] | null };
  /** What has come true since the step `from`. `lines`: what was typed between. */
  proposals: {
    question: { readonly from: number; readonly step: number | null; readonly lines: readonly string[] };
    answer: Assertion[] | null;
  };
}

export type InsightName = keyof Insights;

/** One question, tagged with its name. */
export type Question = { [N in InsightName]: { readonly about: N } & Insights[N]["question"] }[InsightName];

/** Of each side. */
const MOST_TEXT = 1_000_000;

type StateAt = (step: number | null) => EngineState | undefined | Promise<EngineState | undefined>;

/** Answers a question. `at`: the host at a step; undefined when it is not known any more. */
export async function insightInto(
  question: Question,
  at: StateAt,
  read: ReadStored,
): Promise<Insights[InsightName]["answer"]> {
  if (question.about === "compare" || question.about === "text") return between(question, at, read);
  const state = await at(question.step);
  if (!state) return null;
  if (question.about === "goals") return check(state, question.goals, read);
  if (question.about === "proposals") {
    const before = await at(question.from);
    return before ? proposedGoals(before, state, question.lines, read) : null;
  }
  const { target } = question;
  switch (question.about) {
    case "x-ray":
      return xray(state, target, question.path);
    case "dead-bytes":
      return deadBytes(state, target);
    case "lift":
      return lift(state, target, question.layer);
    case "removal":
      return removal(state, target);
    case "tree":
      return listTree(state, target, question.layer);
    case "file": {
      const node = visibleAt(state, target, question.layer, question.path);
      return node && readFileAt(node, question.limit, read);
    }
    case "save": {
      const node = visibleAt(state, target, question.layer, question.path);
      return node?.kind === "file" ? blobOf(node.content, read) : null;
    }
  }
}

async function between(
  question: Extract<Question, { about: "compare" | "text" }>,
  at: StateAt,
  read: ReadStored,
): Promise<Comparison | TextDifference | "large" | "binary" | null> {
  const { before, after } = question;
  const [old, now] = [await at(before.step), await at(after.step)];
  if (!old || !now || !isThere(old, before.target) || !isThere(now, after.target)) return null;
  if (question.about === "compare") return compare(viewOfSide(old, before), viewOfSide(now, after), read);
  const sides: Uint8Array[] = [];
  for (const [state, side] of [
    [old, before],
    [now, after],
  ] as const) {
    const node = visibleIn(viewOfSide(state, side), question.path);
    if (node && node.kind !== "file") return "binary";
    if (node && node.content.size > MOST_TEXT) return "large";
    sides.push((node && (await readFileAt(node, MOST_TEXT, read)).bytes) ?? new Uint8Array());
  }
  return textDifference(sides[0] as Uint8Array, sides[1] as Uint8Array) ?? "binary";
}

const viewOfSide = (state: EngineState, { target, layers }: Side) => viewOfRange(state, target, layers);

function isThere(state: EngineState, target: StackTarget): boolean {
  return target.kind === "container" ? state.containers.has(target.id) : state.images.has(target.id);
}

import { type Difference, compareViews } from "../../core/image/compare.ts";
import type { StackTarget } from "../stack-view.ts";
import type { EngineState } from "../state.ts";
import type { Mark } from "./comparison.ts";
import { type PlateRef, platesOf, viewOfPlates, viewOfTrees } from "./plates.ts";
import { sizeOf } from "./xray.ts";

/** What the merged view would be without one plate. */
export interface Lift {
  readonly layer: PlateRef;
  /** Files and links that would be gone, and their bytes. */
  readonly lost: { readonly files: number; readonly bytes: number };
  /** Those of which an older version would be seen. */
  readonly older: { readonly files: number };
  /** Those it deletes or hides, which would be seen again. */
  readonly back: { readonly files: number; readonly bytes: number };
  /** The first of them in path order. D: lost, C: older, A: back. */
  readonly first: readonly { readonly path: string; readonly mark: Mark; readonly size: number }[];
}

const NAMED = 200;

/** Null when the target has no such plate. */
export function lift(state: EngineState, target: StackTarget, layer: PlateRef): Lift | null {
  const plates = platesOf(state, target);
  if (!plates?.some((plate) => plate.layer === layer)) return null;
  const rest = plates.filter((plate) => plate.layer !== layer).map(({ tree }) => tree);
  const differences = compareViews(viewOfPlates(state, target), viewOfTrees(rest)).filter(
    ({ before, after }) => (after ?? before)?.kind !== "directory",
  );
  const of = (mark: Mark): Difference[] => differences.filter((difference) => markOf(difference) === mark);
  const [lost, older, back] = [of("D"), of("C"), of("A")];
  return {
    layer,
    lost: { files: lost.length, bytes: bytesOf(lost) },
    older: { files: older.length },
    back: { files: back.length, bytes: bytesOf(back) },
    first: differences.slice(0, NAMED).map((difference) => {
      const { path, before, after } = difference;
      const node = before ?? after;
      return { path, mark: markOf(difference), size: node ? sizeOf(node) : 0 };
    }),
  };
}

function markOf({ before, after }: Difference): Mark {
  if (before === null) return "A";
  return after === null ? "D" : "C";
}

function bytesOf(differences: readonly Difference[]): number {
  return differences.reduce((sum, { before, after }) => {
    const node = before ?? after;
    return sum + (node?.kind === "file" ? node.content.size : 0);
  }, 0);
}

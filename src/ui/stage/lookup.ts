import type { EngineEvent, LookupAnswer } from "../../engine/event.ts";
import { nameOf } from "./animations/motion.ts";
import { clamp } from "./box.ts";
import { type RowBox, type StackGeometry, tileBox } from "./layout.ts";

type ReadEvent = Extract<EngineEvent, { type: "fs.read" }>;

/** A lookup as a ray that falls down the column of a name, and what each plate on its way says. */
export interface LookupRay {
  readonly x: number;
  readonly top: number;
  readonly bottom: number;
  /** From the top; of many plates that have nothing only as many as can be told apart. */
  readonly marks: readonly LookupMark[];
  /** Where no tile stands for the name: nothing has it, or there is no room for its column. */
  readonly name: string | null;
}

export interface LookupMark extends LookupAnswer {
  readonly y: number;
}

const MOST_MARKS = 8;
/** From the last column to a ray that has none. */
const ASIDE = 52;

/** `null`: none of the plates is in the picture. */
export function lookupRay({ path, answers }: ReadEvent, stack: StackGeometry): LookupRay | null {
  const name = nameOf(path);
  const column = stack.columns.find((one) => one.name === name);
  const rows = new Map(stack.rows.map((row) => [row.key, row]));
  const marks = answers.flatMap(({ layer, answer }): LookupMark[] => {
    const row = rows.get(layer);
    return row && (row.form !== "line" || answer !== "nothing")
      ? [{ layer, answer, y: heightIn(row, stack, name) }]
      : [];
  });
  const last = marks.at(-1);
  if (!last) return null;
  const right = stack.ownWidth - stack.factsWidth - ASIDE;
  const x = column
    ? column.x + Math.round(column.width / 2)
    : clamp(stack.foldX + ASIDE, { least: stack.labelWidth + ASIDE, most: right });
  return {
    x,
    top: stack.merged.y + stack.merged.height - (column ? stack.inset : 0),
    bottom: last.y,
    marks: [...marks.slice(0, -1).slice(0, MOST_MARKS - 1), last],
    name: column ? null : name,
  };
}

/** Where the ray meets what a row has of the name; where it passes through, when that is nothing. */
function heightIn(row: RowBox, stack: StackGeometry, name: string): number {
  return tileBox(stack, row.key, name)?.y ?? row.y + row.height / 2;
}

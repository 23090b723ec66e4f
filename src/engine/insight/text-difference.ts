import { type StructuredPatchHunk, structuredPatch } from "diff";

/** Two texts side by side, what is equal and far from a change left out. */
export interface TextDifference {
  readonly rows: readonly TextRow[];
  readonly added: number;
  readonly deleted: number;
}

export type TextRow =
  /** A line of both, or one that came in the place of another, or one of one side alone. Lines count from 1. */
  | {
      readonly kind: "same" | "changed" | "added" | "deleted";
      readonly before: TextLine | null;
      readonly after: TextLine | null;
    }
  /** So many equal lines are not shown. */
  | { readonly kind: "skipped"; readonly count: number };

export interface TextLine {
  readonly number: number;
  readonly text: string;
}

/** Lines around a change. */
const CONTEXT = 3;
/** More changed lines than that are no text that one compares. */
const MOST_EDITS = 5000;

/** Null when one of them is no text, or the two have too little in common. (UTF-8 without NUL, as git tells text from binary) */
export function textDifference(before: Uint8Array, after: Uint8Array): TextDifference | null {
  const [old, now] = [textOf(before), textOf(after)];
  if (old === null || now === null) return null;
  const options = { context: CONTEXT, maxEditLength: MOST_EDITS };
  const patch = structuredPatch("", "", old, now, "", "", options);
  if (!patch) return null;
  const rows: TextRow[] = [];
  let shown = 0;
  for (const hunk of patch.hunks) {
    const start = hunk.oldStart - 1;
    if (start > shown) rows.push({ kind: "skipped", count: start - shown });
    rows.push(...rowsOf(hunk));
    shown = start + hunk.oldLines;
  }
  const left = lineCount(old) - shown;
  if (left > 0) rows.push({ kind: "skipped", count: left });
  const lines = patch.hunks.flatMap((hunk) => hunk.lines);
  const count = (sign: string): number => lines.filter((line) => line.startsWith(sign)).length;
  return { rows, added: count("+"), deleted: count("-") };
}

/** Null for what is no text. */
export function textOf(bytes: Uint8Array): string | null {
  if (bytes.includes(0)) return null;
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

const lineCount = (text: string): number => (text === "" ? 0 : text.split("\n").length - (text.endsWith("\n") ? 1 : 0));

function rowsOf(hunk: StructuredPatchHunk): TextRow[] {
  const rows: TextRow[] = [];
  let [old, now] = [hunk.oldStart, hunk.newStart];
  let gone: TextLine[] = [];
  let come: TextLine[] = [];
  const pair = (): void => {
    for (let index = 0; index < Math.max(gone.length, come.length); index++) {
      const [before, after] = [gone[index] ?? null, come[index] ?? null];
      rows.push({ kind: before && after ? "changed" : before ? "deleted" : "added", before, after });
    }
    [gone, come] = [[], []];
  };
  for (const line of hunk.lines) {
    const text = line.slice(1);
    if (line.startsWith("-")) gone.push({ number: old++, text });
    else if (line.startsWith("+")) come.push({ number: now++, text });
    else if (line.startsWith(" ")) {
      pair();
      rows.push({ kind: "same", before: { number: old++, text }, after: { number: now++, text } });
    }
  }
  pair();
  return rows;
}

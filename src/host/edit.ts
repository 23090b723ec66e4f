import { diffLines } from "diff";

/** In a text: so many characters stay, so many are taken out, and this comes in their place. */
export interface Splice {
  readonly keep: number;
  readonly drop: number;
  readonly put: string;
}

/**
 * What an editor saved while a command ran: the whole text, or what it changed in a text of `size` characters
 * (UTF-16 code units), whichever is shorter. What comes behind the last change stays.
 */
export type SavedEdit =
  | { readonly path: string; readonly text: string }
  | { readonly path: string; readonly size: number; readonly changes: readonly Splice[] };

/** Two texts that have less in common than this many lines apart are not compared to the end. */
const MOST_EDITS = 1000;

/** What saving `text` where `before` was is logged as. */
export function savedEdit(path: string, before: string | null, text: string): SavedEdit {
  const whole = { path, text };
  if (before === null) return whole;
  const changes = changesBetween(before, text);
  if (changes === null || JSON.stringify(changes).length >= JSON.stringify(text).length) return whole;
  return { path, size: before.length, changes };
}

/** The text after an edit; null when that was made in another text than `before`. */
export function textAfter(edit: SavedEdit, before: string): string | null {
  if ("text" in edit) return edit.text;
  if (edit.size !== before.length) return null;
  let at = 0;
  let text = "";
  for (const { keep, drop, put } of edit.changes) {
    text += before.slice(at, at + keep) + put;
    at += keep + drop;
  }
  return at > before.length ? null : text + before.slice(at);
}

/** By lines, and where lines differ, without what they begin and end with alike. Null: too much differs. */
function changesBetween(before: string, text: string): Splice[] | null {
  const parts = diffLines(before, text, { maxEditLength: MOST_EDITS });
  if (!parts) return null;
  const changes: Splice[] = [];
  let keep = 0;
  for (let index = 0; index < parts.length; index++) {
    const part = parts[index];
    if (!part) break;
    if (!part.added && !part.removed) {
      keep += part.value.length;
      continue;
    }
    // What was taken out and what came in its place stand side by side.
    const next = parts[index + 1];
    const other = next && (next.added || next.removed) && next.added !== part.added ? next : undefined;
    if (other) index++;
    const removed = (part.removed ? part : other)?.value ?? "";
    const added = (part.added ? part : other)?.value ?? "";
    const head = alike(removed, added, (a, at) => a[at]);
    const tail = alike(removed.slice(head), added.slice(head), (a, at) => a[a.length - 1 - at]);
    const drop = removed.length - head - tail;
    changes.push({ keep: keep + head, drop, put: added.slice(head, added.length - tail) });
    keep = tail;
  }
  return changes;
}

function alike(a: string, b: string, charAt: (text: string, at: number) => string | undefined): number {
  const most = Math.min(a.length, b.length);
  let count = 0;
  while (count < most && charAt(a, count) === charAt(b, count)) count++;
  return count;
}

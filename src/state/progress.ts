import { sha256 } from "../core/oci/digest.ts";
import type { PreferenceStore } from "./preferences.ts";

/** What somebody has done of the lessons, in this browser or from a file. Plain JSON. */
export interface Progress {
  readonly lamina: "progress";
  readonly version: 1;
  /** By lesson id: names of the goals that were reached at some time, and whether all were at once. */
  readonly lessons: Readonly<Record<string, { readonly reached: readonly string[]; readonly done: boolean }>>;
}

const KEY = "lamina.progress";

export const noProgress: Progress = { lamina: "progress", version: 1, lessons: {} };

/** Null when `text` is not a progress. */
export function readProgress(text: string): Progress | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  if (!isRecord(value) || value["lamina"] !== "progress" || value["version"] !== 1) return null;
  const lessons: Record<string, { reached: string[]; done: boolean }> = {};
  for (const [id, one] of Object.entries(isRecord(value["lessons"]) ? value["lessons"] : {})) {
    if (!/^[a-z0-9-]{1,60}$/.test(id) || !isRecord(one) || !Array.isArray(one["reached"])) continue;
    const reached = one["reached"].filter((name): name is string => typeof name === "string" && name.length <= 60);
    lessons[id] = { reached, done: one["done"] === true };
  }
  return { ...noProgress, lessons };
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

export function keptProgress(store: PreferenceStore | null): Progress {
  try {
    return readProgress(store?.getItem(KEY) ?? "") ?? noProgress;
  } catch {
    return noProgress;
  }
}

export function keepProgress(store: PreferenceStore | null, progress: Progress): void {
  try {
    store?.setItem(KEY, JSON.stringify(progress));
  } catch {
    // Storage is full or forbidden: it is known for this visit only.
  }
}

/** What was done in either is done. */
export function joinedProgress(a: Progress, b: Progress): Progress {
  const lessons = { ...a.lessons };
  for (const [id, { reached, done }] of Object.entries(b.lessons)) {
    const known = lessons[id];
    lessons[id] = {
      reached: [...new Set([...(known?.reached ?? []), ...reached])],
      done: done || (known?.done ?? false),
    };
  }
  return { ...a, lessons };
}

/** Crockford's base32: no letter that is taken for a digit. */
const LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/**
 * A short code that says which lessons of a course somebody has done: 20 bits of lessons, 20 bits that bind them to
 * the name. It is no proof against whoever reads this file.
 */
export function completionCode(person: string, course: readonly string[], progress: Progress): string {
  const bits = course.reduce((sum, id, index) => sum + (progress.lessons[id]?.done ? 2 ** index : 0), 0);
  const text = digits(bits, 4) + digits(bound(person, bits), 4);
  return `${text.slice(0, 4)}-${text.slice(4)}`;
}

/** The lessons that a code of that person speaks of; null when they do not belong together. */
export function readCompletionCode(person: string, code: string, course: readonly string[]): string[] | null {
  const text = code.toUpperCase().replaceAll(/[\s-]/g, "").replaceAll("O", "0").replaceAll(/[IL]/g, "1");
  const values = [...text].map((letter) => LETTERS.indexOf(letter));
  if (values.length !== 8 || values.includes(-1)) return null;
  const number = (part: readonly number[]): number => part.reduce((sum, value) => sum * 32 + value, 0);
  const bits = number(values.slice(0, 4));
  if (bound(person, bits) !== number(values.slice(4))) return null;
  return course.filter((_, index) => Math.floor(bits / 2 ** index) % 2 === 1);
}

function bound(person: string, bits: number): number {
  const name = person.normalize("NFKC").trim().replaceAll(/\s+/g, " ").toLowerCase();
  const digest = sha256(new TextEncoder().encode(`lamina ${name} ${bits}`));
  return Number.parseInt(digest.slice("sha256:".length, "sha256:".length + 5), 16);
}

function digits(value: number, count: number): string {
  let text = "";
  for (let rest = value; text.length < count; rest = Math.floor(rest / 32)) text = (LETTERS[rest % 32] ?? "0") + text;
  return text;
}

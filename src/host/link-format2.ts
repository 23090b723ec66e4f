import * as v from "valibot";
import { type LocaleTag, locales } from "../content/locales/index.ts";
import { hexOf, sha256 } from "../core/oci/digest.ts";
import type { SavedEdit } from "./edit.ts";
import { dictionary2 } from "./link-dictionary.ts";
import { packed, unpacked } from "./packing.ts";
import type { TerminalId } from "./protocol.ts";
import type { LogEntry, Scenario, Words } from "./scenario.ts";

/**
 * Format 2: three bytes of the text's sha256, then the text, deflated. Its first line is a JSON array
 * `[seed, catalogue, start, times, more?]`; each other line is an entry: what was typed as it stands, or a JSON
 * array `[terminal, line, more?]` when it is not a plain line of the terminal that the entry before was of
 * (docs/link.md). What comes first can be read when the end is lost.
 */
const CHECK = 3;

/** More than anybody types; a link can name millions. */
const MOST_ENTRIES = 10_000;

export interface Damage {
  /** "cut": it ends too early, what is there is right. "altered": from some place on it is not what was sent. */
  readonly reason: "cut" | "altered";
  /** So many entries can be read, of so many. */
  readonly read: number;
  readonly of: number;
}

const count = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(Number.MAX_SAFE_INTEGER));
const words = v.record(v.string(), v.string());
const header = v.tuple([
  v.pipe(v.string(), v.regex(/^[0-9a-f]{1,64}$/)),
  v.string(),
  v.pipe(v.string(), v.regex(/^[0-9a-z]{1,9}$/)),
  v.pipe(v.string(), v.regex(/^[0-9a-z ]*$/)),
  v.optional(v.object({ t: v.optional(words), s: v.optional(count), l: v.optional(v.unknown()) }), {}),
]);
const edit = v.union([
  v.tuple([v.string(), v.string()]),
  v.tupleWithRest([v.string(), count], v.union([count, v.string()])),
]);
const typed = v.tuple([
  count,
  v.string(),
  v.optional(
    v.object({ e: v.optional(v.array(edit)), i: v.optional(count), t: v.optional(words), n: v.optional(words) }),
    {},
  ),
]);

export function write2(scenario: Scenario): Uint8Array {
  const { seed, catalogue, entries, title, start, lesson } = scenario;
  const begin = tenths(entries[0]?.at ?? 0);
  const times = entries.map(({ at }, index) => tenths(at) - tenths(entries[index - 1]?.at ?? at));
  const more = {
    ...(title && { t: title }),
    ...(start !== undefined && { s: start }),
    ...(lesson !== undefined && { l: lesson }),
  };
  const first = [seed, catalogue, begin.toString(36), times.map((time) => time.toString(36)).join(" "), ...some(more)];
  let terminal: TerminalId = "host";
  const lines = entries.map((entry) => {
    const line = lineOf(entry, terminal);
    terminal = entry.terminal;
    return line;
  });
  const text = [JSON.stringify(first), ...lines].join("\n");
  const stream = packed(text, dictionary2);
  const bytes = new Uint8Array(CHECK + stream.length);
  bytes.set(checkOf(text));
  bytes.set(stream, CHECK);
  return bytes;
}

/** Null when not even the beginning can be read. */
export function read2(bytes: Uint8Array): { readonly scenario: Scenario; readonly damage: Damage | null } | null {
  const { text, broken } = unpacked(bytes.subarray(CHECK), dictionary2);
  const whole = !broken && checkOf(text).every((byte, index) => byte === bytes[index]);
  const lines = text.split("\n", MOST_ENTRIES + 2);
  const first = v.safeParse(header, jsonOf(lines.shift() ?? ""));
  if (!first.success) return null;
  const [seed, catalogue, begin, timesText, more] = first.output;
  const times = timesText === "" ? [] : timesText.split(" ", MOST_ENTRIES + 1).map((time) => Number.parseInt(time, 36));
  const of = times.length;
  // The last line that is there may be half of one.
  const certain = Math.min(MOST_ENTRIES, whole ? of : Math.min(of, lines.length - 1));
  const entries: LogEntry[] = [];
  let at = Number.parseInt(begin, 36);
  for (const line of lines.slice(0, Math.max(0, certain))) {
    at += times[entries.length] ?? 0;
    const entry = Number.isSafeInteger(at * 100) ? entryOf(line, entries.at(-1)?.terminal ?? "host", at * 100) : null;
    if (!entry) break;
    entries.push(entry);
  }
  const title = wordsOf(more.t);
  const scenario: Scenario = {
    seed,
    catalogue,
    entries,
    ...(title && { title }),
    ...(more.s !== undefined && { start: more.s }),
    ...(more.l !== undefined && { lesson: more.l }),
  };
  if (whole && entries.length === of) return { scenario, damage: null };
  const cut = !broken && !whole && lines.length < of + 1;
  return { scenario, damage: { reason: cut ? "cut" : "altered", read: entries.length, of } };
}

function lineOf(entry: LogEntry, terminal: TerminalId): string {
  // What was handed in stays behind; an empty line keeps its place, on which the random numbers of those after it depend.
  const line = entry.imported ? "" : entry.line;
  const { edits = [], interruptedAfter, title, note } = entry;
  const more = {
    ...(edits.length > 0 && { e: edits.map(flat) }),
    ...(interruptedAfter !== undefined && { i: interruptedAfter }),
    ...(title && { t: title }),
    ...(note && { n: note }),
  };
  // A lone half of a surrogate pair has no UTF-8; JSON has an escape for it.
  const plain = entry.terminal === terminal && some(more).length === 0 && !/^\[|\n|\p{Surrogate}/u.test(line);
  return plain ? line : JSON.stringify([terminalNumber(entry.terminal), line, ...some(more)]);
}

function entryOf(text: string, terminal: TerminalId, at: number): LogEntry | null {
  if (!text.startsWith("[")) return { terminal, line: text, at };
  const parsed = v.safeParse(typed, jsonOf(text));
  if (!parsed.success) return null;
  const [number, line, { e = [], i, t, n }] = parsed.output;
  const edits = e.map(editOf);
  const [title, note] = [wordsOf(t), wordsOf(n)];
  return {
    terminal: number === 0 ? "host" : `session-${number}`,
    line,
    at,
    ...(edits.length > 0 && { edits }),
    ...(i !== undefined && { interruptedAfter: i }),
    ...(title && { title }),
    ...(note && { note }),
  };
}

function flat(one: SavedEdit): (string | number)[] {
  if ("text" in one) return [one.path, one.text];
  return [one.path, one.size, ...one.changes.flatMap(({ keep, drop, put }) => [keep, drop, put])];
}

function editOf([path, second, ...rest]: v.InferOutput<typeof edit>): SavedEdit {
  if (typeof second === "string") return { path, text: second };
  const changes = [];
  for (let at = 0; at < rest.length; at += 3) {
    const [keep, drop, put] = rest.slice(at);
    changes.push({ keep: Number(keep) || 0, drop: Number(drop) || 0, put: typeof put === "string" ? put : "" });
  }
  return { path, size: second, changes };
}

/** Of languages that this page has. */
function wordsOf(written: Readonly<Record<string, string>> = {}): Words | undefined {
  const known = Object.entries(written).filter(([tag]) => Object.hasOwn(locales, tag)) as [LocaleTag, string][];
  return known.length > 0 ? Object.fromEntries(known) : undefined;
}

/** Nothing in place of an object that has nothing in it. */
function some(more: object): object[] {
  return Object.keys(more).length > 0 ? [more] : [];
}

function terminalNumber(terminal: TerminalId): number {
  return terminal === "host" ? 0 : Number(terminal.slice("session-".length));
}

function tenths(ms: number): number {
  return Math.round(ms / 100);
}

function checkOf(text: string): number[] {
  const hex = hexOf(sha256(new TextEncoder().encode(text)));
  return Array.from({ length: CHECK }, (_, index) => Number.parseInt(hex.slice(2 * index, 2 * index + 2), 16));
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

import { deflateSync, Inflate } from "fflate";
import * as v from "valibot";
import { dictionary1 } from "./link-dictionary.ts";
import type { LinkResult, TerminalId } from "./protocol.ts";
import type { LogEntry, Scenario } from "./scenario.ts";

/**
 * A link carries the log in its fragment: one character of format version, then base64url of raw
 * deflate (with a preset dictionary) of compact JSON:
 *
 *   [seed, catalogue, start, [[terminal, line, Δt, edits?, interrupted?], ...]]
 *
 * `start` and `Δt` in tenths of a second, Δt since the entry before; `terminal` 0 is the host, n is
 * session n; `edits` is `[path, text, ...]`; trailing defaults are left out. Formats once released open for ever.
 */
const FORMAT = "1";

/** The log of a link this long would be megabytes: nobody typed it. */
const MAX_INFLATED = 8 * 1024 * 1024;

/** A link that cannot be opened. `reason` is what the page tells the visitor in their language. */
export class LinkError extends Error {
  override readonly name = "LinkError";
  constructor(readonly reason: "foreign" | "newer" | "damaged" | "empty") {
    super(`this link cannot be opened: ${reason}`);
  }
}

const packed = v.tuple([
  v.pipe(v.string(), v.regex(/^[0-9a-f]{1,64}$/)),
  v.string(),
  v.number(),
  v.array(
    v.tupleWithRest(
      [v.pipe(v.number(), v.integer(), v.minValue(0)), v.string()],
      v.union([v.number(), v.array(v.string())]),
    ),
  ),
]);

export function encodeLink(scenario: Scenario): string {
  let last = scenario.entries[0]?.at ?? 0;
  const entries = scenario.entries.map((entry) => {
    // An import stays behind; an empty line keeps its place, on which the random numbers of those after it depend.
    const line = entry.imported ? "" : entry.line;
    const tuple: (number | string | string[])[] = [terminalNumber(entry.terminal), line, tenths(entry.at - last)];
    last = entry.at;
    const edits = (entry.edits ?? []).flatMap((edit) => [edit.path, edit.text]);
    tuple.push(edits);
    if (entry.interruptedAfter !== undefined) tuple.push(entry.interruptedAfter);
    else {
      if (edits.length === 0) tuple.pop();
      if (tuple.length === 3 && tuple[2] === 0) tuple.pop();
    }
    return tuple;
  });
  const text = JSON.stringify([scenario.seed, scenario.catalogue, tenths(scenario.entries[0]?.at ?? 0), entries]);
  const bytes = new TextEncoder().encode(text);
  return FORMAT + base64url(deflateSync(bytes, { level: 9, dictionary: new TextEncoder().encode(dictionary1) }));
}

/** What a link of this scenario leaves behind: names or ids of the images that were handed in as archives. */
function leftBehind(scenario: Scenario): string[] {
  return [...new Set(scenario.entries.flatMap((entry) => entry.imported ?? []))];
}

export function linkOf(scenario: Scenario): LinkResult {
  const commands = scenario.entries.filter((entry) => !entry.imported).length;
  return { fragment: encodeLink(scenario), commands, left: leftBehind(scenario) };
}

/** Throws {@link LinkError}. */
export function decodeLink(fragment: string): Scenario {
  const text = fragment.startsWith("#") ? fragment.slice(1) : fragment;
  if (text === "") throw new LinkError("empty");
  if (!/^[0-9A-Za-z][\w-]*$/.test(text)) throw new LinkError("foreign");
  if (text[0] !== FORMAT) throw new LinkError(/[2-9]/.test(text[0] ?? "") ? "newer" : "foreign");
  let value: unknown;
  try {
    value = JSON.parse(inflate(fromBase64url(text.slice(1))));
  } catch {
    throw new LinkError("damaged");
  }
  const parsed = v.safeParse(packed, value);
  if (!parsed.success) throw new LinkError("damaged");
  const [seed, catalogue, start, tuples] = parsed.output;
  let at = start * 100;
  const entries = tuples.map(([terminal, line, ...rest]): LogEntry => {
    const [delta = 0, edits = [], interruptedAfter] = rest as [number?, string[]?, number?];
    at += delta * 100;
    return {
      terminal: terminal === 0 ? "host" : `session-${terminal}`,
      line,
      at,
      ...(edits.length > 0 ? { edits: pairs(edits) } : {}),
      ...(interruptedAfter === undefined ? {} : { interruptedAfter }),
    };
  });
  return { seed, catalogue, entries };
}

function terminalNumber(terminal: TerminalId): number {
  return terminal === "host" ? 0 : Number(terminal.slice("session-".length));
}

function tenths(ms: number): number {
  return Math.round(ms / 100);
}

function pairs(flat: readonly string[]): { path: string; text: string }[] {
  const edits = [];
  for (let index = 0; index + 1 < flat.length; index += 2) {
    edits.push({ path: flat[index] ?? "", text: flat[index + 1] ?? "" });
  }
  return edits;
}

function inflate(bytes: Uint8Array): string {
  const chunks: Uint8Array[] = [];
  let size = 0;
  let ended = false;
  const stream = new Inflate({ dictionary: new TextEncoder().encode(dictionary1) }, (chunk, final) => {
    size += chunk.length;
    if (size > MAX_INFLATED) throw new RangeError("inflates to more than a log can be");
    chunks.push(chunk.slice());
    ended = final;
  });
  // In small pieces, so that a bomb is noticed before it has gone off.
  for (let at = 0; at < bytes.length; at += 1024) {
    stream.push(bytes.subarray(at, at + 1024), at + 1024 >= bytes.length);
  }
  if (!ended) throw new RangeError("ends too early");
  const all = new Uint8Array(size);
  let offset = 0;
  for (const chunk of chunks) {
    all.set(chunk, offset);
    offset += chunk.length;
  }
  return new TextDecoder("utf-8", { fatal: true }).decode(all);
}

function base64url(bytes: Uint8Array): string {
  let binary = "";
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

function fromBase64url(text: string): Uint8Array {
  const binary = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(binary, (char) => char.charCodeAt(0));
}

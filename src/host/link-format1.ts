import * as v from "valibot";
import { dictionary1 } from "./link-dictionary.ts";
import { unpacked } from "./packing.ts";
import type { LogEntry, Scenario } from "./scenario.ts";

/**
 * Format 1, which is only read any more: [seed, catalogue, start, [[terminal, line, Δt, edits?, interrupted?], ...]],
 * `edits` as `[path, text, ...]` (docs/link.md).
 */
const shape = v.tuple([
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

/** Null when it is damaged: this format does not say how far it is right. */
export function read1(bytes: Uint8Array): Scenario | null {
  const parsed = v.safeParse(shape, jsonOf(unpacked(bytes, dictionary1).text));
  if (!parsed.success) return null;
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

function pairs(flat: readonly string[]): { path: string; text: string }[] {
  const edits = [];
  for (let index = 0; index + 1 < flat.length; index += 2) {
    edits.push({ path: flat[index] ?? "", text: flat[index + 1] ?? "" });
  }
  return edits;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

import { diff } from "../container/diff.ts";
import { entriesFromTree } from "../filesystem/changeset.ts";
import { tarName } from "../tar/write.ts";
import { mergedDump, upperDump } from "./dump.ts";
import { type Corner, Replay } from "./replay.ts";
import type { Trace } from "./trace.ts";

/** Where an answer differs from the kernel's: at which call, or in which view of the end. */
export interface Divergence {
  readonly trace: string;
  readonly where: string;
  readonly expected: unknown;
  readonly actual: unknown;
  /** The named corner that the trace met before. */
  readonly corner: Corner | null;
}

const LETTER = {
  file: "f",
  whiteout: "f",
  opaque: "f",
  directory: "d",
  symlink: "l",
  hardlink: "h",
  character: "c",
  block: "b",
  fifo: "p",
} as const;

/**
 * Replays one recorded trace and tells how it differs, at most one divergence a view: the calls up to
 * the first that differs, then the merged view, the upper directory, `docker diff`, the committed tar.
 */
export function replay(trace: Trace): Divergence[] {
  const mount = new Replay(trace);
  const found: Divergence[] = [];
  const compare = (where: string, expected: unknown, actual: unknown): boolean => {
    const difference = firstDifference(expected, actual);
    if (difference)
      found.push({ trace: trace.id, where: `${where}${difference.at}`, corner: mount.corner, ...difference });
    return difference === null;
  };
  let before = trace.steps ? upperDump(mount.fs.upper) : null;
  for (const [index, operation] of trace.ops.entries()) {
    const where = `${index} ${JSON.stringify(operation)}`;
    if (!compare(where, trace.res[index], mount.run(operation))) return found;
    if (!before) continue;
    const after = upperDump(mount.fs.upper);
    const changed: Record<string, unknown> = {};
    for (const path of new Set([...Object.keys(before), ...Object.keys(after)])) {
      if (firstDifference(before[path], after[path])) changed[path] = after[path] ?? null;
    }
    const expected = index === 0 ? withoutUntouched(trace.steps?.[0] ?? {}, before) : trace.steps?.[index];
    if (!compare(`${where} upper`, expected, changed)) return found;
    before = after;
  }
  compare("merged", trace.merged, mergedDump(mount.fs));
  compare("upper", trace.upper, upperDump(mount.fs.upper));
  compare("diff", trace.diff, diff(mount.lower, mount.fs.upper));
  const tar = entriesFromTree(mount.fs.upper).map((entry) => [
    tarName(entry),
    LETTER[entry.kind],
    ...(entry.kind === "hardlink" ? [entry.target] : []),
  ]);
  compare("tar", trace.tar, tar);
  return found;
}

/** The recording's first step names the fresh root too, which no operation changed. */
function withoutUntouched(step: Readonly<Record<string, unknown>>, before: Readonly<Record<string, unknown>>): unknown {
  return Object.fromEntries(Object.entries(step).filter(([path, entry]) => firstDifference(before[path], entry)));
}

interface Difference {
  readonly at: string;
  readonly expected: unknown;
  readonly actual: unknown;
}

/** The first place where two JSON values differ; the order of keys does not count. */
function firstDifference(expected: unknown, actual: unknown, at = ""): Difference | null {
  if (expected === actual) return null;
  if (!isObject(expected) || !isObject(actual) || Array.isArray(expected) !== Array.isArray(actual)) {
    return { at, expected, actual };
  }
  for (const key of new Set([...Object.keys(expected), ...Object.keys(actual)])) {
    const difference = firstDifference(expected[key], actual[key], `${at} ${key}`);
    if (difference) return difference;
  }
  return null;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

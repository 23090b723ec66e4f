import { type Content, type ReadStored, readSegments } from "../../core/filesystem/content.ts";
import type { VisibleNode } from "../../core/filesystem/file-tree.ts";
import { type Aspect, type Difference, type View, compareViews } from "../../core/image/compare.ts";
import { type Compared, type ComparedEntry, type Comparison, MOST, type Mark, type Sum, grown } from "./comparison.ts";
import { sizeOf } from "./xray.ts";

/** Compares by path; files of equal size that lie in different places are read. */
export async function compare(before: View, after: View, read: ReadStored): Promise<Comparison> {
  const entries: ComparedEntry[] = [];
  for (const difference of compareViews(before, after)) {
    const aspects = difference.unread ? await certain(difference, read) : difference.aspects;
    const { path, before: old, after: now } = difference;
    const mark = old === null ? "A" : now === null ? "D" : "C";
    if (mark === "C" && aspects.length === 0) continue;
    entries.push({ path, mark, before: old && compared(old), after: now && compared(now), aspects });
  }
  const sum = (mark: Mark): Sum => {
    const files = entries.filter((entry) => entry.mark === mark && (entry.after ?? entry.before)?.kind !== "directory");
    return { files: files.length, bytes: files.reduce((total, entry) => total + grown(entry), 0) };
  };
  const deleted = sum("D");
  return {
    added: sum("A"),
    changed: sum("C"),
    deleted: { ...deleted, bytes: -deleted.bytes },
    entries: entries.slice(0, MOST),
    more: Math.max(0, entries.length - MOST),
  };
}

function compared(node: VisibleNode): Compared {
  const { kind, mode, uid, gid, mtime } = node;
  return { kind, size: sizeOf(node), mode, uid, gid, mtime };
}

async function certain({ before, after, aspects }: Difference, read: ReadStored): Promise<readonly Aspect[]> {
  if (before?.kind !== "file" || after?.kind !== "file") return aspects;
  const equal = await sameBytes(before.content, after.content, read);
  return equal ? aspects.filter((aspect) => aspect !== "content") : aspects;
}

/** Reads both side by side and stops at the first byte that differs. */
async function sameBytes(a: Content, b: Content, read: ReadStored): Promise<boolean> {
  if (a.size !== b.size) return false;
  const [one, two] = [readSegments(a.segments, read), readSegments(b.segments, read)];
  let [left, right] = [new Uint8Array(0), new Uint8Array(0)];
  for (let at = 0; at < a.size; ) {
    if (left.length === 0) left = ((await one.next()).value as Uint8Array<ArrayBuffer>) ?? left;
    if (right.length === 0) right = ((await two.next()).value as Uint8Array<ArrayBuffer>) ?? right;
    const length = Math.min(left.length, right.length);
    if (length === 0) return false;
    for (let index = 0; index < length; index++) if (left[index] !== right[index]) return false;
    [left, right] = [left.subarray(length), right.subarray(length)];
    at += length;
  }
  return true;
}

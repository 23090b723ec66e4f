import { type Content, type ReadStored, readSegments } from "../../core/filesystem/content.ts";
import type { VisibleNode } from "../../core/filesystem/file-tree.ts";
import type { NodeKind } from "../../core/filesystem/filesystem.ts";
import { type Aspect, type Difference, type View, compareViews } from "../../core/image/compare.ts";
import { sizeOf } from "./xray.ts";

/** How two views differ: `before` and `after` are images, containers, moments or some of their lowest layers. */
export interface Comparison {
  readonly added: Sum;
  readonly changed: Sum;
  readonly deleted: Sum;
  /** In the order of paths, a directory before what is in it; at most {@link MOST}. */
  readonly entries: readonly ComparedEntry[];
  /** How many more there are. */
  readonly more: number;
}

/** Files and links, directories not counted; bytes that came, went, or (changed) what the size grew by. */
export interface Sum {
  readonly files: number;
  readonly bytes: number;
}

export type Mark = "A" | "C" | "D";

export interface ComparedEntry {
  readonly path: string;
  readonly mark: Mark;
  readonly before: Compared | null;
  readonly after: Compared | null;
  /** In what a changed one differs. */
  readonly aspects: readonly Aspect[];
}

export interface Compared {
  readonly kind: NodeKind;
  /** Bytes of a file or a link's target, entries of a directory of one layer. */
  readonly size: number;
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  /** Seconds since 1970. */
  readonly mtime: number;
}

/** Longer lists nobody reads. */
export const MOST = 50_000;

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

/** How many bytes of files more `after` has. */
export function grown({ before, after }: Pick<ComparedEntry, "before" | "after">): number {
  const bytes = (one: Compared | null): number => (one?.kind === "file" ? one.size : 0);
  return bytes(after) - bytes(before);
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

import { sameTime } from "../container/diff.ts";
import { type Content, sameContent } from "../filesystem/content.ts";
import type { FileTree, VisibleNode } from "../filesystem/file-tree.ts";
import { compareNames } from "../filesystem/name.ts";
import { type Dentry, type Found, isFound, list, lookup, rootDentry } from "../overlay/dentry.ts";
import type { Lower, LowerNode } from "../overlay/lower.ts";

/** What one sees looking down: an image (its upper directory empty), a container, or either at some moment. */
export interface View {
  readonly lower: Lower;
  readonly upper: FileTree;
}

/** In what a path differs. "time" is told of what is no directory. */
export type Aspect = "type" | "content" | "target" | "device" | "mode" | "owner" | "time";

export interface Difference {
  /** Absolute. */
  readonly path: string;
  readonly before: VisibleNode | null;
  readonly after: VisibleNode | null;
  /** Empty for what was added or deleted. */
  readonly aspects: readonly Aspect[];
  /** Of equal size, kept in different places: only reading both tells whether the content differs. */
  readonly unread: boolean;
}

/**
 * How two merged views differ, by path, a directory before what is in it. Costs what is not shared: a
 * directory that both take from the same layers is not entered.
 */
export function compareViews(before: View, after: View): Difference[] {
  const differences: Difference[] = [];
  const visit = (one: Found | null, two: Found | null, path: string): void => {
    for (const name of names(one, before, two, after)) {
      const old = one && found(lookup(one, name, before.upper));
      const now = two && found(lookup(two, name, after.upper));
      if (shared(old, now)) continue;
      const at = `${path}/${name}`;
      const difference = differing(at, old?.node ?? null, now?.node ?? null);
      if (difference) differences.push(difference);
      const inOld = old?.node.kind === "directory" ? old : null;
      const inNow = now?.node.kind === "directory" ? now : null;
      if (inOld || inNow) visit(inOld, inNow, at);
    }
  };
  visit(rootDentry(before.lower, before.upper), rootDentry(after.lower, after.upper), "");
  return differences;
}

function names(one: Found | null, before: View, two: Found | null, after: View): string[] {
  const old = one ? list(one, before.upper) : [];
  const now = two ? list(two, after.upper) : [];
  return [...new Set([...old, ...now].map(({ name }) => name))].sort(compareNames);
}

const found = (dentry: Dentry): Found | null => (isFound(dentry) ? dentry : null);

/** Nothing of the upper directories is there, and below it is one and the same. */
function shared(a: Found | null, b: Found | null): boolean {
  if (!a || !b) return a === b;
  return a.upper === null && b.upper === null && sameLower(a.lower, b.lower);
}

function sameLower(a: LowerNode | null, b: LowerNode | null): boolean {
  if (!a || !b || a === b) return a === b;
  return a.tree === b.tree && a.ino === b.ino && a.merged === b.merged;
}

function differing(path: string, before: VisibleNode | null, after: VisibleNode | null): Difference | null {
  if (!before || !after) return before || after ? { path, before, after, aspects: [], unread: false } : null;
  if (before === after) return null;
  const aspects = aspectsOf(before, after);
  const unread =
    before.kind === "file" &&
    after.kind === "file" &&
    aspects.includes("content") &&
    unreadable(before.content, after.content);
  return aspects.length > 0 ? { path, before, after, aspects, unread } : null;
}

/** In what two objects differ. */
export function aspectsOf(a: VisibleNode, b: VisibleNode): Aspect[] {
  if (a.kind !== b.kind) return ["type"];
  const aspects: Aspect[] = [];
  if (a.kind === "file" && b.kind === "file" && !sameContent(a.content, b.content)) aspects.push("content");
  if (a.kind === "symlink" && b.kind === "symlink" && a.target !== b.target) aspects.push("target");
  if ("rdev" in a && "rdev" in b && String(a.rdev) !== String(b.rdev)) aspects.push("device");
  if (a.mode !== b.mode) aspects.push("mode");
  if (a.uid !== b.uid || a.gid !== b.gid) aspects.push("owner");
  if (a.kind !== "directory" && !sameTime(a.mtime, b.mtime)) aspects.push("time");
  return aspects;
}

/** {@link sameContent} is sure only of what it has in hand. */
function unreadable(a: Content, b: Content): boolean {
  if (a.size !== b.size) return false;
  return [...a.segments, ...b.segments].some((segment) => segment.kind === "stored");
}

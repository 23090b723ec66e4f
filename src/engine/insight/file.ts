import { type Content, type ReadStored, readContent, slice } from "../../core/filesystem/content.ts";
import type { VisibleNode } from "../../core/filesystem/file-tree.ts";
import type { NodeKind } from "../../core/filesystem/filesystem.ts";
import { split } from "../../core/filesystem/path.ts";
import type { View } from "../../core/image/compare.ts";
import { isFound, lookup, rootDentry } from "../../core/overlay/dentry.ts";
import type { StackTarget } from "../stack-view.ts";
import type { EngineState } from "../state.ts";
import { type PlateRef, platesOf, viewOfPlates } from "./plates.ts";
import { mountAt, nodeAt, sizeOf, treeOfMount } from "./xray.ts";

/** A file to be looked at. */
export interface FileRead {
  readonly kind: NodeKind;
  /** Of the whole file, whatever was read of it. */
  readonly size: number;
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  /** Seconds since 1970. */
  readonly mtime: number;
  /** Where a symbolic link points. */
  readonly link: string | null;
  /** Its first bytes; null for what is no regular file. */
  readonly bytes: Uint8Array | null;
  /** There are more. */
  readonly cut: boolean;
}

/**
 * What is at a path, in the merged view (`layer` null, what is mounted there in front) or in one plate; null
 * when nothing is. A link is not followed.
 */
export function visibleAt(
  state: EngineState,
  target: StackTarget,
  layer: PlateRef | null,
  path: string,
): VisibleNode | null {
  if (layer !== null) {
    const tree = platesOf(state, target)?.find((plate) => plate.layer === layer)?.tree;
    return tree ? visible(nodeAt(tree, split(path))) : null;
  }
  const mounted = mountAt(state, target, path);
  if (mounted) {
    const tree = treeOfMount(state, mounted.mount);
    return tree ? visible(nodeAt(tree, split(path.slice(mounted.at.length)))) : null;
  }
  return visibleIn(viewOfPlates(state, target), path);
}

/** The same of one merged view. */
export function visibleIn({ lower, upper }: View, path: string): VisibleNode | null {
  let at = rootDentry(lower, upper);
  for (const name of split(path)) {
    const next = lookup(at, name, upper);
    if (!isFound(next)) return null;
    at = next;
  }
  return at.node;
}

const visible = (node: ReturnType<typeof nodeAt>): VisibleNode | null => (node?.kind === "whiteout" ? null : node);

/** Reads at most `limit` bytes. */
export async function readFileAt(node: VisibleNode, limit: number, read: ReadStored): Promise<FileRead> {
  const { kind, mode, uid, gid, mtime } = node;
  const content: Content | null = node.kind === "file" ? node.content : null;
  return {
    kind,
    size: sizeOf(node),
    mode,
    uid,
    gid,
    mtime,
    link: node.kind === "symlink" ? node.target : null,
    bytes: content && (await readContent(slice(content, 0, limit), read)),
    cut: content !== null && content.size > limit,
  };
}

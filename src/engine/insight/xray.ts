import type { FileTree, Node, VisibleNode } from "../../core/filesystem/file-tree.ts";
import type { NodeKind } from "../../core/filesystem/filesystem.ts";
import { nameLength } from "../../core/filesystem/name.ts";
import { normalize, split } from "../../core/filesystem/path.ts";
import { type Aspect, aspectsOf } from "../../core/image/compare.ts";
import { type DeathReason, hiddenBy } from "../../core/image/dead-bytes.ts";
import { mountPoint, mountedViewOf } from "../mounted-view.ts";
import type { StackTarget } from "../stack-view.ts";
import type { ContainerMount, EngineState } from "../state.ts";
import { type Plate, type PlateRef, platesOf } from "./plates.ts";

/** Where what is seen at a path comes from, and what it hides. Plain data, for one sentence. */
export interface XRay {
  /** Absolute and normal. */
  readonly path: string;
  /** What the layers show there; null when nothing. `from`: how many plates a directory is merged from. */
  readonly seen: { readonly layer: PlateRef; readonly kind: NodeKind; readonly from: number } | null;
  /** Every plate that has something at the path, a whiteout too; top first. */
  readonly rows: readonly XRayRow[];
  /** The mount that stands in front of the layers there. */
  readonly mount: XRayMount | null;
}

export interface XRayRow {
  readonly layer: PlateRef;
  readonly kind: Node["kind"];
  /** Bytes of a file or a link's target, entries of a directory. */
  readonly size: number;
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  readonly opaque: boolean;
  /** What keeps it from being seen; null for what is seen, or merged into what is. */
  readonly hidden: Hiding | null;
}

export interface Hiding {
  /** The lowest plate above that hides it. */
  readonly by: PlateRef;
  readonly reason: DeathReason;
  /** What was overwritten, deleted, hidden or replaced: the path itself, or a directory above it. */
  readonly at: string;
  /** Of a file over its like: in what the two differ. */
  readonly aspects: readonly Aspect[];
}

export interface XRayMount {
  readonly type: ContainerMount["type"];
  readonly volume: string | null;
  readonly target: string;
  /** What the volume has there; null when nothing, or when it is not known (a tmpfs). */
  readonly kind: NodeKind | null;
}

/** Null when there is no such target. A link in the path is not followed. */
export function xray(state: EngineState, target: StackTarget, asked: string): XRay | null {
  const plates = platesOf(state, target);
  if (!plates) return null;
  const path = normalize(asked);
  const names = split(path);
  const rows = plates.flatMap((plate, index): XRayRow[] => {
    const node = nodeAt(plate.tree, names);
    if (!node) return [];
    const { mode, uid, gid, kind } = node;
    const opaque = kind === "directory" && node.opaque;
    const hidden = hidingOf(node, plates.slice(index + 1), names);
    return [{ layer: plate.layer, kind, size: sizeOf(node), mode, uid, gid, opaque, hidden }];
  });
  rows.reverse();
  const [top] = rows.filter((row) => row.hidden === null);
  const seen = top && top.kind !== "whiteout" ? { layer: top.layer, kind: top.kind, from: merged(rows) } : null;
  return { path, seen, rows, mount: mountOver(state, target, path) };
}

/** Of plates that are not hidden, those that make up what is seen: more than one only for a directory. */
function merged(rows: readonly XRayRow[]): number {
  return rows.filter((row) => row.hidden === null && row.kind !== "whiteout").length;
}

function hidingOf(node: Node, above: readonly Plate[], names: readonly string[]): Hiding | null {
  for (const { layer, tree } of above) {
    const hidden = hiddenBy(tree, node, names);
    if (!hidden) continue;
    const over = nodeAt(tree, names);
    const alike = over && over.kind === node.kind && node.kind !== "directory" && node.kind !== "whiteout";
    return { by: layer, ...hidden, aspects: alike ? aspectsOf(node, over as VisibleNode) : [] };
  }
  return null;
}

/** What a tree has at a path, directories alone followed. */
export function nodeAt(tree: FileTree, names: readonly string[]): Node | null {
  const ino = tree.find(names);
  return ino === undefined ? null : tree.node(ino);
}

/** Bytes of a file or a link's target, entries of a directory. */
export function sizeOf(node: Node): number {
  if (node.kind === "file") return node.content.size;
  if (node.kind === "symlink") return nameLength(node.target);
  return node.kind === "directory" ? node.entries.size : 0;
}

/** What is mounted at or above `path`, in front of all else there; `at`: where it really is, links in its target followed. */
export function mountAt(
  state: EngineState,
  target: StackTarget,
  path: string,
): { readonly mount: ContainerMount; readonly at: string } | null {
  const over = mountsOf(state, target).filter(({ at }) => path === at || path.startsWith(`${at}/`));
  return over.toSorted((a, b) => b.at.length - a.at.length)[0] ?? null;
}

/** A container's mounts and where they really are. */
export function mountsOf(
  state: EngineState,
  target: StackTarget,
): { readonly mount: ContainerMount; readonly at: string }[] {
  const container = target.kind === "container" ? state.containers.get(target.id) : undefined;
  if (!container || container.mounts.length === 0) return [];
  const view = mountedViewOf(state, container);
  return container.mounts.map((mount) => ({ mount, at: mountPoint(view, mount.target) }));
}

/** What a mounted volume holds; nothing is known of what is in memory. */
export function treeOfMount(state: EngineState, mount: ContainerMount): FileTree | null {
  return mount.type === "volume" ? (state.volumes.get(mount.volume)?.tree ?? null) : null;
}

function mountOver(state: EngineState, target: StackTarget, path: string): XRayMount | null {
  const found = mountAt(state, target, path);
  if (!found) return null;
  const { mount, at } = found;
  const tree = treeOfMount(state, mount);
  const node = tree ? nodeAt(tree, split(path.slice(at.length))) : null;
  const kind = node && node.kind !== "whiteout" ? node.kind : null;
  return { type: mount.type, volume: mount.type === "volume" ? mount.volume : null, target: at, kind };
}

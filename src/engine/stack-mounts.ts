import { FileSystemError } from "../core/filesystem/errno.ts";
import type { Node } from "../core/filesystem/file-tree.ts";
import { root } from "../core/filesystem/filesystem.ts";
import { compareNames } from "../core/filesystem/name.ts";
import { join, split } from "../core/filesystem/path.ts";
import type { FileTree } from "../core/filesystem/tree.ts";
import type { DirectoryView } from "../core/overlay/merged.ts";
import { fileCount } from "./host-state.ts";
import { viewOf } from "./mount.ts";
import { mountPoint, mountedViewOf } from "./mounted-view.ts";
import type { StackInside, StackMount, StackView } from "./stack-view.ts";
import type { Container, ContainerMount, EngineState } from "./state.ts";

function contentOf(state: EngineState, mount: ContainerMount): FileTree | null {
  return mount.type === "volume" ? (state.volumes.get(mount.volume)?.tree ?? null) : null;
}

/** How many names the layers have in the directory. */
function entriesBelow(state: EngineState, container: Container, path: string): number {
  try {
    return viewOf(state, container).readdir(path, root).length;
  } catch (error) {
    if (error instanceof FileSystemError) return 0;
    throw error;
  }
}

function stackMount(state: EngineState, container: Container, mount: ContainerMount): StackMount {
  const { type, target, readOnly } = mount;
  const content = contentOf(state, mount);
  return {
    type,
    volume: mount.type === "volume" ? mount.volume : null,
    target,
    readOnly,
    size: content?.size ?? 0,
    files: content ? fileCount(content) : 0,
    hides: entriesBelow(state, container, target),
  };
}

function sizeOf(node: Node): number {
  if (node.kind === "file") return node.content.size;
  return node.kind === "directory" ? node.entries.size : 0;
}

/** What a volume has in one of its directories; nothing when there is no such directory. */
function listed(tree: FileTree | null, names: readonly string[], limit: number): Omit<StackInside, "mount"> {
  const ino = tree?.find(names);
  const node = ino === undefined ? undefined : tree?.node(ino);
  if (!tree || node?.kind !== "directory") return { entries: [], more: 0 };
  const found = [...node.entries].sort((a, b) => compareNames(a[0], b[0]));
  const entries = found.slice(0, limit).flatMap(([name, child]) => {
    const { kind } = tree.node(child);
    return kind === "whiteout" ? [] : [{ name, kind, size: sizeOf(tree.node(child)) }];
  });
  return { entries, more: found.length - entries.length };
}

/** What of a directory of the layers shows when a container's mounts are in front of them. */
export function withMounts(
  state: EngineState,
  container: Container,
  { columns, folded }: DirectoryView,
  path: string,
  limit: number,
): Pick<StackView, "columns" | "folded" | "mounts" | "inside"> {
  const view = container.mounts.length === 0 ? null : mountedViewOf(state, container);
  const places = container.mounts.map(({ target }) => (view ? mountPoint(view, target) : target));
  const covers = (at: string): boolean => path === at || path.startsWith(at === "/" ? at : `${at}/`);
  // The longest that covers the path is in front of the others.
  const front = places.reduce((best, at, index) => {
    return covers(at) && at.length > (places[best]?.length ?? 0) ? index : best;
  }, -1);
  const mount = container.mounts[front];
  const names = split(path.slice(places[front]?.length ?? 0));
  return {
    columns: columns.map((column) => {
      const index = places.indexOf(join(path, column.name));
      return { ...column, mount: index < 0 ? null : index };
    }),
    folded,
    mounts: container.mounts.map((each) => stackMount(state, container, each)),
    inside: mount ? { mount: front, ...listed(contentOf(state, mount), names, limit) } : null,
  };
}

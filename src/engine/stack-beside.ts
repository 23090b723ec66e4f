import { FileSystemError } from "../core/filesystem/errno.ts";
import { root } from "../core/filesystem/filesystem.ts";
import { compareNames } from "../core/filesystem/name.ts";
import { split } from "../core/filesystem/path.ts";
import type { ContainerId } from "./event.ts";
import { sizeOf } from "./insight/xray.ts";
import { viewOf } from "./mount.ts";
import { mountPoint, mountedViewOf } from "./mounted-view.ts";
import type { StackCell } from "./stack-view.ts";
import type { Container, EngineState } from "./state.ts";

/** Another container on the same layers: its writable plate stands beside the one that is looked at. */
export interface StackSibling {
  readonly container: ContainerId;
  /** Bytes of its writable layer. */
  readonly size: number;
  /** What that layer has in the open directory, by name; at most {@link MOST}. */
  readonly cells: readonly SiblingCell[];
  /** How many more it has there. */
  readonly more: number;
  /** Entries that it sees there and the layers below supply. */
  readonly below: number;
  /** "gone": it has deleted the directory. "mounted": something is mounted over it there. */
  readonly directory: "seen" | "gone" | "mounted";
}

/** Seen as it is, for nothing lies over a writable layer. */
export type SiblingCell = Pick<StackCell, "kind" | "size" | "opaque" | "copiedUp"> & { readonly name: string };

const MOST = 12;

/** The other containers on the layers of this one, in the order they were created, at one directory. */
export function siblingsOf(state: EngineState, container: Container, path: string): StackSibling[] {
  const top = container.layers.at(-1);
  return [...state.containers.values()]
    .filter((other) => other.id !== container.id && other.layers.at(-1) === top)
    .map((other) => sibling(state, other, path));
}

function sibling(state: EngineState, container: Container, path: string): StackSibling {
  const { upper } = container;
  const found = upper.find(split(path));
  const node = found === undefined ? undefined : upper.node(found);
  const own = node?.kind === "directory" ? [...node.entries].sort((a, b) => compareNames(a[0], b[0])) : [];
  const cells = own.map(([name, ino]): SiblingCell => {
    const cell = upper.node(ino);
    const opaque = cell.kind === "directory" && cell.opaque;
    const copiedUp = cell.kind !== "whiteout" && cell.origin !== undefined;
    return { name, kind: cell.kind, size: sizeOf(cell), opaque, ...(copiedUp && { copiedUp }) };
  });
  const listed = namesIn(state, container, path);
  const supplied = new Set(own.map(([name]) => name));
  return {
    container: container.id,
    size: upper.size,
    cells: cells.slice(0, MOST),
    more: Math.max(0, cells.length - MOST),
    below: listed?.filter((name) => !supplied.has(name)).length ?? 0,
    directory: listed === null ? "gone" : isMounted(state, container, path) ? "mounted" : "seen",
  };
}

/** Null when the layers do not show such a directory. */
function namesIn(state: EngineState, container: Container, path: string): string[] | null {
  try {
    return viewOf(state, container)
      .readdir(path, root)
      .map(({ name }) => name);
  } catch (error) {
    if (error instanceof FileSystemError) return null;
    throw error;
  }
}

function isMounted(state: EngineState, container: Container, path: string): boolean {
  if (container.mounts.length === 0) return false;
  const view = mountedViewOf(state, container);
  return container.mounts.some(({ target }) => {
    const at = mountPoint(view, target);
    return path === at || path.startsWith(`${at}/`);
  });
}

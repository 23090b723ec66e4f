import { root } from "../core/filesystem/filesystem.ts";
import type { Credentials, FileSystem } from "../core/filesystem/filesystem.ts";
import { FileSystemError } from "../core/filesystem/errno.ts";
import { emptyContent } from "../core/filesystem/content.ts";
import { dirname } from "../core/filesystem/path.ts";
import { emptyTree } from "../core/filesystem/tree.ts";
import type { FileTree } from "../core/filesystem/tree.ts";
import type { ChainId } from "../core/oci/digest.ts";
import type { OverlayEvent } from "../core/overlay/event.ts";
import { emptyLower, stackOn } from "../core/overlay/lower.ts";
import type { Lower } from "../core/overlay/lower.ts";
import { OverlayFileSystem } from "../core/overlay/overlay.ts";
import type { ContainerId, EngineEvent, LayerRef } from "./event.ts";
import type { Container, EngineState } from "./state.ts";
import type { Transaction } from "./transaction.ts";
import { withContainer } from "./update.ts";

/** The read-only side of an image with these layers. */
export function lowerOfLayers(state: EngineState, layers: readonly ChainId[]): Lower {
  const top = layers.at(-1);
  return (top === undefined ? undefined : state.layers.get(top)?.lower) ?? emptyLower;
}

/** What dockerd puts between image and writable layer, so that there is something to mount over. (moby, daemon/initlayer) */
const INIT: readonly (readonly [path: string, is: "directory" | "file" | { readonly link: string }])[] = [
  ["/dev/pts", "directory"],
  ["/dev/shm", "directory"],
  ["/proc", "directory"],
  ["/sys", "directory"],
  ["/.dockerenv", "file"],
  ["/etc/resolv.conf", "file"],
  ["/etc/hosts", "file"],
  ["/etc/hostname", "file"],
  ["/dev/console", "file"],
  ["/etc/mtab", { link: "/proc/mounts" }],
];

/** Whether the call went through; errors of the filesystem are an answer here, others are not. */
function succeeds(call: () => void): boolean {
  try {
    call();
    return true;
  } catch (error) {
    if (error instanceof FileSystemError) return false;
    throw error;
  }
}

/** mkdir -p, as root with mode 0755. Throws `FileSystemError` when something else stands in the way. */
export function makeDirectories(fs: Pick<FileSystem, "stat" | "mkdir">, path: string, who: Credentials = root): void {
  if (path === "/" || succeeds(() => fs.stat(path, who))) return;
  makeDirectories(fs, dirname(path), who);
  fs.mkdir(path, 0o755, who);
}

/** Written through the union filesystem as dockerd does, so that directories of the image are copied up into it. */
function buildInit(lower: Lower, seconds: number): FileTree {
  const fs = new OverlayFileSystem(lower, emptyTree, { now: () => seconds });
  for (const [path, is] of INIT) {
    const names = path.split("/").slice(1);
    for (let depth = 1; depth <= names.length; depth += 1) {
      succeeds(() => fs.unlink(`/${names.slice(0, depth).join("/")}`, root));
    }
    if (succeeds(() => fs.stat(path, root))) continue;
    makeDirectories(fs, is === "directory" ? path : dirname(path));
    if (is === "file") fs.write(path, emptyContent, { write: true, create: true }, 0o755, root);
    else if (is !== "directory") fs.symlink(is.link, path, root);
  }
  return fs.upper;
}

interface Init {
  readonly tree: FileTree;
  readonly lower: Lower;
}

const inits = new WeakMap<Lower, Map<number, Init>>();

function initOf(state: EngineState, container: Container): Init {
  const image = lowerOfLayers(state, container.layers);
  if (container.building !== undefined) return { tree: emptyTree, lower: image };
  const seconds = Math.floor(container.createdAt / 1000);
  const known = inits.get(image) ?? new Map<number, Init>();
  inits.set(image, known);
  let init = known.get(seconds);
  if (init === undefined) {
    const tree = buildInit(image, seconds);
    init = { tree, lower: stackOn(image, tree) };
    known.set(seconds, init);
  }
  return init;
}

/** The init layer of a container; null for one that BuildKit works in. */
export function initTree(state: EngineState, container: Container): FileTree | null {
  return container.building === undefined ? initOf(state, container).tree : null;
}

/** Everything under a container's writable layer: the image's layers and the init layer on them. */
export function containerLower(state: EngineState, container: Container): Lower {
  return initOf(state, container).lower;
}

/** The layer that overlay events count as `index`, from the bottom. */
function layerRef(container: Container, index: number): LayerRef {
  return container.layers[index] ?? "init";
}

/** What happened in the upper directory, as a step of the container's story. */
export function filesystemEvent(container: Container, event: OverlayEvent): EngineEvent {
  const { id } = container;
  switch (event.type) {
    case "copy-up":
      return { ...event, type: "fs.copy-up", container: id, layer: layerRef(container, event.layer) };
    case "whiteout":
      return { ...event, type: "fs.whiteout", container: id, layer: layerRef(container, event.layer) };
    case "create":
      return { ...event, type: "fs.create", container: id };
    case "write":
      return { ...event, type: "fs.write", container: id };
    case "attributes":
      return { ...event, type: "fs.attributes", container: id };
    case "remove":
      return { ...event, type: "fs.remove", container: id };
    case "opaque":
      return { ...event, type: "fs.opaque", container: id };
    case "rename":
      return { ...event, type: "fs.rename", container: id };
    case "link":
      return { ...event, type: "fs.link", container: id };
    case "exdev":
      return { ...event, type: "fs.exdev", container: id };
  }
}

/** What happened in what is mounted at `target`, a volume or (null) a tmpfs: outside all layers. Paths are the container's. */
export function outsideEvent(
  container: Container,
  volume: string | null,
  target: string,
  event: OverlayEvent,
): EngineEvent | null {
  const at = "to" in event ? event.to : event.path;
  const path = at === "/" ? target : target + at;
  const told = { type: "volume.change", volume, container: container.id, path, count: 1 } as const;
  switch (event.type) {
    case "create":
      return { ...told, change: "created", size: event.size };
    case "rename":
    case "link":
      return { ...told, change: "created", size: 0 };
    case "write":
      return { ...told, change: "written", size: event.size - event.before };
    case "attributes":
      return { ...told, change: "attributes", size: 0 };
    case "remove":
      return { ...told, change: "removed", size: -event.size };
    default:
      return null;
  }
}

/** The container's view for a look: changes go nowhere. */
export function viewOf(state: EngineState, container: Container): OverlayFileSystem {
  return new OverlayFileSystem(containerLower(state, container), container.upper, { now: () => 0 });
}

/**
 * Lets `change` work on the container's merged view and puts the outcome into the state, each step
 * told that `tells` does not leave out. `now`: ms since 1970. When it throws, what had been done stays, as on a real
 * filesystem.
 */
export function changeFiles<T>(
  tx: Transaction,
  id: ContainerId,
  now: number,
  change: (fs: OverlayFileSystem) => T,
  tells: (event: OverlayEvent) => boolean = () => true,
): T {
  const container = tx.state.containers.get(id);
  if (container === undefined) throw new RangeError(`no container ${id}`);
  const steps: OverlayEvent[] = [];
  const fs = new OverlayFileSystem(containerLower(tx.state, container), container.upper, {
    now: () => now / 1000,
    onEvent: (event) => {
      if (tells(event)) steps.push(event);
    },
  });
  try {
    return change(fs);
  } finally {
    const next = withContainer(tx.state, id, { upper: fs.upper });
    for (const step of steps) tx.update(next, filesystemEvent(container, step));
    if (steps.length === 0 && fs.upper !== container.upper) tx.update(next);
  }
}

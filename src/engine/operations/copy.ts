import { root, type Stat } from "../../core/filesystem/filesystem.ts";
import { FileSystemError } from "../../core/filesystem/errno.ts";
import { MountedFileSystem } from "../../core/filesystem/mounted.ts";
import { basename, dirname, join, normalize } from "../../core/filesystem/path.ts";
import { named, PathError } from "../../core/filesystem/path-error.ts";
import type { LayerEntry } from "../../core/image/layer-entry.ts";
import { emptyLower } from "../../core/overlay/lower.ts";
import { OverlayFileSystem } from "../../core/overlay/overlay.ts";
import { TarError } from "../../core/tar/header.ts";
import { packPath } from "../../core/tar/pack.ts";
import { unpackInto } from "../../core/tar/unpack.ts";
import { BOUND, boundFiles } from "../bound-files.ts";
import { EngineError } from "../error.ts";
import { findContainer } from "../lookup.ts";
import { changeMounted, mountedViewOf } from "../mounted-view.ts";
import type { Ports } from "../ports.ts";
import type { Container, EngineState } from "../state.ts";
import type { Transaction } from "../transaction.ts";
import { processUser } from "../user.ts";

/**
 * A container as dockerd sees it: with its volumes, and the files bound over /etc/hosts and the like once it has
 * been started, as they were written then. A tmpfs lives in the container's own processes.
 */
function daemonView(state: EngineState, container: Container): MountedFileSystem {
  const volumes = container.mounts.filter((mount) => mount.type === "volume");
  const view = mountedViewOf(state, { ...container, mounts: volumes });
  if (container.status.kind === "created") return view;
  const seconds = container.status.startedAt / 1000;
  const bound = new OverlayFileSystem(emptyLower, boundFiles(container, seconds), { now: () => seconds });
  const over = BOUND.map((name) => ({ at: `/etc/${name}`, root: `/${name}`, fs: bound, ...DISK }));
  return new MountedFileSystem([...view.mounts, ...over]);
}

const DISK = { source: "/dev/vda1", type: "ext4", options: "rw,relatime" } as const;

/** A path of a container as `docker cp` means it: absolute; what it says of being a directory stays. */
function absolute(path: string): string {
  if (path === "") throw new EngineError("copy-failed", { message: "bad parameter: pathcannot be empty" });
  const clean = normalize(path);
  const end = /(^|\/)\.$/.test(path) ? "." : path.endsWith("/") ? "" : null;
  return end === null ? clean : `${clean === "/" ? "" : clean}/${end}`;
}

/** dockerd's words for what went wrong. `name`, `path`: as they were asked for. */
function refusal(error: unknown, name: string, path: string): unknown {
  if (error instanceof PathError && error.code === "ENOENT") {
    return new EngineError("no-such-file", { path, container: name });
  }
  if (!(error instanceof PathError || error instanceof TarError)) return error;
  return new EngineError("copy-failed", { message: error.message });
}

export interface PathStat extends Stat {
  /** Of a symbolic link: where it leads in the end, absolute. */
  readonly linkTarget: string;
}

function stat(fs: MountedFileSystem, path: string): PathStat {
  const found = named("lstat", path, () => fs.lstat(path, root));
  return { ...found, linkTarget: found.kind === "symlink" ? target(fs, path) : "" };
}

/** As far as it can be followed. (moby, symlink.FollowSymlinkInScope) */
function target(fs: MountedFileSystem, path: string): string {
  try {
    return fs.realpath(path, root);
  } catch (error) {
    if (!(error instanceof FileSystemError)) throw error;
    const link = fs.readlink(path, root);
    return normalize(link.startsWith("/") ? link : join(dirname(path), link));
  }
}

/** What is at a path of a container, running or not; a link is not followed. (moby, ContainerStatPath) */
export function statPath(state: EngineState, name: string, path: string): PathStat {
  const container = findContainer(state, name);
  try {
    return stat(daemonView(state, container), absolute(path));
  } catch (error) {
    throw refusal(error, name, path);
  }
}

/**
 * What is at a path of a container, as a tar's entries. `as`: the name it gets there; by default its own.
 * (moby, ContainerArchivePath)
 */
export function archivePath(
  state: EngineState,
  name: string,
  path: string,
  as: string = basename(absolute(path)),
): readonly LayerEntry[] {
  const container = findContainer(state, name);
  try {
    const at = absolute(path);
    return packPath(daemonView(state, container), at, as === "/" ? "." : as, root);
  } catch (error) {
    throw refusal(error, name, path);
  }
}

/**
 * Unpacks a tar's entries in a directory of a container, through its layers and volumes. Owners are the tar's;
 * with `asUser`, where the container runs as a user, that user's. (moby, ContainerExtractToDir)
 */
export async function extractToDirectory(
  tx: Transaction,
  ports: Pick<Ports, "clock" | "layers">,
  name: string,
  path: string,
  entries: readonly LayerEntry[],
  { asUser }: { readonly asUser: boolean },
): Promise<void> {
  const container = findContainer(tx.state, name);
  const user = container.config.User ?? "";
  const view = daemonView(tx.state, container);
  const owner = asUser && user !== "" ? (await processUser(view, user, ports.layers.readStored)).who : "entry";
  try {
    const directory = checkDirectory(view, container, path);
    for (const entry of entries) {
      const at = normalize(join("/", directory, entry.path));
      const mount = entry.kind === "directory" ? undefined : view.mounts.find((known) => known.at === at);
      if (mount?.root !== undefined) refuse(`RemoveAll ${basename(at)}: device or resource busy`);
    }
    changeMounted(
      tx,
      container.id,
      ports.clock.now(),
      (fs) => unpackInto(fs, directory, entries, { who: { ...root, umask: 0 }, owner }),
      (_, mount) => mount.type === "volume",
    );
  } catch (error) {
    throw refusal(error, name, path);
  }
}

const refuse = (message: string): never => {
  throw new EngineError("copy-failed", { message });
};

/** The directory that `path` is in the end, where something can be written. */
function checkDirectory(fs: MountedFileSystem, container: Container, path: string): string {
  const at = absolute(path);
  const directory = named("lstat", at, () => {
    fs.stat(at, root);
    return fs.realpath(at, root);
  });
  if (fs.stat(directory, root).kind !== "directory") refuse("extraction point is not a directory");
  const mount = fs.mountOf(directory, root);
  if (mount.options.split(",").includes("ro")) refuse("mounted volume is marked read-only");
  if (mount.at === "/" && container.readOnly) refuse("container rootfs is marked read-only");
  return directory;
}

/** Tells that files went in or out. `host`: the other end, "-" for a stream. */
export function tellCopy(
  tx: Transaction,
  name: string,
  copied: { direction: "in" | "out"; path: string; host: string; entries: readonly LayerEntry[] },
): void {
  const { entries, ...ends } = copied;
  const files = entries.filter((entry) => entry.kind !== "directory");
  const size = files.reduce((sum, entry) => sum + (entry.kind === "file" ? entry.content.size : 0), 0);
  const container = findContainer(tx.state, name);
  tx.update(tx.state, {
    type: "container.copy",
    container: container.id,
    name: container.name,
    ...ends,
    files: files.length,
    size,
  });
}

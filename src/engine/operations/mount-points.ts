import { errnoText, FileSystemError } from "../../core/filesystem/errno.ts";
import { root } from "../../core/filesystem/filesystem.ts";
import type { MountedFileSystem } from "../../core/filesystem/mounted.ts";
import { EngineError, type MountProblem } from "../error.ts";
import { makeDirectories } from "../mount.ts";
import { changeMounted, mountPoint } from "../mounted-view.ts";
import type { Container, ContainerMount } from "../state.ts";
import type { Transaction } from "../transaction.ts";

/** What becomes of a mount point in a filesystem that the runtime mounts before: null, it is made there, in no layer. */
const SYSTEM: readonly (readonly [under: string, reason: string | null])[] = [
  ["/dev/", null],
  ["/proc/", errnoText.ENOENT.toLowerCase()],
  ["/sys/", errnoText.EROFS.toLowerCase()],
];

/**
 * Makes the mount points that are missing, in the writable layer or in the volume that is mounted there, and the
 * working directory as it is seen through the mounts. (runc, libcontainer/rootfs_linux.go)
 */
export function makeMountPoints(tx: Transaction, { id, mounts, config }: Container, now: number): void {
  if (mounts.length === 0) return;
  const make = (fs: MountedFileSystem, mount: ContainerMount): void => {
    const { target } = mount;
    const failed = (problem: MountProblem, reason = "") => {
      const volume = mount.type === "volume" ? mount.volume : null;
      return new EngineError("mount-failed", { container: id, volume, target, problem, reason });
    };
    const at = mountPoint(fs, target);
    if (at === "/") throw failed("root");
    if (at === "/proc" && mount.type === "volume") throw failed("proc");
    const system = SYSTEM.find(([under]) => at.startsWith(under));
    if (system?.[1] === null) return;
    if (system) throw failed("make", system[1]);
    try {
      makeDirectories(fs, at);
      if (fs.stat(at, root).kind === "directory") return;
    } catch (error) {
      if (!(error instanceof FileSystemError)) throw error;
      throw failed("make", errnoText[error.code].toLowerCase());
    }
    throw failed("over-file");
  };
  const makeWorkdir = (fs: MountedFileSystem): void => {
    try {
      makeDirectories(fs, config.WorkingDir || "/");
    } catch (error) {
      // Whoever changes to it will find out.
      if (!(error instanceof FileSystemError)) throw error;
    }
  };
  changeMounted(tx, id, now, makeWorkdir, make);
}

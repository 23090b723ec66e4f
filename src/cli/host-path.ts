import { MountedFileSystem } from "../core/filesystem/mounted.ts";
import { normalize } from "../core/filesystem/path.ts";
import { hostFileSystem } from "../engine/host-files.ts";
import type { CommandContext } from "./command.ts";

type Place = Pick<CommandContext, "cwd">;

/** A path of the host as it was typed, absolute and normal. */
export function hostPath({ cwd }: Place, path: string): string {
  return normalize(path.startsWith("/") ? path : `${cwd}/${path}`);
}

/** The host's files, for a look. */
export function hostView({ tx, ports }: Pick<CommandContext, "tx" | "ports">): MountedFileSystem {
  const fs = hostFileSystem(tx.state.files, () => ports.clock.now());
  return new MountedFileSystem([{ at: "/", fs, source: "/dev/vda1", type: "ext4", options: "rw,relatime" }]);
}

import { sameContent } from "../../core/filesystem/content.ts";
import { FileSystemError } from "../../core/filesystem/errno.ts";
import { root } from "../../core/filesystem/filesystem.ts";
import { emptyTree } from "../../core/filesystem/tree.ts";
import { OverlayFileSystem } from "../../core/overlay/overlay.ts";
import { lowerOfLayers } from "../../engine/mount.ts";
import type { Shell } from "../bash/shell.ts";

const PLACES = ["/usr/bin", "/bin", "/usr/sbin", "/sbin", "/usr/local/bin"];

/**
 * The program that a renamed or copied file is: the one of the container whose bytes are the same.
 * Two different programs of a modelled image differ at least in size.
 */
export function sameProgram(shell: Shell, path: string, isKnown: (name: string) => boolean): string | null {
  const { machine } = shell.options;
  const content = shell.fs.read(path, shell.who);
  if (content.size === 0) return null;
  const { layers } = machine.container;
  const image = new OverlayFileSystem(lowerOfLayers(machine.state, layers), emptyTree, { now: () => 0 });
  for (const fs of [shell.fs, image]) {
    for (const place of PLACES) {
      for (const name of names(() => fs.readdir(place, root).map((entry) => entry.name))) {
        const file = `${place}/${name}`;
        if (!isKnown(name) || fs.stat(file, root).size !== content.size) continue;
        if (sameContent(fs.read(file, root), content)) return name;
      }
    }
  }
  return null;
}

function names(list: () => string[]): string[] {
  try {
    return list();
  } catch (error) {
    if (error instanceof FileSystemError) return [];
    throw error;
  }
}

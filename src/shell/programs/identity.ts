import { sameContent } from "../../core/filesystem/content.ts";
import { FileSystemError } from "../../core/filesystem/errno.ts";
import { root } from "../../core/filesystem/filesystem.ts";
import type { Shell } from "../bash/shell.ts";

const PLACES = ["/usr/bin", "/bin", "/usr/sbin", "/sbin", "/usr/local/bin"];

/**
 * The program that a renamed or copied file is: the one of the image whose bytes are the same. Modelled
 * programs of one size cannot be told apart: then it is the one that is no longer at its place, or none.
 */
export function sameProgram(shell: Shell, path: string): string | null {
  const { machine } = shell.options;
  const content = shell.fs.read(path, shell.who);
  if (content.size === 0) return null;
  const { image } = machine;
  const same: { name: string; gone: boolean }[] = [];
  for (const place of PLACES) {
    for (const name of names(() => image.readdir(place, root).map((entry) => entry.name))) {
      const file = `${place}/${name}`;
      const stat = image.lstat(file, root);
      if (stat.kind !== "file" || stat.size !== content.size || !sameContent(image.read(file, root), content)) continue;
      if (file === shell.fs.realpath(path, root)) return null;
      // /bin may be a link to /usr/bin.
      if (same.some((one) => one.name === name)) continue;
      same.push({ name, gone: !exists(() => shell.fs.lstat(file, root)) });
    }
  }
  const gone = same.filter((one) => one.gone);
  return (same.length === 1 ? same[0]?.name : gone.length === 1 ? gone[0]?.name : null) ?? null;
}

function exists(look: () => unknown): boolean {
  return names(() => [String(look())]).length > 0;
}

function names(list: () => string[]): string[] {
  try {
    return list();
  } catch (error) {
    if (error instanceof FileSystemError) return [];
    throw error;
  }
}

import { FileSystemError } from "../core/filesystem/errno.ts";
import { basename } from "../core/filesystem/path.ts";
import { blobOf, contentOf } from "../engine/archive/host-blob.ts";
import { changeHostFiles, HOME, hostFileSystem, learner } from "../engine/host-files.ts";
import type { LayerStore } from "../engine/ports.ts";
import type { EngineState } from "../engine/state.ts";
import type { Transaction } from "../engine/transaction.ts";

/** A file of the host's, out of the page. Throws `FileSystemError`. */
export function takeFile(state: EngineState, layers: LayerStore, path: string): Promise<Blob> {
  const fs = hostFileSystem(state.files, () => 0);
  return blobOf(fs.read(path, learner), layers.readStored);
}

/** Puts a file into the home directory, as its user's; answers its path. What has that name is replaced. Throws `FileSystemError`. */
export async function putFile(
  tx: Transaction,
  layers: LayerStore,
  file: { readonly name: string; readonly bytes: Blob },
  now: number,
): Promise<string> {
  const name = basename(file.name);
  if (name === "" || name === "." || name === ".." || name === "/") throw new FileSystemError("EINVAL", file.name);
  const path = `${HOME}/${name}`;
  const content = await contentOf(file.bytes, layers);
  const flags = { write: true, create: true, truncate: true };
  changeHostFiles(tx, now, (fs) => fs.write(path, content, flags, 0o644, learner));
  return path;
}

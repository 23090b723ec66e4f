import type { Content } from "../core/filesystem/content.ts";
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

/** A file that was put into the home directory. */
export interface PutFile {
  readonly path: string;
  readonly content: Content;
}

/** Puts a file into the home directory, as its user's. What has that name is replaced. Throws `FileSystemError`. */
export async function putFile(
  tx: Transaction,
  layers: LayerStore,
  file: { readonly name: string; readonly bytes: Blob },
  now: number,
): Promise<PutFile> {
  const name = basename(file.name);
  if (name === "" || name === "." || name === ".." || name === "/") throw new FileSystemError("EINVAL", file.name);
  const put = { path: `${HOME}/${name}`, content: await contentOf(file.bytes, layers) };
  writeFile(tx, put, now);
  return put;
}

/** Writes a file whose bytes are here already. Throws `FileSystemError`. */
export function writeFile(tx: Transaction, { path, content }: PutFile, now: number): void {
  const flags = { write: true, create: true, truncate: true };
  changeHostFiles(tx, now, (fs) => fs.write(path, content, flags, 0o644, learner));
}

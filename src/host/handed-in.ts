import { importArchive } from "../engine/archive/import.ts";
import type { LayerStore } from "../engine/ports.ts";
import type { Transaction } from "../engine/transaction.ts";
import { putFile } from "./file-transfer.ts";
import type { LogEntry } from "./scenario.ts";

/** Bytes from outside, which no log holds: an archive of images, or a file for the home directory. */
export type Brought =
  | { readonly kind: "images"; readonly archive: Blob }
  | { readonly kind: "file"; readonly name: string; readonly bytes: Blob };

/** Of a log, by the index of the entry that it was handed in with. */
export type Bytes = ReadonlyMap<number, Brought>;

/** What was handed in, as the log has it. */
export type HandedIn = Pick<LogEntry, "loaded" | "content"> & { readonly imported: readonly string[] };

/** Its line in the log: nobody typed one. */
export function lineOf(brought: Brought): string {
  return brought.kind === "images" ? "docker load" : `# ${brought.name.replaceAll(/\s/g, " ")}`;
}

/** Throws `EngineError` and `FileSystemError`; nothing is taken in then. */
export async function takeIn(tx: Transaction, layers: LayerStore, brought: Brought, at: number): Promise<HandedIn> {
  if (brought.kind === "file") {
    const { path, content } = await putFile(tx, layers, brought, at);
    return { content, imported: [path] };
  }
  const loaded = await importArchive(tx, layers, brought.archive);
  return { loaded, imported: loaded.flatMap(({ image, names }) => (names.length > 0 ? names : [image])) };
}

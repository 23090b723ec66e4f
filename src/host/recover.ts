import { type Content, type ReadStored } from "../core/filesystem/content.ts";
import { type Loaded, putImage } from "../engine/archive/import.ts";
import { EngineError } from "../engine/error.ts";
import { findImage } from "../engine/lookup.ts";
import type { EngineState } from "../engine/state.ts";
import type { Transaction } from "../engine/transaction.ts";
import { writeFile } from "./file-transfer.ts";
import type { LogEntry } from "./scenario.ts";

/** Where what was handed in may still be: the states that are known, and the bytes at rest. */
export interface Known {
  readonly states: readonly EngineState[];
  readonly readStored: ReadStored;
}

/**
 * Does again what an archive or a file did that was handed in: the log has not its bytes, but what they
 * became may still be here. Answers false when it is not.
 */
export async function recover(tx: Transaction, entry: LogEntry, known: Known): Promise<boolean> {
  const { content, imported = [] } = entry;
  if (content) {
    if (!(await readable(content, known.readStored))) return false;
    for (const path of imported) writeFile(tx, { path, content }, entry.at);
    return true;
  }
  const loaded = entry.loaded ?? imported.map((name) => loadedAs(name, known.states));
  return loaded.every((one) => one !== null && takeImage(tx, one, known.states));
}

/** One byte of each stored run tells: bytes are kept and let go layer by layer. */
async function readable(content: Content, read: ReadStored): Promise<boolean> {
  try {
    for (const segment of content.segments) {
      if (segment.kind === "stored") await read(segment.layer, segment.offset, Math.min(1, segment.size));
    }
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

/** An entry from before images were logged has only a name or an id. */
function loadedAs(name: string, states: readonly EngineState[]): Loaded | null {
  for (const state of states) {
    try {
      const image = findImage(state, name).id;
      return { image, names: image === name ? [] : [name] };
    } catch (error) {
      if (!(error instanceof EngineError)) throw error;
    }
  }
  return null;
}

function takeImage(tx: Transaction, { image: id, names }: Loaded, states: readonly EngineState[]): boolean {
  const state = states.find(({ images }) => images.has(id));
  const image = state?.images.get(id);
  if (!state || !image) return false;
  const layers = image.layers.flatMap((chain) => state.layers.get(chain) ?? []);
  putImage(tx, image, layers, names);
  return layers.length === image.layers.length;
}

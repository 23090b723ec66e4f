import * as v from "valibot";
import { exportArchive } from "../engine/archive/export.ts";
import { ArchiveFiles } from "../engine/archive/files.ts";
import { blobOf } from "../engine/archive/host-blob.ts";
import { Tar } from "../engine/archive/tar.ts";
import { EngineError } from "../engine/error.ts";
import type { LayerStore } from "../engine/ports.ts";
import { type EngineState, emptyState } from "../engine/state.ts";
import { Transaction } from "../engine/transaction.ts";
import type { Brought, Bytes } from "./handed-in.ts";
import { LinkError, encodeLink } from "./link.ts";
import { fragmentInPicture } from "./picture-scene.ts";
import { recover } from "./recover.ts";
import type { LogEntry, Scenario } from "./scenario.ts";

/**
 * A scene as a file is a tar: `scene.json`, with the link in it, and the bytes that no link carries (docs/link.md).
 * `left`: what could not be put in, because its bytes are not here any more.
 */
export interface SceneFile {
  readonly file: Blob;
  readonly left: readonly string[];
}

const INDEX = "scene.json";
const VERSION = 1;

const indexShape = v.object({
  lamina: v.number(),
  link: v.string(),
  brought: v.array(
    v.object({
      entry: v.pipe(v.number(), v.integer(), v.minValue(0)),
      path: v.string(),
      /** Of a file: what it is called in the home directory. */
      name: v.optional(v.string()),
    }),
  ),
});

/** `known`: states in which the images may be that were handed in. */
export async function sceneFile(
  scenario: Scenario,
  known: readonly EngineState[],
  layers: LayerStore,
): Promise<SceneFile> {
  const tar = new Tar();
  const left: string[] = [];
  const brought: v.InferOutput<typeof indexShape>["brought"] = [];
  for (const [entry, logged] of scenario.entries.entries()) {
    const { imported } = logged;
    if (!imported) continue;
    const bytes = await bytesOf(logged, known, layers);
    if (!bytes) left.push(...imported);
    else {
      const path = `brought/${entry}${logged.content ? "" : ".tar"}`;
      tar.file(path, bytes);
      const name = logged.content && imported[0]?.split("/").at(-1);
      brought.push({ entry, path, ...(name !== undefined && { name }) });
    }
  }
  tar.text(INDEX, JSON.stringify({ lamina: VERSION, link: encodeLink(scenario), brought }));
  return { file: await tar.toBlob(), left };
}

async function bytesOf(entry: LogEntry, states: readonly EngineState[], layers: LayerStore): Promise<Blob | null> {
  const { readStored } = layers;
  const tx = new Transaction(emptyState);
  if (!(await recover(tx, entry, { states, readStored }))) return null;
  if (entry.content) return blobOf(entry.content, readStored);
  const named = [...tx.state.tags].map(([name]) => name);
  const tagged = new Set(tx.state.tags.values());
  const nameless = [...tx.state.images.keys()].filter((id) => !tagged.has(id));
  return exportArchive(tx.state, layers, [...named, ...nameless], "docker-archive");
}

/** Anything that holds a scene, read: a scene's file, a picture of one, or a link in a text. */
export interface ReadScene {
  readonly fragment: string;
  readonly brought: Bytes;
}

/** What is not a tar is read whole: pictures and texts are not longer. */
const MOST_WHOLE = 64 * 1024 * 1024;

/** Throws {@link LinkError}; what is wrong with the link in it is said when that is read. */
export async function readScene(file: Blob): Promise<ReadScene> {
  if (await isTar(file)) return readTarScene(file);
  if (file.size > MOST_WHOLE) throw new LinkError("foreign");
  const bytes = new Uint8Array(await file.arrayBuffer());
  const fragment = fragmentInPicture(bytes) ?? fragmentInText(new TextDecoder().decode(bytes));
  if (fragment === null) throw new LinkError("foreign");
  return { fragment, brought: new Map() };
}

async function readTarScene(file: Blob): Promise<ReadScene> {
  const files = await ArchiveFiles.read(file).catch(asLinkError);
  const index = files.get(INDEX);
  if (!index) throw new LinkError("foreign");
  if (index.size > MOST_WHOLE) throw new LinkError("damaged");
  const value = await index
    .text()
    .then((text) => JSON.parse(text) as unknown, asLinkError)
    .catch(asLinkError);
  const parsed = v.safeParse(indexShape, value);
  if (!parsed.success) throw new LinkError("damaged");
  if (parsed.output.lamina > VERSION) throw new LinkError("newer");
  const brought = new Map<number, Brought>();
  for (const { entry, path, name } of parsed.output.brought) {
    const bytes = files.get(path);
    if (!bytes) continue;
    brought.set(entry, name === undefined ? { kind: "images", archive: bytes } : { kind: "file", name, bytes });
  }
  return { fragment: parsed.output.link, brought };
}

function asLinkError(error: unknown): never {
  if (error instanceof EngineError || error instanceof SyntaxError) throw new LinkError("damaged");
  throw error;
}

/** (POSIX, ustar: the magic is at 257.) */
async function isTar(file: Blob): Promise<boolean> {
  return (await file.slice(257, 262).text()) === "ustar";
}

/** A link, or what is behind its `#`, and nothing else. */
function fragmentInText(text: string): string | null {
  return /^\s*(?:\S*#)?(\d[\w-]+(?:&\S*)?)\s*$/.exec(text)?.[1] ?? null;
}

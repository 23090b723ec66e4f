import { memfs } from "memfs";
import { diff } from "../src/core/container/diff.ts";
import { bytesContent, textContent } from "../src/core/filesystem/content.ts";
import { root } from "../src/core/filesystem/filesystem.ts";
import { emptyTree, entriesFromTree, type FileTree, treeFromEntries } from "../src/core/filesystem/tree.ts";
import type { LayerEntry } from "../src/core/image/layer-entry.ts";
import { emptyLower, type Lower, stackOn } from "../src/core/overlay/lower.ts";
import { OverlayFileSystem } from "../src/core/overlay/overlay.ts";
import { layerStore } from "../src/storage/layer-store.ts";
import { memoryStore } from "../src/storage/memory/store.ts";
import { digits, median, medianOf } from "./timing.ts";

const SIZE = 4096;
const line = "one line more\n";
const own = { uid: 0, gid: 0, mtime: 1_700_000_000 };

function lowerOf(count: number): { lower: Lower; paths: string[] } {
  const bytes = bytesContent(new Uint8Array(SIZE).fill(97));
  const paths = Array.from({ length: count }, (_, at) => `srv/d${at % 50}/file-${at}`);
  const directories = ["srv", ...Array.from({ length: 50 }, (_, at) => `srv/d${at}`)];
  const entries: LayerEntry[] = [
    ...directories.map((path): LayerEntry => ({ ...own, kind: "directory", path, mode: 0o755 })),
    ...paths.map((path): LayerEntry => ({ ...own, kind: "file", path, mode: 0o644, content: bytes })),
  ];
  return { lower: stackOn(emptyLower, treeFromEntries(entries)), paths };
}

function appended(lower: Lower, paths: readonly string[]): FileTree {
  const view = new OverlayFileSystem(lower, emptyTree, { now: () => 0 });
  const content = textContent(line);
  for (const path of paths) view.write(`/${path}`, content, { write: true, append: true }, 0o644, root);
  return view.upper;
}

interface Costs {
  append: number;
  diff: number;
  commit: number;
}

/** µs a file. */
async function costs(count: number): Promise<Costs> {
  const { lower, paths } = lowerOf(count);
  const upper = appended(lower, paths);
  const changes = diff(lower, upper).filter(([kind, path]) => kind === "C" && path.includes("file-"));
  if (changes.length !== count) throw new Error(`diff tells ${changes.length} of ${count}`);
  const perFile = (ms: number): number => (ms * 1000) / count;
  const commit = async (): Promise<void> => {
    const made = await layerStore(memoryStore().blobs).create(entriesFromTree(upper));
    if (made.tarSize < count * SIZE) throw new Error("the layer is too small");
  };
  return {
    append: perFile(median(() => void appended(lower, paths), 7)),
    diff: perFile(median(() => void diff(lower, upper), 7)),
    commit: perFile(await medianOf(commit)),
  };
}

function memfsAppend(count: number): number {
  const { fs } = memfs();
  const { paths } = lowerOf(count);
  for (const path of paths) {
    fs.mkdirSync(`/${path.slice(0, path.lastIndexOf("/"))}`, { recursive: true });
    fs.writeFileSync(`/${path}`, "a".repeat(SIZE));
  }
  return (median(() => paths.forEach((path) => fs.appendFileSync(`/${path}`, line)), 7) * 1000) / count;
}

/** Copy-up and append to each of 2,000 files of a lower layer, then diff, then commit. */
export async function changes(): Promise<object> {
  const many = await costs(2000);
  const few = await costs(500);
  const flat = memfsAppend(2000);
  return {
    what: `µs a file of ${SIZE} bytes, 2000 lower files; to500: a file's cost at 2000 files / at 500, 1 is linear`,
    copyUpAndAppendUs: digits(many.append),
    diffUs: digits(many.diff),
    commitUs: digits(many.commit),
    memfsAppendUs: digits(flat),
    copyUpAndAppendToMemfsAppend: digits(many.append / flat),
    to500: {
      append: digits(many.append / few.append),
      diff: digits(many.diff / few.diff),
      commit: digits(many.commit / few.commit),
    },
  };
}

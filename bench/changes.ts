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
import { table } from "./table.ts";
import { digits, shortestOf, shortestInTurns } from "./timing.ts";

const COUNTS = [1_000, 3_000, 10_000] as const;
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

/** An append to each of so many lower files, the diff of that, its commit, and the appends in memfs. */
function prepared(count: number) {
  const { lower, paths } = lowerOf(count);
  const upper = appended(lower, paths);
  const changed = diff(lower, upper).filter(([kind, path]) => kind === "C" && path.includes("file-"));
  if (changed.length !== count) throw new Error(`diff tells ${changed.length} of ${count}`);
  const { fs } = memfs();
  for (let at = 0; at < 50; at++) fs.mkdirSync(`/srv/d${at}`, { recursive: true });
  for (const path of paths) fs.writeFileSync(`/${path}`, "a".repeat(SIZE));
  return {
    append: () => void appended(lower, paths),
    diff: () => void diff(lower, upper),
    memfs: () => paths.forEach((path) => fs.appendFileSync(`/${path}`, line)),
    commit: async (): Promise<void> => {
      const made = await layerStore(memoryStore().blobs).create(entriesFromTree(upper));
      if (made.tarSize < count * SIZE) throw new Error("the layer is too small");
    },
  };
}

/** Copy-up and append to each of many files of a lower layer, then diff, then commit: µs a file. */
export async function changes() {
  const work = COUNTS.map(prepared);
  const perFile = (ms: number, at: number): number => (ms * 1000) / (COUNTS[at] ?? 1);
  const append = shortestInTurns(work.map((one) => one.append)).map(perFile);
  const flat = shortestInTurns(
    work.map((one) => one.memfs),
    5,
  ).map(perFile);
  const diffs = shortestInTurns(work.map((one) => one.diff)).map(perFile);
  const commit: number[] = [];
  for (const [at, one] of work.entries()) commit.push(perFile(await shortestOf(one.commit, 3), at));
  const rows = { append, diff: diffs, commit, memfsAppend: flat };
  const growth = (values: number[]): number => digits((values.at(-1) ?? 0) / (values[0] ?? 1));
  return {
    what: `µs a file: copy-up of ${SIZE} bytes and an appended line, the diff of all that, its commit; growth: a file's cost at 10,000 / at 1,000, 1 is linear`,
    files: COUNTS,
    ...Object.fromEntries(Object.entries(rows).map(([name, us]) => [name, { us: us.map(digits), growth: growth(us) }])),
    table: table("µs a file, when so many lower files are appended to", [
      ["", ...COUNTS.map((count) => count.toLocaleString("en")), "growth"],
      ...Object.entries(rows).map(([name, us]) => [name, ...us.map(digits), growth(us)]),
    ]),
  };
}

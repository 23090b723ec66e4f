import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { textContent } from "../src/core/filesystem/content.ts";
import { root } from "../src/core/filesystem/filesystem.ts";
import {
  deserializeTree,
  emptyTree,
  type FileTree,
  serializeTree,
  treeFromEntries,
} from "../src/core/filesystem/tree.ts";
import { treeChanges } from "../src/core/filesystem/tree-changes.ts";
import { emptyLower, type Lower } from "../src/core/overlay/lower.ts";
import { OverlayFileSystem } from "../src/core/overlay/overlay.ts";
import { layerEntries, scattered, stack } from "./many-files.ts";
import { table } from "./table.ts";
import { digits, shortest } from "./timing.ts";

const OPERATIONS = 10_000;

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc") as () => void;

function heapMB(): number {
  collect();
  collect();
  return process.memoryUsage().heapUsed / 1e6;
}

/** The upper tree after each of 10,000 operations: a line appended to a file, all over the tree. */
function moments(lower: Lower, upper: FileTree): FileTree[] {
  const view = new OverlayFileSystem(lower, upper, { now: () => 0 });
  const line = textContent("one line more\n");
  return scattered.slice(0, OPERATIONS).map((path) => {
    view.write(path, line, { write: true, append: true }, 0o644, root);
    return view.upper;
  });
}

/** What keeping every moment costs, comparing two of them, and making a tree of so many files. */
export function snapshots() {
  const lower = stack(1);
  moments(lower, emptyTree);
  const before = heapMB();
  const kept = moments(lower, emptyTree);
  const layered = heapMB() - before;
  if (new Set(kept).size !== OPERATIONS) throw new Error("a snapshot is missing");

  const entries = layerEntries(1, 0);
  const tree = treeFromEntries(entries);
  const empty = heapMB();
  const inPlace = moments(emptyLower, tree);
  const flat = heapMB() - empty;
  const [one = tree, two = tree] = inPlace.slice(-2);
  if (treeChanges(one, two).length !== 1) throw new Error("two moments differ by one file");

  const saved = serializeTree(tree);
  const ms = {
    compareTwo: shortest(() => void treeChanges(one, two)),
    fromEntries: shortest(() => void treeFromEntries(entries), 5),
    save: shortest(() => void serializeTree(tree), 5),
    load: shortest(() => void deserializeTree(saved), 5),
  };
  return {
    what: "MB of heap for a snapshot after every one of 10,000 appends on 100,000 files (limit 200): in one lower layer, and all in the upper directory; ms for two snapshots one operation apart to be compared, and for a tree of 100,000 files to be made of a layer's entries, saved and loaded",
    layeredMB: digits(layered),
    flatMB: digits(flat),
    ...Object.fromEntries(Object.entries(ms).map(([name, value]) => [`${name}Ms`, digits(value)])),
    table: table("100,000 files", [
      ["a snapshot after each of 10,000 appends to lower files", `${digits(layered)} MB`],
      ["the same, all files in the upper directory", `${digits(flat)} MB`],
      ["comparing two snapshots, one operation apart", `${digits(ms.compareTwo)} ms`],
      ["a tree of a layer's entries", `${digits(ms.fromEntries)} ms`],
      ["saving a tree as plain data", `${digits(ms.save)} ms`],
      ["loading it", `${digits(ms.load)} ms`],
    ]),
  };
}

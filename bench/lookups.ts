import { memfs } from "memfs";
import { root } from "../src/core/filesystem/filesystem.ts";
import { emptyTree } from "../src/core/filesystem/tree.ts";
import type { Lower } from "../src/core/overlay/lower.ts";
import { OverlayFileSystem } from "../src/core/overlay/overlay.ts";
import { files, folders, scattered, stack, text } from "./many-files.ts";
import { table } from "./table.ts";
import { digits, shortestInTurns } from "./timing.ts";

const LAYERS = [1, 8, 32, 127] as const;
const missing = scattered.slice(0, 20_000).map((path) => `${path}.none`);
const directories = folders.map((path) => `/${path}`);

/** The calls both sides have. `kinds`: names and whether they are directories, as a walk needs them. */
interface Calls {
  stat(path: string): unknown;
  lstat(path: string): unknown;
  readFile(path: string): { readonly length: number };
  readdir(path: string): readonly { readonly name: string; readonly directory: boolean }[] | readonly unknown[];
  walk(path: string): number;
}

function overlay(lower: Lower): Calls {
  const view = new OverlayFileSystem(lower, emptyTree, { now: () => 0 });
  const walk = (path: string): number => {
    let count = 0;
    for (const { name, kind } of view.readdir(path, root)) {
      const at = path === "/" ? `/${name}` : `${path}/${name}`;
      view.lstat(at, root);
      count += kind === "directory" ? walk(at) : 1;
    }
    return count;
  };
  return {
    stat: (path) => view.stat(path, root),
    lstat: (path) => view.lstat(path, root),
    readFile: (path) => {
      const [segment] = view.read(path, root).segments;
      if (segment?.kind !== "bytes") throw new Error(`${path} has no bytes`);
      return segment.bytes;
    },
    readdir: (path) => view.readdir(path, root),
    walk,
  };
}

function flat(): Calls {
  const { fs } = memfs();
  for (const path of directories) fs.mkdirSync(path, { recursive: true });
  for (const path of files) fs.writeFileSync(`/${path}`, text);
  const list = (path: string) => fs.readdirSync(path, { withFileTypes: true }) as Dirent[];
  const walk = (path: string): number => {
    let count = 0;
    for (const entry of list(path)) {
      const at = path === "/" ? `/${entry.name}` : `${path}/${entry.name}`;
      fs.lstatSync(at);
      count += entry.isDirectory() ? walk(at) : 1;
    }
    return count;
  };
  return {
    stat: (path) => fs.statSync(path),
    lstat: (path) => fs.lstatSync(path),
    readFile: (path) => fs.readFileSync(path) as Uint8Array,
    readdir: list,
    walk,
  };
}
interface Dirent {
  readonly name: string;
  isDirectory(): boolean;
}

const each =
  (paths: readonly string[], call: (path: string) => unknown): (() => void) =>
  () => {
    for (const path of paths) call(path);
  };

/** Each kind of call: what to do with a filesystem, how many calls that is, rounds. */
const kinds = {
  stat: { calls: scattered.length, work: ({ stat }: Calls) => each(scattered, stat) },
  missing: { calls: missing.length, work: ({ stat }: Calls) => each(missing, (path) => refused(stat, path)) },
  readFile: { calls: scattered.length, work: ({ readFile }: Calls) => each(scattered, readFile) },
  readdir: { calls: directories.length, work: ({ readdir }: Calls) => each(directories, readdir) },
  walk: {
    calls: files.length,
    work:
      ({ walk }: Calls) =>
      () =>
        whole(walk("/")),
  },
} as const;
type Kind = keyof typeof kinds;

function refused(stat: Calls["stat"], path: string): void {
  try {
    stat(path);
  } catch {
    return;
  }
  throw new Error(`${path} is there`);
}

function whole(count: number): void {
  if (count !== files.length) throw new Error(`a walk finds ${count} files of ${files.length}`);
}

/** What a call costs on stacks of several depths, against memfs with the same tree in one piece. */
export function lookups() {
  const stacks = LAYERS.map((layers) => overlay(stack(layers)));
  // A directory remembers what it was asked: the first walk of all is told apart.
  const first = stacks.map(({ walk }) => {
    const start = performance.now();
    whole(walk("/"));
    return ((performance.now() - start) * 1e6) / files.length;
  });
  const all = [flat(), ...stacks];
  const measured = Object.entries(kinds).map(([kind, { calls, work }]) => {
    const ns = shortestInTurns(all.map(work), 5, 2).map((ms) => (ms * 1e6) / calls);
    const [memfsNs = 0, ...own] = ns;
    const toMemfs = own.map((value) => digits(value / memfsNs));
    const deepToFlat = digits((own.at(-1) ?? 0) / (own[0] ?? 1));
    return [kind as Kind, { memfsNs: digits(memfsNs), ns: own.map(digits), toMemfs, deepToFlat }] as const;
  });
  return {
    what: "ns a call on 100,000 files in 1,000 directories, in scattered order (walk: readdir and lstat, ns a file); toMemfs: this / memfs, below 1 is faster; deepToFlat: 127 layers / 1",
    layers: LAYERS,
    ...Object.fromEntries(measured),
    firstWalkNs: first.map(digits),
    table: table("ns a call, 100,000 files (in brackets: times memfs)", [
      ["", "memfs", ...LAYERS.map((layers) => `${layers} layer${layers === 1 ? "" : "s"}`), "127 / 1"],
      ...measured.map(([kind, { memfsNs, ns, toMemfs, deepToFlat }]) => [
        kind,
        memfsNs,
        ...ns.map((value, at) => `${value} (${toMemfs[at]})`),
        deepToFlat,
      ]),
      ["first walk", "", ...first.map((value) => `${digits(value)}`), ""],
    ]),
  };
}

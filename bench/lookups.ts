import { memfs } from "memfs";
import { textContent } from "../src/core/filesystem/content.ts";
import { root } from "../src/core/filesystem/filesystem.ts";
import { emptyTree, treeFromEntries } from "../src/core/filesystem/tree.ts";
import type { LayerEntry } from "../src/core/image/layer-entry.ts";
import { emptyLower, type Lower, stackOn } from "../src/core/overlay/lower.ts";
import { OverlayFileSystem } from "../src/core/overlay/overlay.ts";
import { digits, median } from "./timing.ts";

const DIRECTORIES = 100;
const FILES = 40;
const LAYERS = [1, 8, 32, 127] as const;

const own = { uid: 0, gid: 0, mtime: 1_700_000_000 };
const directories = Array.from({ length: DIRECTORIES }, (_, at) => `usr/share/d${at}`);
const files = directories.flatMap((directory) => Array.from({ length: FILES }, (_, at) => `${directory}/file-${at}`));

/** One and the same tree, its files dealt out over so many layers; every layer has every directory. */
function stack(layers: number): Lower {
  let lower = emptyLower;
  for (let layer = 0; layer < layers; layer++) {
    const entries: LayerEntry[] = ["usr", "usr/share", ...directories].map((path) => ({
      ...own,
      kind: "directory",
      path,
      mode: 0o755,
    }));
    for (const [at, path] of files.entries()) {
      if (at % layers === layer) entries.push({ ...own, kind: "file", path, mode: 0o644, content: textContent(path) });
    }
    lower = stackOn(lower, treeFromEntries(entries));
  }
  return lower;
}

interface Calls {
  stat(path: string): unknown;
  readdir(path: string): unknown;
}

const paths = files.map((path) => `/${path}`);
const missing = files.map((path) => `/${path}.none`);
const folders = directories.map((path) => `/${path}`);

/** ns a call. */
function measured({ stat, readdir }: Calls): { stat: number; missing: number; readdir: number } {
  const perCall = (ms: number, calls: number): number => (ms * 1e6) / calls;
  const every = (list: readonly string[], call: (path: string) => unknown) => () => {
    for (const path of list) call(path);
  };
  const refused = (path: string): void => {
    try {
      stat(path);
    } catch {
      return;
    }
    throw new Error(`${path} is there`);
  };
  return {
    stat: perCall(median(every(paths, stat)), paths.length),
    missing: perCall(median(every(missing, refused)), missing.length),
    readdir: perCall(median(every(folders, readdir)), folders.length),
  };
}

/** What a call costs on stacks of several depths, against memfs with the same tree in one piece. */
export function lookups(): object {
  const { fs } = memfs();
  for (const path of folders) fs.mkdirSync(path, { recursive: true });
  for (const path of files) fs.writeFileSync(`/${path}`, path);
  const flat = measured({
    stat: (path) => fs.statSync(path),
    readdir: (path) => fs.readdirSync(path, { withFileTypes: true }),
  });
  const stacks = LAYERS.map((layers) => {
    const view = new OverlayFileSystem(stack(layers), emptyTree, { now: () => 0 });
    const seen = view.readdir(folders[0] ?? "", root).length;
    if (seen !== FILES) throw new Error(`${layers} layers show ${seen} files of ${FILES}`);
    const own = measured({ stat: (path) => view.stat(path, root), readdir: (path) => view.readdir(path, root) });
    return { layers, own };
  });
  return {
    what: `ns a call on a tree of ${files.length} files in ${DIRECTORIES} directories; toMemfs: this / memfs, below 1 is faster`,
    memfs: { statNs: digits(flat.stat), missingNs: digits(flat.missing), readdirNs: digits(flat.readdir) },
    stacks: stacks.map(({ layers, own }) => ({
      layers,
      statNs: digits(own.stat),
      missingNs: digits(own.missing),
      readdirNs: digits(own.readdir),
      toMemfs: {
        stat: digits(own.stat / flat.stat),
        missing: digits(own.missing / flat.missing),
        readdir: digits(own.readdir / flat.readdir),
      },
    })),
    deepestToOneLayer: ratios(stacks.at(-1)?.own, stacks[0]?.own),
  };
}

function ratios(deep: ReturnType<typeof measured> | undefined, one: ReturnType<typeof measured> | undefined): object {
  if (!deep || !one) return {};
  return {
    stat: digits(deep.stat / one.stat),
    missing: digits(deep.missing / one.missing),
    readdir: digits(deep.readdir / one.readdir),
  };
}

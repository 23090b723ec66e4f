import { textContent } from "../src/core/filesystem/content.ts";
import { treeFromEntries } from "../src/core/filesystem/tree.ts";
import type { LayerEntry } from "../src/core/image/layer-entry.ts";
import { emptyLower, type Lower, stackOn } from "../src/core/overlay/lower.ts";

/** The image that is measured: 100,000 files in 1,000 directories, five names deep, as packages' data lies. */
export const folders = Array.from({ length: 1000 }, (_, at) => `usr/share/p${Math.floor(at / 10)}/d${at % 10}`);
export const files = folders.flatMap((folder) => Array.from({ length: 100 }, (_, at) => `${folder}/file-${at}`));
const tops = ["usr", "usr/share", ...Array.from({ length: 100 }, (_, at) => `usr/share/p${at}`)];

export const text = "the same text in every file\n";

/** All files once, no two neighbours after each other. */
export const scattered = files.map((_, at) => `/${files[(at * 7919) % files.length]}`);

const own = { uid: 0, gid: 0, mtime: 1_700_000_000 };

/** The entries of one of `layers` layers among which the files are dealt out; each has every directory. */
export function layerEntries(layers: number, layer: number): LayerEntry[] {
  const content = textContent(text);
  const dealt = files.filter((_, at) => at % layers === layer);
  return [
    ...[...tops, ...folders].map((path): LayerEntry => ({ ...own, kind: "directory", path, mode: 0o755 })),
    ...dealt.map((path): LayerEntry => ({ ...own, kind: "file", path, mode: 0o644, content })),
  ];
}

/** One and the same tree, whatever the number of layers. */
export function stack(layers: number): Lower {
  let lower = emptyLower;
  for (let layer = 0; layer < layers; layer++) lower = stackOn(lower, treeFromEntries(layerEntries(layers, layer)));
  return lower;
}

import { expect, test } from "vitest";
import { textContent } from "../../core/filesystem/content.ts";
import { treeFromEntries } from "../../core/filesystem/tree.ts";
import type { LayerEntry } from "../../core/image/layer-entry.ts";
import { emptyLower, stackOn } from "../../core/overlay/lower.ts";
import { answersOf } from "./lookup.ts";

const owned = { mode: 0o755, uid: 0, gid: 0, mtime: 1 };
const KINDS: readonly ((path: string) => LayerEntry[])[] = [
  (path) => [{ ...owned, path, kind: "file", content: textContent(path) }],
  (path) => [{ ...owned, path, kind: "directory" }],
  (path) => [
    { ...owned, path, kind: "directory" },
    { ...owned, path, kind: "opaque" },
  ],
  (path) => [{ ...owned, path, kind: "whiteout" }],
  () => [],
];
const NAMES = ["a", "b"];
const PATHS = NAMES.flatMap((x) => [x, ...NAMES.flatMap((y) => [`${x}/${y}`, ...NAMES.map((z) => `${x}/${y}/${z}`)])]);

/** A layer from a stream of numbers; what lies below something that is no directory is left out. */
function layerOf(next: () => number): LayerEntry[] {
  const directories = new Set([""]);
  return PATHS.flatMap((path) => {
    if (!directories.has(path.slice(0, Math.max(0, path.lastIndexOf("/"))))) return [];
    const entries = KINDS[next() % KINDS.length]?.(path) ?? [];
    if (entries[0]?.kind === "directory") directories.add(path);
    return entries;
  });
}

test("the plate that settles a lookup is the one that the mounted stack shows, in 400 stacks", () => {
  let seed = 7;
  const next = (): number => (seed = (Math.imul(seed, 1_103_515_245) + 12_345) & 0x7fffffff) >> 12;
  const settled = { found: 0, whiteout: 0, opaque: 0, nothing: 0 };
  for (let stack = 0; stack < 400; stack++) {
    const trees = Array.from({ length: 2 + (stack % 5) }, () => treeFromEntries(layerOf(next)));
    const { root } = trees.reduce(stackOn, emptyLower);
    const plates = trees.map((tree, layer) => ({ layer: `sha256:${layer}` as never, tree })).toReversed();
    for (const path of PATHS) {
      const names = path.split("/");
      const parent = names.slice(0, -1).reduce((at: typeof root | undefined, name) => at?.children.get(name), root);
      if (parent?.node.kind !== "directory") continue;
      const seen = parent.children.get(names.at(-1) ?? "");
      const answers = answersOf(plates, names);
      const last = answers.at(-1);
      expect(answers.slice(0, -1).every(({ answer }) => answer === "nothing")).toBe(true);
      if (seen) expect(last).toEqual({ layer: `sha256:${seen.layer}`, answer: "found" });
      else expect(last?.answer).not.toBe("found");
      settled[last?.answer ?? "nothing"] += 1;
    }
  }
  for (const count of Object.values(settled)) expect(count).toBeGreaterThan(30);
});

import type { LayerSource, PackageSelection, Step } from "../../src/content/images/image.ts";
import { parseEffect, parseEntries } from "../../src/content/packages/format.ts";
import { parsePathRules } from "../../src/content/packages/path-rules.ts";
import { addAccounts } from "./accounts.ts";
import { apkDatabase } from "./apk.ts";
import { dpkgDatabase } from "./dpkg.ts";
import { distribution, type LoadedPackage, loadFolder } from "./facts.ts";
import { type Node, Root } from "./root.ts";
import { rpmDatabase } from "./rpm.ts";

/** What a stack of layers holds so far. */
export interface Stack {
  readonly nodes: ReadonlyMap<string, Node>;
  /** Packages installed so far, in order of unpacking, and those of them marked automatic. */
  readonly packages: readonly LoadedPackage[];
  readonly automatic: readonly string[];
}

export const emptyStack: Stack = { nodes: new Map(), packages: [], automatic: [] };

export interface BuiltLayer {
  readonly nodes: ReadonlyMap<string, Node>;
  readonly removed: readonly string[];
  readonly stack: Stack;
}

const databases = { dpkg: dpkgDatabase, apk: apkDatabase, rpm: rpmDatabase };

/** Seconds since 1970. */
function seconds(date: string): number {
  const time = Date.parse(date);
  if (Number.isNaN(time)) throw new Error(`not a date: ${date}`);
  return Math.floor(time / 1000);
}

/** Lays one layer on a stack. */
export function buildLayer(source: LayerSource, step: Step, below: Stack): BuiltLayer {
  const mtime = seconds(source.date ?? step.created);
  const root = new Root(below.nodes);
  const folder = source.folder === undefined ? null : loadFolder(source.folder, source.entries ?? "entries.txt");
  const inline = Object.entries(source.texts ?? {});

  for (const path of source.removed ?? []) root.remove(path);
  // Links come first (bin -> usr/bin, var/run -> /run): packages unpack through them.
  for (const entry of folder?.entries ?? []) {
    if (entry.kind !== "symlink") continue;
    if (!entry.path.includes("/")) {
      root.put({ kind: "directory", path: entry.target, mode: 0o755, uid: 0, gid: 0 }, mtime, {});
    }
    root.put(entry, mtime, {});
  }

  const selections = [source.packages ?? []].flat();
  const added = selections.flatMap((selection) => unpack(root, selection, mtime));
  const effects = added.flatMap((one) => one.facts.effects);
  addAccounts(root, [...(source.accounts ?? []).map(parseEffect), ...effects], mtime);
  for (const one of added) {
    for (const effect of one.facts.effects) if (effect.kind === "entry") root.put(effect.entry, mtime, one.texts);
  }
  const packages = [...below.packages, ...added];
  const automatic = [...below.automatic, ...selections.flatMap((selection) => selection.automatic ?? [])];
  const [first] = selections;
  if (first) databases[first.manager](root, { added, packages, automatic }, mtime);

  for (const entry of folder?.entries ?? []) root.put(entry, mtime, folder?.texts ?? {}, true);
  for (const [line, text] of inline) {
    for (const entry of parseEntries(line)) root.put(entry, mtime, { [entry.path]: text }, true);
  }
  return { nodes: root.layer(), removed: root.removed, stack: { nodes: root.merged(), packages, automatic } };
}

function unpack(root: Root, selection: PackageSelection, mtime: number): LoadedPackage[] {
  const rules = parsePathRules(selection.rules ?? []);
  const facts = distribution(selection.distro);
  return selection.names.map((name) => {
    const one = facts.package(name);
    const { Date: built } = one.facts.control;
    const date = built === undefined ? mtime : Math.min(mtime, seconds(built));
    for (const entry of one.facts.entries) {
      const isDirectory = entry.kind === "directory";
      if (!rules.excludes(entry.path, isDirectory)) root.put(entry, isDirectory ? mtime : date, one.texts);
    }
    return one;
  });
}

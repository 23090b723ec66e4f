import { sameContent } from "../filesystem/content.ts";
import { type FileTree, type Ino, type Node, ROOT } from "../filesystem/file-tree.ts";
import { walk } from "../filesystem/changeset.ts";
import { split } from "../filesystem/path.ts";
import { type Lower, type LowerNode, emptyLower, stackOn } from "../overlay/lower.ts";

/**
 * Why no path of the final view reaches a file's bytes any more. "metadata": copied up whole, but only mode,
 * owner or time changed; "replaced": something of another type stands there now.
 */
export type DeathReason = "overwritten" | "metadata" | "deleted" | "opaque" | "replaced";

/** A file whose bytes the image carries for nothing. Layers count from the bottom, 0 first. */
export interface DeadFile {
  /** Absolute; of a file with several names the first. */
  readonly path: string;
  /** The layer that holds the bytes. */
  readonly layer: number;
  readonly size: number;
  /** The layer that took the file's last name out of the view. */
  readonly killer: number;
  readonly reason: DeathReason;
  /** What was overwritten, deleted, hidden or replaced there: the file itself or a directory above it. */
  readonly at: string;
}

/** Files that died at one place for one reason: "the directory /usr/share/vim, deleted". */
export interface DeadGroup extends Omit<DeadFile, "path"> {
  readonly files: number;
}

/**
 * The regular files of a stack of layers (bottom first) whose inode no path of the final view reaches, each
 * inode once, in the order of layers and paths. Files without bytes are left out. Unlike what counts paths
 * that occur twice, this sees deleted and opaque directories, broken hard links, and names that live on.
 */
export function deadFiles(layers: readonly FileTree[]): DeadFile[] {
  const live = reachable(layers.reduce(stackOn, emptyLower));
  return layers.flatMap((tree, layer) => {
    const names = new Map<Ino, string[]>();
    for (const { path, ino, node } of walk(tree)) {
      if (node.kind !== "file" || node.content.size === 0 || live.has(key(layer, ino))) continue;
      const known = names.get(ino);
      if (known) known.push(path);
      else names.set(ino, [path]);
    }
    return [...names].flatMap(([ino, paths]) => {
      const node = tree.node(ino);
      if (node.kind !== "file") return [];
      // The bytes died with the last of their names.
      const deaths = paths.flatMap((path) => deathOf(layers, layer, node, split(path)) ?? []);
      const last = deaths.toSorted((a, b) => b.killer - a.killer)[0];
      return last ? [{ path: `/${paths[0]}`, layer, size: node.content.size, ...last }] : [];
    });
  });
}

/** Dead files by where and why they died, the biggest first. */
export function deadGroups(files: readonly DeadFile[]): DeadGroup[] {
  const groups = new Map<string, DeadGroup>();
  for (const { path: _, ...death } of files) {
    const id = `${death.layer} ${death.killer} ${death.reason} ${death.at}`;
    const known = groups.get(id);
    groups.set(id, { ...death, files: (known?.files ?? 0) + 1, size: (known?.size ?? 0) + death.size });
  }
  return [...groups.values()].toSorted((a, b) => b.size - a.size);
}

const key = (layer: number, ino: Ino): string => `${layer}:${ino}`;

function reachable(lower: Lower): Set<string> {
  const live = new Set<string>();
  const visit = (node: LowerNode): void => {
    if (node.node.kind === "file") live.add(key(node.layer, node.ino));
    else for (const entry of node.children.values()) visit(entry);
  };
  visit(lower.root);
  return live;
}

type Death = Pick<DeadFile, "killer" | "reason" | "at">;

/** The lowest layer above `layer` that hides the name, and how. */
function deathOf(layers: readonly FileTree[], layer: number, file: Node, names: readonly string[]): Death | null {
  for (let killer = layer + 1; killer < layers.length; killer++) {
    const tree = layers[killer];
    const death = tree ? hiddenBy(tree, file, names) : null;
    if (death) return { killer, ...death };
  }
  return null;
}

/** How `tree`, of a layer above, hides what a layer below has at `names`; null when it lets it show, or has nothing there. */
export function hiddenBy(tree: FileTree, below: Node, names: readonly string[]): Omit<Death, "killer"> | null {
  let directory = tree.root;
  if (directory.opaque) return { reason: "opaque", at: "/" };
  let ino: Ino | undefined = ROOT;
  for (const [index, name] of names.entries()) {
    ino = directory.entries.get(name);
    if (ino === undefined) return null;
    const node: Node = tree.node(ino);
    const at = `/${names.slice(0, index + 1).join("/")}`;
    if (node.kind === "whiteout") return { reason: "deleted", at };
    const directories = node.kind === "directory" && (index < names.length - 1 || below.kind === "directory");
    if (!directories) return { reason: index < names.length - 1 ? "replaced" : overBy(below, node), at };
    if (node.opaque) return { reason: "opaque", at };
    directory = node;
  }
  return null;
}

function overBy(below: Node, node: Node): DeathReason {
  if (below.kind !== node.kind) return "replaced";
  if (below.kind !== "file" || node.kind !== "file") return "overwritten";
  return sameContent(below.content, node.content) ? "metadata" : "overwritten";
}

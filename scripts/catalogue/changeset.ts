import type { LayerEntry } from "../../src/core/image/layer-entry.ts";
import type { BuiltLayer } from "./layer.ts";
import type { Node } from "./root.ts";
import { comparePaths } from "./root.ts";

const encoder = new TextEncoder();

/** The layer's changeset, whiteouts before their siblings. (image-spec, layer.md) */
export function entriesOf({ nodes, removed }: BuiltLayer): LayerEntry[] {
  const entries: LayerEntry[] = [];
  const top = removed.filter((path) => !removed.some((other) => path.startsWith(`${other}/`)));
  const paths = [...nodes.keys(), ...top].sort(comparePaths);
  const named = firstNames(paths, nodes);
  for (const path of paths) {
    const node = nodes.get(path);
    if (node === undefined) {
      entries.push(whiteout(path));
      continue;
    }
    // Of a file with several names the first in the walk is the file, the others are links to it.
    const first = named.get(node.kind === "hardlink" ? node.target : path);
    if (first === undefined) entries.push(entryOf(path, node));
    else if (first === path)
      entries.push(entryOf(path, nodes.get(node.kind === "hardlink" ? node.target : path) ?? node));
    else entries.push(entryOf(path, { kind: "hardlink", target: first, mtime: node.mtime }));
  }
  return entries;
}

/** For each file that has hard links: its first name in the order of `paths`. */
function firstNames(paths: readonly string[], nodes: ReadonlyMap<string, Node>): Map<string, string> {
  const first = new Map<string, string>();
  const targets = new Set<string>();
  for (const node of nodes.values()) if (node.kind === "hardlink") targets.add(node.target);
  for (const path of paths) {
    const node = nodes.get(path);
    const file = node?.kind === "hardlink" ? node.target : path;
    if (targets.has(file) && !first.has(file)) first.set(file, path);
  }
  return first;
}

function whiteout(path: string): LayerEntry {
  return { kind: "whiteout", path, mode: 0, uid: 0, gid: 0, mtime: 0 };
}

function entryOf(path: string, node: Node): LayerEntry {
  const { mtime } = node;
  if (node.kind === "symlink") {
    return { kind: "symlink", path, mode: 0o777, uid: 0, gid: 0, mtime, target: node.target };
  }
  if (node.kind === "hardlink") {
    return { kind: "hardlink", path, mode: 0o644, uid: 0, gid: 0, mtime, target: node.target };
  }
  const { mode, uid, gid } = node;
  if (node.kind === "directory") return { kind: "directory", path, mode, uid, gid, mtime };
  if (typeof node.content === "number") {
    const { content: size } = node;
    const content = { size, segments: size === 0 ? [] : [{ kind: "zeros" as const, size }] };
    return { kind: "file", path, mode, uid, gid, mtime, content };
  }
  const bytes = encoder.encode(node.content);
  const content = { size: bytes.length, segments: bytes.length === 0 ? [] : [{ kind: "bytes" as const, bytes }] };
  return { kind: "file", path, mode, uid, gid, mtime, content };
}

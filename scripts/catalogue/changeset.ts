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
  for (const path of paths) {
    const node = nodes.get(path);
    entries.push(node === undefined ? whiteout(path) : entryOf(path, node));
  }
  return entries;
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

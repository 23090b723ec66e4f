import { dirname } from "../../core/filesystem/path.ts";
import { type DeadFile, type DeathReason, deadFiles } from "../../core/image/dead-bytes.ts";
import type { StackTarget } from "../stack-view.ts";
import type { EngineState } from "../state.ts";
import { type Plate, type PlateRef, platesOf } from "./plates.ts";

/** The bytes that an image or container carries and nobody can reach. */
export interface DeadBytes {
  /** Bytes of the files of all plates. */
  readonly total: number;
  readonly dead: number;
  readonly files: number;
  /** The biggest first. */
  readonly groups: readonly DeadGroup[];
}

/** Files of one layer that died in one directory, of one later layer, for one reason. */
export interface DeadGroup {
  /** The directory that was deleted, hidden or replaced; otherwise the one the files are in. */
  readonly directory: string;
  /** The directory as a whole went, not files in it one by one. */
  readonly whole: boolean;
  readonly layer: PlateRef;
  readonly killer: PlateRef;
  readonly reason: DeathReason;
  readonly size: number;
  readonly files: number;
  /** The biggest of them. */
  readonly first: readonly { readonly path: string; readonly size: number }[];
}

const NAMED = 100;

/** Null when there is no such target. Costs one walk over all plates. */
export function deadBytes(state: EngineState, target: StackTarget): DeadBytes | null {
  const plates = platesOf(state, target);
  if (!plates) return null;
  const files = deadFiles(plates.map((plate) => plate.tree));
  const groups = new Map<string, DeadFile[]>();
  for (const file of files) {
    const key = `${file.layer} ${file.killer} ${file.reason} ${directoryOf(file)}`;
    const known = groups.get(key);
    if (known) known.push(file);
    else groups.set(key, [file]);
  }
  return {
    total: plates.reduce((sum, { tree }) => sum + tree.size, 0),
    dead: sizeOf(files),
    files: files.length,
    groups: [...groups.values()].map((group) => groupOf(group, plates)).toSorted((a, b) => b.size - a.size),
  };
}

const directoryOf = ({ at, path }: DeadFile): string => (at === path ? dirname(path) : at);
const sizeOf = (files: readonly DeadFile[]): number => files.reduce((sum, { size }) => sum + size, 0);

function groupOf(files: readonly DeadFile[], plates: readonly Plate[]): DeadGroup {
  const [one] = files as readonly [DeadFile, ...DeadFile[]];
  const ref = (index: number): PlateRef => (plates[index] as Plate).layer;
  const first = files
    .toSorted((a, b) => b.size - a.size)
    .slice(0, NAMED)
    .map(({ path, size }) => ({ path, size }));
  return {
    directory: directoryOf(one),
    whole: one.at !== one.path,
    layer: ref(one.layer),
    killer: ref(one.killer),
    reason: one.reason,
    size: sizeOf(files),
    files: files.length,
    first,
  };
}

import { bytesContent, emptyContent, readContent } from "../../core/filesystem/content.ts";
import type { ReadStored } from "../../core/filesystem/content.ts";
import { root } from "../../core/filesystem/filesystem.ts";
import { emptyTree } from "../../core/filesystem/tree.ts";
import type { FileTree } from "../../core/filesystem/tree.ts";
import { type Driver, type Drivers, ENDLESS, memoryDevices } from "../../core/overlay/device.ts";
import { emptyLower } from "../../core/overlay/lower.ts";
import { OverlayFileSystem } from "../../core/overlay/overlay.ts";

const CHARACTERS: readonly (readonly [name: string, major: number, minor: number])[] = [
  ["null", 1, 3],
  ["zero", 1, 5],
  ["full", 1, 7],
  ["random", 1, 8],
  ["urandom", 1, 9],
  ["tty", 5, 0],
  ["console", 136, 0],
];
const LINKS: readonly (readonly [name: string, target: string])[] = [
  ["fd", "/proc/self/fd"],
  ["stdin", "/proc/self/fd/0"],
  ["stdout", "/proc/self/fd/1"],
  ["stderr", "/proc/self/fd/2"],
  ["ptmx", "pts/ptmx"],
];
/** A tmpfs: files that no layer holds and that end with the container. */
export function tmpfs(tree: FileTree, now: () => number, drivers?: Drivers): OverlayFileSystem {
  return new OverlayFileSystem(emptyLower, tree, { now: () => now() / 1000, ...(drivers && { drivers }) });
}

/** /dev as the runtime makes it for a container. (runtime-spec, config-linux.md "Default Devices") */
export function deviceTree(now: () => number): FileTree {
  const fs = tmpfs(emptyTree, now);
  const open = { ...root, umask: 0 };
  for (const [name, major, minor] of CHARACTERS) {
    fs.mknod(`/${name}`, "character", name === "console" ? 0o620 : 0o666, [major, minor], open);
  }
  for (const [name, target] of LINKS) fs.symlink(target, `/${name}`, root);
  for (const [name, mode] of [
    ["pts", 0o755],
    ["shm", 0o1777],
    ["mqueue", 0o1777],
  ] as const)
    fs.mkdir(`/${name}`, mode, open);
  fs.mknod("/pts/0", "character", 0o620, [136, 0], open);
  fs.mknod("/pts/ptmx", "character", 0o666, [5, 2], open);
  return fs.upper;
}

export interface DeviceEnds {
  /** What is written to the terminal. */
  terminal(bytes: Uint8Array): void;
  /** Hex digits, as `Random.hex`. */
  random(bytes: number): string;
  readonly readStored: ReadStored;
}

/** The devices of a container's machine: those of every machine, randomness, and the terminal. */
export function containerDrivers({ terminal, random, readStored }: DeviceEnds): Drivers {
  const chance: Driver = { read: () => bytesContent(fromHex(random(ENDLESS / 16))), write: () => {} };
  const screen: Driver = {
    read: () => emptyContent,
    write(content) {
      const bytes = content.segments.flatMap((segment) => (segment.kind === "bytes" ? [segment.bytes] : []));
      if (bytes.length === content.segments.length) for (const part of bytes) terminal(part);
      else void readContent(content, readStored).then(terminal);
    },
  };
  return { ...memoryDevices, "1:8": chance, "1:9": chance, "5:0": screen, "136:0": screen };
}

function fromHex(hex: string): Uint8Array {
  const bytes = new Uint8Array(hex.length / 2);
  for (let at = 0; at < bytes.length; at++) bytes[at] = Number.parseInt(hex.slice(at * 2, at * 2 + 2), 16);
  return bytes;
}

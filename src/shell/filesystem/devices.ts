import { bytesContent, emptyContent, readContent, zeros } from "../../core/filesystem/content.ts";
import type { Content, ReadStored } from "../../core/filesystem/content.ts";
import { FileSystemError } from "../../core/filesystem/errno.ts";
import { root } from "../../core/filesystem/filesystem.ts";
import type { Credentials, OpenFlags } from "../../core/filesystem/filesystem.ts";
import { emptyTree } from "../../core/filesystem/tree.ts";
import type { FileTree } from "../../core/filesystem/tree.ts";
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
/** How much an endless device gives to a reader that wants everything. */
const ENDLESS = 65_536;

/** A tmpfs: files that no layer holds and that end with the container. */
export function tmpfs(tree: FileTree, now: () => number): OverlayFileSystem {
  return new OverlayFileSystem(emptyLower, tree, { now: () => now() / 1000 });
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

/** The tmpfs on /dev, where reading and writing a device does what the device does. */
export class DeviceFileSystem extends OverlayFileSystem {
  readonly #ends: DeviceEnds;

  constructor(tree: FileTree, now: () => number, ends: DeviceEnds) {
    super(emptyLower, tree, { now: () => now() / 1000 });
    this.#ends = ends;
  }

  override read(path: string, who: Credentials): Content {
    const device = this.#device(path, who);
    if (device === null) return super.read(path, who);
    this.access(path, "r", who);
    if (device === "1:5" || device === "1:7") return zeros(ENDLESS);
    if (device === "1:8" || device === "1:9") return bytesContent(fromHex(this.#ends.random(ENDLESS / 16)));
    return emptyContent;
  }

  override write(path: string, content: Content, flags: OpenFlags, mode: number, who: Credentials): void {
    const device = this.#device(path, who);
    if (device === null) return super.write(path, content, flags, mode, who);
    this.access(path, "w", who);
    if (device === "1:7" && content.size > 0) throw new FileSystemError("ENOSPC", path);
    if (device !== "5:0" && device !== "136:0") return;
    const bytes = content.segments.flatMap((segment) => (segment.kind === "bytes" ? [segment.bytes] : []));
    const known = bytes.length === content.segments.length;
    if (known) for (const part of bytes) this.#ends.terminal(part);
    else void readContent(content, this.#ends.readStored).then((all) => this.#ends.terminal(all));
  }

  #device(path: string, who: Credentials): string | null {
    try {
      const stat = this.stat(path, who);
      return stat.kind === "character" && stat.rdev ? stat.rdev.join(":") : null;
    } catch (error) {
      if (error instanceof FileSystemError) return null;
      throw error;
    }
  }
}

function fromHex(hex: string): Uint8Array {
  const bytes = new Uint8Array(hex.length / 2);
  for (let at = 0; at < bytes.length; at++) bytes[at] = Number.parseInt(hex.slice(at * 2, at * 2 + 2), 16);
  return bytes;
}

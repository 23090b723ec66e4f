import { type Content, emptyContent, zeros } from "../filesystem/content.ts";
import { FileSystemError } from "../filesystem/errno.ts";
import type { DeviceNode, VisibleNode } from "../filesystem/file-tree.ts";

/** What the driver behind a character device does with its bytes. Both throw `FileSystemError`, for `path`. */
export interface Driver {
  /** All that a reader gets; of an endless device, much. A terminal has no place to read from: ESPIPE. */
  read?(path: string): Content;
  write(bytes: Content, path: string): void;
}

/** By "major:minor". A node that no driver serves cannot be opened: ENXIO. (fs/char_dev.c, chrdev_open) */
export type Drivers = Readonly<Record<string, Driver>>;

/** How much an endless device gives to a reader that wants everything. */
export const ENDLESS = 65_536;

/** /dev/null, zero and full, which every machine has. (drivers/char/mem.c) */
export const memoryDevices: Drivers = {
  "1:3": { read: () => emptyContent, write: () => {} },
  "1:5": { read: () => zeros(ENDLESS), write: () => {} },
  "1:7": {
    read: () => zeros(ENDLESS),
    write(_, path) {
      throw new FileSystemError("ENOSPC", path);
    },
  },
};

export function isDevice(node: VisibleNode): node is DeviceNode {
  return node.kind === "character" || node.kind === "block";
}

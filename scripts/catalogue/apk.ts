import type { Installed } from "./database.ts";
import type { Root } from "./root.ts";

/** The apk database of a layer. */
export function apkDatabase(_root: Root, { added }: Installed, _mtime: number): void {
  if (added.length > 0) throw new Error("apk packages are not written yet");
}

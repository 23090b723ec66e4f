import type { Installed } from "./database.ts";
import type { Root } from "./root.ts";

/** The rpm database of a layer. */
export function rpmDatabase(_root: Root, { added }: Installed, _mtime: number): void {
  if (added.length > 0) throw new Error("rpm packages are not written yet");
}

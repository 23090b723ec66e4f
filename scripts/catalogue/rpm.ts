import { formatRpmPackages, rpmIndexes, rpmPackagesPath, rpmRecord } from "../../src/content/packages/rpm-database.ts";
import type { Installed } from "./database.ts";
import type { Root } from "./root.ts";

/** /var/lib/rpm. */
export function rpmDatabase(root: Root, { packages }: Installed, mtime: number): void {
  root.putText(rpmPackagesPath, formatRpmPackages(packages.map((one) => rpmRecord(one.facts))), mtime);
  for (const [name, size] of Object.entries(rpmIndexes(packages.length))) {
    root.put({ kind: "file", path: `var/lib/rpm/${name}`, mode: 0o644, uid: 0, gid: 0, size }, mtime, {});
  }
}

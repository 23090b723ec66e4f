import { apkInstalledPath, apkWorldPath, formatApkRecord } from "../../src/content/packages/apk-database.ts";
import type { Installed } from "./database.ts";
import { compare } from "./facts.ts";
import type { Root } from "./root.ts";

/** /lib/apk/db and /etc/apk/world. (apk-world(5)) */
export function apkDatabase(root: Root, { added, packages, automatic }: Installed, mtime: number): void {
  root.putText(apkInstalledPath, packages.map((one) => formatApkRecord(one.facts)).join(""), mtime);
  const asked = added.map((one) => one.facts.control["Package"] ?? "").filter((name) => !automatic.includes(name));
  const world = new Set([...root.text(apkWorldPath).split("\n"), ...asked].filter((name) => name !== ""));
  root.putText(
    apkWorldPath,
    [...world]
      .sort(compare)
      .map((name) => `${name}\n`)
      .join(""),
    mtime,
  );
  const triggers = packages.flatMap(({ facts: { control } }) => control["Triggers"] ?? []);
  root.putText("lib/apk/db/triggers", triggers.map((paths) => `${paths}\n`).join(""), mtime);
  const scripts = packages.flatMap((one) => one.facts.members);
  // A tar of the scripts: a header and the padded body each, and the end.
  const size = scripts.reduce((sum, script) => sum + 512 + Math.ceil(script.size / 512) * 512, 1024);
  root.put({ kind: "file", path: "lib/apk/db/scripts.tar", mode: 0o644, uid: 0, gid: 0, size }, mtime, {});
  root.putText("lib/apk/db/lock", "", mtime, 0o600);
}

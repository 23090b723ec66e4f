import type { MaintainerEffect } from "../../src/content/packages/format.ts";
import type { Root } from "./root.ts";

/** Lays the users and groups that packages and builds create into etc/passwd and its companions, as adduser does. */
export function addAccounts(root: Root, effects: readonly MaintainerEffect[], mtime: number): void {
  const day = Math.floor(mtime / 86_400);
  for (const effect of effects) {
    if (effect.kind === "group") {
      append(root, "etc/group", `${effect.name}:x:${effect.gid}:`, mtime);
      append(root, "etc/gshadow", `${effect.name}:!::`, mtime);
    } else if (effect.kind === "user") {
      const { name, uid, gid, gecos, home, shell } = effect;
      append(root, "etc/passwd", `${name}:x:${uid}:${gid}:${gecos}:${home}:${shell}`, mtime);
      append(root, "etc/shadow", `${name}:!:${day}::::::`, mtime);
    }
  }
}

/** Adds a line unless its first field is there; the file as it was before becomes `FILE-`. */
function append(root: Root, path: string, line: string, mtime: number): void {
  const before = root.text(path);
  if (before === "" || before.split("\n").some((known) => known.split(":")[0] === line.split(":")[0])) return;
  root.putText(`${path}-`, before, mtime);
  root.putText(path, `${before}${line}\n`, mtime);
}

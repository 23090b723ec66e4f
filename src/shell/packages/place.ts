import { textContent, zeros } from "../../core/filesystem/content.ts";
import type { MaintainerEffect, PackageEntry } from "../../content/packages/format.ts";
import type { ProcessContext } from "../command.ts";
import type { Files } from "./files.ts";

/** Puts one path of a package in its place, with its mode, owner and time. */
export function place(
  entry: PackageEntry,
  texts: Readonly<Record<string, string>>,
  mtime: number,
  files: Files,
  { fs, who }: ProcessContext,
): void {
  const path = `/${entry.path}`;
  switch (entry.kind) {
    case "directory":
      // One that is there, be it as a link to a directory, stays as it is. (dpkg(1); apk and rpm likewise)
      if (files.behind(path)?.kind !== "directory") {
        files.directory(path, entry.mode, entry);
        fs.utimes(path, mtime, who);
      }
      return;
    case "file":
      files.put(path, entry.size === null ? textContent(texts[entry.path] ?? "") : zeros(entry.size), entry.mode, {
        mtime,
        uid: entry.uid,
        gid: entry.gid,
      });
      return;
    case "symlink":
      // A link never takes the place of a directory that other packages fill.
      if (files.at(path)?.kind !== "directory") files.symlink(entry.target, path, mtime);
      return;
    case "hardlink":
      files.link(`/${entry.target}`, path);
  }
}

const EMPTY_PASSWORD = "!";

/** Adds the users and groups that a package's scripts create, as adduser(8) does: a line unless the name is there. */
export async function addAccount(
  effect: Extract<MaintainerEffect, { kind: "user" | "group" }>,
  files: Files,
  now: number,
): Promise<void> {
  const line = async (path: string, text: string, mode: number): Promise<void> => {
    const before = await files.text(path);
    const name = text.slice(0, text.indexOf(":") + 1);
    if (files.at(path) === null || `\n${before}`.includes(`\n${name}`)) return;
    files.putText(`${path}-`, before, mode);
    files.append(path, `${text}\n`, mode);
  };
  if (effect.kind === "group") {
    await line("/etc/group", `${effect.name}:x:${effect.gid}:`, 0o644);
    await line("/etc/gshadow", `${effect.name}:${EMPTY_PASSWORD}::`, 0o640);
  } else {
    const { name, uid, gid, gecos, home, shell } = effect;
    await line("/etc/passwd", `${name}:x:${uid}:${gid}:${gecos}:${home}:${shell}`, 0o644);
    await line("/etc/shadow", `${name}:${EMPTY_PASSWORD}:${Math.floor(now / 86_400)}::::::`, 0o640);
  }
}

/** uid of a user of the container's /etc/passwd; 0 when it is not there. */
export async function userId(name: string, files: Files): Promise<number> {
  return Number(new RegExp(`^${name}:[^:]*:(\\d+):`, "m").exec(await files.text("/etc/passwd"))?.[1] ?? 0);
}

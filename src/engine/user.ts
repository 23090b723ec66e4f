import { readContent } from "../core/filesystem/content.ts";
import type { ReadStored } from "../core/filesystem/content.ts";
import { FileSystemError } from "../core/filesystem/errno.ts";
import { root } from "../core/filesystem/filesystem.ts";
import type { Credentials, FileSystem } from "../core/filesystem/filesystem.ts";
import { EngineError } from "./error.ts";

/** A user as a process runs under it. */
export interface ProcessUser {
  readonly who: Credentials;
  /** "" when the user is not in /etc/passwd. */
  readonly name: string;
  readonly home: string;
}

async function lines(fs: FileSystem, path: string, read: ReadStored): Promise<string[][]> {
  try {
    const text = new TextDecoder().decode(await readContent(fs.read(path, root), read));
    return text.split("\n").map((line) => line.split(":"));
  } catch (error) {
    if (error instanceof FileSystemError) return [];
    throw error;
  }
}

const isNumber = (text: string): boolean => /^\d+$/.test(text);

/**
 * `user`: "", "name", "uid", "name:group", "uid:gid". A number need not be in /etc/passwd; a name must.
 * (moby/sys/user, `GetExecUser`)
 */
export async function processUser(fs: FileSystem, user: string, read: ReadStored): Promise<ProcessUser> {
  const [userPart = "", groupPart] = user.split(":");
  const wanted = userPart === "" ? "0" : userPart;
  const passwd = await lines(fs, "/etc/passwd", read);
  const entry = passwd.find((fields) => fields[0] === wanted) ?? passwd.find((fields) => fields[2] === wanted);
  if (entry === undefined && !isNumber(wanted)) throw new EngineError("no-such-user", { user });
  const name = entry?.[0] ?? "";
  const uid = Number(entry?.[2] ?? wanted);
  const groups = await lines(fs, "/etc/group", read);
  let gid = Number(entry?.[3] ?? 0);
  let others: number[] = [];
  if (groupPart === undefined || groupPart === "") {
    others = groups.filter((fields) => fields[3]?.split(",").includes(name)).map((fields) => Number(fields[2]));
  } else {
    const group = groups.find((fields) => fields[0] === groupPart || fields[2] === groupPart);
    if (group === undefined && !isNumber(groupPart)) throw new EngineError("no-such-group", { group: groupPart });
    gid = Number(group?.[2] ?? groupPart);
  }
  return { who: { uid, gid, groups: others, umask: 0o022 }, name, home: entry?.[5] || "/" };
}

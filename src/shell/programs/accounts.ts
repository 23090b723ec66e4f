import { FileSystemError } from "../../core/filesystem/errno.ts";
import { root } from "../../core/filesystem/filesystem.ts";
import type { ProgramContext } from "./program.ts";

export interface User {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
  readonly comment: string;
  readonly home: string;
  readonly shell: string;
}
export interface Group {
  readonly name: string;
  readonly gid: number;
  readonly members: readonly string[];
}

/** /etc/passwd and /etc/group as they are in the container now. */
export class Accounts {
  constructor(
    readonly users: readonly User[],
    readonly groups: readonly Group[],
  ) {}

  user(nameOrId: string | number): User | undefined {
    return (
      this.users.find((user) => user.name === nameOrId) ??
      this.users.find((user) => String(user.uid) === String(nameOrId))
    );
  }
  group(nameOrId: string | number): Group | undefined {
    return (
      this.groups.find((group) => group.name === nameOrId) ??
      this.groups.find((group) => String(group.gid) === String(nameOrId))
    );
  }
  userName(uid: number): string {
    return this.users.find((user) => user.uid === uid)?.name ?? String(uid);
  }
  groupName(gid: number): string {
    return this.groups.find((group) => group.gid === gid)?.name ?? String(gid);
  }
  /** Groups of a user: the first is the one of /etc/passwd. */
  groupsOf(user: User): number[] {
    const others = this.groups.filter((group) => group.members.includes(user.name)).map((group) => group.gid);
    return [...new Set([user.gid, ...others])];
  }
}

export async function fileText(context: ProgramContext, path: string): Promise<string> {
  try {
    return new TextDecoder().decode(await context.bytes(context.fs.read(path, root)));
  } catch (error) {
    if (error instanceof FileSystemError) return "";
    throw error;
  }
}

export async function accounts(context: ProgramContext): Promise<Accounts> {
  const rows = async (path: string) =>
    (await fileText(context, path)).split("\n").flatMap((line) => (line.includes(":") ? [line.split(":")] : []));
  const users = (await rows("/etc/passwd")).map(([name = "", , uid, gid, comment = "", home = "/", shell = ""]) => ({
    name,
    uid: Number(uid),
    gid: Number(gid),
    comment,
    home,
    shell,
  }));
  const groups = (await rows("/etc/group")).map(([name = "", , gid, members = ""]) => ({
    name,
    gid: Number(gid),
    members: members === "" ? [] : members.split(","),
  }));
  return new Accounts(users, groups);
}

import { type Control, type PackageEntry, type PackageFacts, parseControl } from "./format.ts";

/*
 * What the facts of an apk package hold beyond the fields of format.ts:
 *   Depends, Provides, Install-If, Replaces   tokens as in APKINDEX ("so:libz.so.1", "cmd:vim=9.1.0707-r0", "busybox=1.36.1-r31"),
 *                                             separated by ", "
 *   Installed-Size                            KiB; apk's "OK: 8 MiB in 14 packages" is the sum of these
 *   Section                                   repository: main or community
 *   Triggers                                  directories that make apk run its trigger ("Executing busybox-1.36.1-r31.trigger")
 *   # control                                 scripts by apk's names: pre-install, post-install, ..., trigger
 */

/** /lib/apk/db/installed, in the order of installation. (apk-package(5), APKINDEX format) */
export const apkInstalledPath = "lib/apk/db/installed";
/** What was asked for by name, one a line, sorted. (apk-world(5)) */
export const apkWorldPath = "etc/apk/world";

/** Letter of the database, control field of our facts: the order apk writes them in. */
const FIELDS = [
  ["P", "Package"],
  ["V", "Version"],
  ["A", "Architecture"],
  ["S", "Size"],
  ["I", "Installed-Size"],
  ["T", "Description"],
  ["U", "Homepage"],
  ["L", "License"],
  ["o", "Source"],
  ["m", "Maintainer"],
  ["t", "Date"],
  ["k", "Provider-Priority"],
  ["D", "Depends"],
  ["p", "Provides"],
  ["i", "Install-If"],
  ["r", "Replaces"],
] as const;
const LISTS = new Set(["D", "p", "i", "r"]);

/** One package of the database. */
export interface ApkRecord {
  /** As in the facts: lists with commas, `Installed-Size` in KiB, `Date` in RFC 3339. */
  readonly control: Control;
  /** Paths of what it owns, without leading slash. */
  readonly directories: readonly string[];
  readonly files: readonly string[];
}

/** A record of the database, ending in an empty line. */
export function formatApkRecord({ control, entries }: Pick<PackageFacts, "control" | "entries">): string {
  const lines = FIELDS.flatMap(([letter, name]) => {
    const value = control[name];
    return value === undefined || value === "" ? [] : [`${letter}:${toDatabase(letter, value)}`];
  });
  return `${[...lines, ...pathLines(entries)].join("\n")}\n\n`;
}

/** Parses the whole file. Lines it does not know (checksums) are passed over. */
export function parseApkInstalled(text: string): ApkRecord[] {
  return text
    .split("\n\n")
    .filter((record) => record.trim() !== "")
    .map((record) => {
      const letters = new Map(FIELDS);
      const control: string[] = [];
      const directories: string[] = [];
      const files: string[] = [];
      for (const line of record.split("\n")) {
        const letter = line.slice(0, 1) as (typeof FIELDS)[number][0];
        const value = line.slice(2);
        const name = letters.get(letter);
        if (line.startsWith("F:")) directories.push(value);
        else if (line.startsWith("R:")) files.push(below(directories.at(-1) ?? "", value));
        else if (name !== undefined && line[1] === ":") control.push(`${name}: ${fromDatabase(letter, value)}`);
      }
      return { control: parseControl(control), directories: directories.filter((path) => path !== ""), files };
    });
}

function toDatabase(letter: string, value: string): string {
  if (letter === "I") return String(Number(value) * 1024);
  if (letter === "t") return String(Math.floor(Date.parse(value) / 1000));
  return LISTS.has(letter) ? value.replaceAll(", ", " ") : value;
}

function fromDatabase(letter: string, value: string): string {
  if (letter === "I") return String(Math.ceil(Number(value) / 1024));
  if (letter === "t") return new Date(Number(value) * 1000).toISOString().replace(".000Z", "Z");
  return LISTS.has(letter) ? value.replaceAll(" ", ", ") : value;
}

/** `F:` a directory (`M:` its owner and mode when not 0:0:755), then `R:` each file in it (`a:` the same when not 0:0:644). */
function pathLines(entries: readonly PackageEntry[]): string[] {
  const folders = new Map<string, { mode: string; files: string[] }>();
  const folder = (path: string): { mode: string; files: string[] } => {
    let found = folders.get(path);
    if (!found) folders.set(path, (found = { mode: "", files: [] }));
    return found;
  };
  for (const entry of entries) {
    if (entry.kind === "directory") {
      folder(entry.path).mode = acl(entry, 0o755);
      continue;
    }
    const slash = entry.path.lastIndexOf("/");
    const at = folder(entry.path.slice(0, Math.max(slash, 0)));
    at.files.push(`R:${entry.path.slice(slash + 1)}`);
    const mode = entry.kind === "file" ? acl(entry, 0o644) : entry.kind === "symlink" ? "0:0:777" : "";
    if (mode !== "") at.files.push(`a:${mode}`);
  }
  return [...folders].flatMap(([path, { mode, files }]) => [
    `F:${path}`,
    ...(mode === "" ? [] : [`M:${mode}`]),
    ...files,
  ]);
}

function acl({ uid, gid, mode }: { uid: number; gid: number; mode: number }, usual: number): string {
  return uid === 0 && gid === 0 && mode === usual ? "" : `${uid}:${gid}:${mode.toString(8)}`;
}

function below(folder: string, name: string): string {
  return folder === "" ? name : `${folder}/${name}`;
}

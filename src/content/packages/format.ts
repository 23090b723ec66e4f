/**
 * Package facts: one text file a package, `src/content/packages/<distro>/<name>.txt`.
 *
 * ```
 * Package: vim                          control fields, deb822 (deb-control(5)); apk and rpm use the nearest names.
 * Version: 2:9.0.1378-2+deb12u2         Beyond the real fields: `Date` (mtime of what the package ships, RFC 3339)
 *                                       and `Index` (the label of its index without the last word, where the archive
 *                                       has several: "http://archive.ubuntu.com/ubuntu jammy-updates/main amd64").
 *
 * d0755 usr/share/vim                   directory
 * f0755 3650000 usr/bin/vim.basic       file of 3650000 zero bytes (binaries are modelled)
 * f0644 @ etc/vim/vimrc                 file whose bytes are in `texts/etc/vim/vimrc` beside the package, or
 *                                       in `texts/<package>/etc/vim/vimrc` where two packages ship one path
 * f4755:0:42 120000 usr/bin/x           mode:uid:gid, when not 0:0
 * l usr/bin/vi -> /etc/alternatives/vi  symbolic link
 * h usr/bin/x => usr/bin/y              hard link
 * # control                             members of the package's control archive kept by the package manager
 * f0755 1234 postinst                     (dpkg: var/lib/dpkg/info/<package>.postinst; not `control` itself)
 * # maintainer                          what the maintainer scripts leave behind
 * alternative vim /usr/bin/vim /usr/bin/vim.basic 30
 * user nginx 101 101 /nonexistent /bin/false nginx user        (name uid gid home shell gecos)
 * group nginx 101
 * f0644 123 etc/created                 any entry line: made by the scripts, not owned by the package
 * ```
 */

/** Control fields in the file's order. Values of several lines keep their line breaks and leading blanks. */
export type Control = Readonly<Record<string, string>>;

interface Placed {
  /** Relative to the root, no leading or trailing slash. */
  readonly path: string;
}
interface Owned extends Placed {
  /** Permission bits with set-id and sticky. */
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
}

export type PackageEntry =
  /** `size` in bytes of zeros; null: the bytes are the text of that path. */
  | (Owned & { readonly kind: "file"; readonly size: number | null })
  | (Owned & { readonly kind: "directory" })
  | (Placed & { readonly kind: "symlink"; readonly target: string })
  /** `target` is a path of the same package. */
  | (Placed & { readonly kind: "hardlink"; readonly target: string });

/** A member of the control archive. `size` in bytes. */
export interface ControlMember {
  readonly name: string;
  readonly mode: number;
  readonly size: number;
}

export type MaintainerEffect =
  /** update-alternatives(1) --install LINK NAME PATH PRIORITY */
  | {
      readonly kind: "alternative";
      readonly name: string;
      readonly link: string;
      readonly path: string;
      readonly priority: number;
    }
  | {
      readonly kind: "user";
      readonly name: string;
      readonly uid: number;
      readonly gid: number;
      readonly home: string;
      readonly shell: string;
      readonly gecos: string;
    }
  | { readonly kind: "group"; readonly name: string; readonly gid: number }
  | { readonly kind: "entry"; readonly entry: PackageEntry };

export interface PackageFacts {
  readonly control: Control;
  readonly entries: readonly PackageEntry[];
  readonly members: readonly ControlMember[];
  readonly effects: readonly MaintainerEffect[];
}

/** `public/packages/<distro>/<package>.json`: what an installation fetches. */
export interface PackageBundle {
  /** The facts file as it is, for {@link parsePackage}. */
  readonly facts: string;
  /** Bytes of the `@` entries, as text, by path. */
  readonly texts: Readonly<Record<string, string>>;
}

/** `public/packages/<distro>/index.json`: what dependency resolution needs. */
export interface PackageIndex {
  readonly archive: Archive;
  /** Control fields of every package, sorted by name. */
  readonly packages: readonly Control[];
}

/** `src/content/packages/<distro>/archive.json`: the mirror that `apt-get update`, `apk update`, `yum makecache` ask. */
export interface Archive {
  /** In the order they are fetched. */
  readonly indexes: readonly ArchiveIndex[];
}

export interface ArchiveIndex {
  /** As apt prints it after `Get:1 `: "http://deb.debian.org/debian bookworm/main amd64 Packages". */
  readonly label: string;
  /** Bytes transferred, the "[8790 kB]" of that line. */
  readonly download: number;
  /** File left behind, absolute: "/var/lib/apt/lists/deb.debian.org_debian_dists_bookworm_InRelease". */
  readonly path: string;
  /** Bytes of that file. */
  readonly size: number;
  /** Archive component whose packages it lists ("main"); absent for release files. */
  readonly component?: string;
}

/** Refused line of a facts file, with its number from 1. */
export class FactsError extends Error {
  constructor(
    readonly line: number,
    reason: string,
  ) {
    super(`line ${line}: ${reason}`);
    this.name = "FactsError";
  }
}

/** Parses one stanza of control fields (deb822). Throws {@link FactsError}. */
export function parseControl(lines: readonly string[]): Control {
  const fields: Record<string, string> = {};
  let last = "";
  for (const [index, line] of lines.entries()) {
    if (/^[ \t]/.test(line) && last !== "") fields[last] += `\n${line}`;
    else {
      const colon = line.indexOf(":");
      if (colon < 1) throw new FactsError(index + 1, `not a control field: ${line}`);
      last = line.slice(0, colon);
      fields[last] = line.slice(colon + 1).trim();
    }
  }
  return fields;
}

/** The inverse of {@link parseControl}, without a final line break. */
export function formatControl(fields: Control): string {
  return Object.entries(fields)
    .map(([name, value]) => (value === "" || value.startsWith("\n") ? `${name}:${value}` : `${name}: ${value}`))
    .join("\n");
}

const OWNED = /^(d|f)([0-7]{4})(?::(\d+):(\d+))? (.*)$/;

/** Parses one path line. Throws `RangeError` with the reason. */
export function parseEntry(line: string): PackageEntry {
  const link = /^([lh]) (.+?) (->|=>) (.+)$/.exec(line);
  if (link) {
    const [, letter, path = "", arrow, target = ""] = link;
    if ((letter === "l") !== (arrow === "->")) throw new RangeError(`not a path line: ${line}`);
    return { kind: letter === "l" ? "symlink" : "hardlink", path, target };
  }
  const [, letter, mode = "", uid = "0", gid = "0", rest = ""] = OWNED.exec(line) ?? [];
  const owned = { mode: Number.parseInt(mode, 8), uid: Number(uid), gid: Number(gid) };
  if (letter === "d" && rest !== "") return { kind: "directory", path: rest, ...owned };
  const [, size = "", path = ""] = /^(\d+|@) (.+)$/.exec(rest) ?? [];
  if (letter !== "f" || path === "") throw new RangeError(`not a path line: ${line}`);
  return { kind: "file", path, ...owned, size: size === "@" ? null : Number(size) };
}

/** Parses one line of the `# maintainer` section. Throws `RangeError` with the reason. */
export function parseEffect(line: string): MaintainerEffect {
  const words = line.split(" ");
  const [word, name = "", second = "", third = "", fourth = "", fifth = ""] = words;
  if (word === "alternative" && words.length === 5) {
    return { kind: "alternative", name, link: second, path: third, priority: Number(fourth) };
  }
  if (word === "user" && words.length >= 6) {
    const gecos = words.slice(6).join(" ");
    return { kind: "user", name, uid: Number(second), gid: Number(third), home: fourth, shell: fifth, gecos };
  }
  if (word === "group" && words.length === 3) return { kind: "group", name, gid: Number(second) };
  return { kind: "entry", entry: parseEntry(line) };
}

/** Parses a list of path lines; empty lines and lines beginning with `#` are skipped. Throws {@link FactsError}. */
export function parseEntries(text: string): PackageEntry[] {
  const entries: PackageEntry[] = [];
  for (const [index, line] of text.split("\n").entries()) {
    if (line !== "" && !line.startsWith("#")) entries.push(at(index + 1, () => parseEntry(line)));
  }
  return entries;
}

/** Parses a facts file. Throws {@link FactsError}. */
export function parsePackage(text: string): PackageFacts {
  const lines = text.split("\n");
  const end = lines.indexOf("");
  const control = parseControl(lines.slice(0, end < 0 ? lines.length : end));
  if (!control["Package"] || !control["Version"]) throw new FactsError(1, "no Package or no Version field");
  const entries: PackageEntry[] = [];
  const members: ControlMember[] = [];
  const effects: MaintainerEffect[] = [];
  let section = "";
  for (const [index, line] of lines.entries()) {
    if (index <= end || end < 0 || line === "") continue;
    if (line.startsWith("# ")) section = line.slice(2);
    else if (section === "") entries.push(at(index + 1, () => parseEntry(line)));
    else if (section === "maintainer") effects.push(at(index + 1, () => parseEffect(line)));
    else if (section === "control") {
      const entry = at(index + 1, () => parseEntry(line));
      if (entry.kind !== "file" || entry.size === null) throw new FactsError(index + 1, `not a member: ${line}`);
      members.push({ name: entry.path, mode: entry.mode, size: entry.size });
    } else throw new FactsError(index + 1, `unknown section ${section}`);
  }
  return { control, entries, members, effects };
}

function at<T>(line: number, parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    throw new FactsError(line, error instanceof Error ? error.message : String(error));
  }
}

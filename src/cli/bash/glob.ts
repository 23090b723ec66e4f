import { FileSystemError } from "../../core/filesystem/errno.ts";
import type { Credentials, DirectoryEntry, FileSystem } from "../../core/filesystem/filesystem.ts";

/** A word with the characters that are patterns in it apart from those that were quoted. */
export type Pattern = readonly { readonly text: string; readonly pattern: boolean }[];

const literal = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

function source(text: string): string {
  if (text === "*") return ".*";
  if (text === "?") return ".";
  return /^\[.+\]$/s.test(text) ? text.replace(/^\[!/, "[^").replaceAll("\\", "\\\\") : literal(text);
}

/**
 * The names that a pattern stands for, sorted; none when nothing matches. Names that begin with a dot
 * are matched by a pattern that does. (bash(1), "Pathname Expansion")
 */
export function expandPattern(pattern: Pattern, fs: FileSystem, who: Credentials, cwd: string): string[] {
  const levels: Pattern[] = [[]];
  for (const part of pattern) {
    const [first = "", ...rest] = part.pattern ? [part.text] : part.text.split("/");
    levels[levels.length - 1] = [...(levels.at(-1) ?? []), { ...part, text: first }];
    for (const text of rest) levels.push([{ ...part, text }]);
  }
  let found = [""];
  for (const [depth, level] of levels.entries()) {
    const last = depth === levels.length - 1;
    found = found.flatMap((base) => step(base, level, fs, who, cwd).map((name) => base + name + (last ? "" : "/")));
  }
  return found.sort();
}

function step(base: string, level: Pattern, fs: FileSystem, who: Credentials, cwd: string): string[] {
  const text = level.map((part) => part.text).join("");
  const directory = base.startsWith("/") ? base : `${cwd}/${base}`;
  if (!level.some((part) => part.pattern)) {
    return text === "" || exists(fs, `${directory}${text}`, who) ? [text] : [];
  }
  const expression = new RegExp(
    `^${level.map((part) => (part.pattern ? source(part.text) : literal(part.text))).join("")}$`,
    "s",
  );
  return entries(fs, directory, who)
    .map(({ name }) => name)
    .filter((name) => (!name.startsWith(".") || text.startsWith(".")) && expression.test(name));
}

function entries(fs: FileSystem, path: string, who: Credentials): readonly DirectoryEntry[] {
  try {
    return fs.readdir(path, who);
  } catch (error) {
    if (error instanceof FileSystemError) return [];
    throw error;
  }
}

function exists(fs: FileSystem, path: string, who: Credentials): boolean {
  try {
    fs.lstat(path, who);
    return true;
  } catch (error) {
    if (error instanceof FileSystemError) return false;
    throw error;
  }
}

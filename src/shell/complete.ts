import { FileSystemError } from "../core/filesystem/errno.ts";
import type { Completion } from "../engine/ports.ts";
import type { InteractiveShell } from "./bash/interactive.ts";

const BUILT_IN =
  "alias bg cd command declare echo eval exec exit export fg for function history if jobs kill local printf pwd read return set shift source test trap type umask unalias unset until while".split(
    " ",
  );

/** Commands for the first word of a command, paths for the others, variables after "$". */
export function complete(shell: InteractiveShell, line: string, cursor: number): Completion {
  const before = line.slice(0, cursor);
  const from = wordStart(before);
  const word = before.slice(from);
  const variable = /\$\{?(\w*)$/.exec(word);
  if (variable) {
    const start = cursor - (variable[1] ?? "").length;
    const names = [...shell.variables.all.keys()].filter(
      (name) => /^[A-Za-z_]\w*$/.test(name) && !name.startsWith("LAMINA_"),
    );
    return { from: start, candidates: matching(names, variable[1] ?? "") };
  }
  const first = /(^|[;&|(]|\b(then|do|else|sudo|exec|time|env|which|command)\b)\s*$/.test(before.slice(0, from));
  if (first && !word.includes("/"))
    return { from, candidates: matching(commands(shell), unescaped(word)).map((name) => `${name} `) };
  return {
    from,
    candidates: paths(shell, word, /(^|[;&|])\s*(cd|rmdir|mkdir)\s+([^;&|]*\s)?$/.test(before.slice(0, from))),
  };
}

function wordStart(text: string): number {
  let quote = "";
  let start = 0;
  for (let at = 0; at < text.length; at++) {
    const char = text.charAt(at);
    if (quote !== "") {
      if (char === quote) quote = "";
    } else if (char === "\\") at++;
    else if (char === "'" || char === '"') quote = char;
    else if (/[\s;&|<>()=]/.test(char)) start = at + 1;
  }
  return start;
}

const unescaped = (word: string): string => word.replace(/\\(.)/g, "$1").replace(/["']/g, "");
const escaped = (name: string): string => name.replace(/([\s'"\\$&;|<>()*?[\]#~`!])/g, "\\$1");
const matching = (names: readonly string[], prefix: string): string[] =>
  [...new Set(names.filter((name) => name.startsWith(prefix)))].sort();

function commands(shell: InteractiveShell): string[] {
  const names = [...BUILT_IN];
  for (const [name] of shell.variables.all) if (name.startsWith("BASH_ALIAS_")) names.push(name.slice(11));
  for (const directory of (shell.variables.all.get("PATH") ?? "").split(":")) {
    names.push(...entries(shell, directory || ".", false).map((entry) => entry.name));
  }
  return names;
}

function paths(shell: InteractiveShell, word: string, onlyDirectories: boolean): string[] {
  const plain = unescaped(word);
  const slash = plain.lastIndexOf("/") + 1;
  const directory = plain.slice(0, slash);
  const home = shell.variables.all.get("HOME") ?? "/";
  const found = entries(shell, directory === "" ? "." : directory.replace(/^~(?=\/)/, home), onlyDirectories);
  const names = found.filter(({ name }) => !name.startsWith(".") || plain.slice(slash).startsWith("."));
  return names
    .filter(({ name }) => name.startsWith(plain.slice(slash)))
    .map(({ name, directory: isDirectory }) => `${directory}${escaped(name)}${isDirectory ? "/" : " "}`)
    .sort();
}

function entries(
  shell: InteractiveShell,
  path: string,
  onlyDirectories: boolean,
): { name: string; directory: boolean }[] {
  const { fs } = shell.machine;
  const { who } = shell.shell;
  const absolute = path.startsWith("/") ? path : `${shell.variables.cwd}/${path}`;
  try {
    return fs.readdir(absolute, who).flatMap(({ name, kind }) => {
      const directory = kind === "directory" || (kind === "symlink" && leadsToDirectory(shell, `${absolute}/${name}`));
      return directory || !onlyDirectories ? [{ name, directory }] : [];
    });
  } catch (error) {
    if (error instanceof FileSystemError) return [];
    throw error;
  }
}

function leadsToDirectory(shell: InteractiveShell, path: string): boolean {
  try {
    return shell.machine.fs.stat(path, shell.shell.who).kind === "directory";
  } catch {
    return false;
  }
}

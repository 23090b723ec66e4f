import { errnoText, FileSystemError } from "../../core/filesystem/errno.ts";
import type { Stat } from "../../core/filesystem/filesystem.ts";
import { normalize } from "../../core/filesystem/path.ts";
import type { ProgramContext } from "./program.ts";

/** `path` seen from the working directory; a trailing slash stays. */
export function absolute(context: ProgramContext, path: string): string {
  if (path === "") return "";
  const full = path.startsWith("/") ? path : `${context.cwd}/${path}`;
  return /\/\.{0,2}$/.test(full) && !full.endsWith("..") && normalize(full) !== "/"
    ? `${normalize(full)}/`
    : normalize(full);
}

/** What a failed call is called by strerror; other errors go on. */
export function reason(error: unknown): string {
  if (error instanceof FileSystemError) return errnoText[error.code];
  throw error;
}

/** Runs `call`; a failure is printed as `message(reason)` and answers false. */
export function attempt(context: ProgramContext, call: () => void, message: (reason: string) => string): boolean {
  try {
    call();
    return true;
  } catch (error) {
    context.stderr(`${message(reason(error))}\n`);
    return false;
  }
}

export function lstatOrNull(context: ProgramContext, path: string): Stat | null {
  try {
    return context.fs.lstat(path, context.who);
  } catch (error) {
    if (error instanceof FileSystemError) return null;
    throw error;
  }
}

export function statOrNull(context: ProgramContext, path: string): Stat | null {
  try {
    return context.fs.stat(path, context.who);
  } catch (error) {
    if (error instanceof FileSystemError) return null;
    throw error;
  }
}

/** Names in a directory, in the order of their bytes. */
export function sortedNames(context: ProgramContext, path: string): string[] {
  return context.fs
    .readdir(path, context.who)
    .map((entry) => entry.name)
    .sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
}

export const child = (directory: string, name: string): string =>
  directory.endsWith("/") ? directory + name : `${directory}/${name}`;

/** A program's complaint about its arguments, and how to ask for help. */
export function usageError(context: ProgramContext, name: string, message: string, code = 1): number {
  context.stderr(
    context.busybox ? `${name}: ${message}\n` : `${name}: ${message}\nTry '${name} --help' for more information.\n`,
  );
  return code;
}

import { type Errno, errnoText, FileSystemError } from "./errno.ts";

/** A failed call in Go's words, as docker prints them: "lstat /nosuch: no such file or directory". (Go, fs.PathError) */
export class PathError extends Error {
  override readonly name = "PathError";
  constructor(
    operation: string,
    path: string,
    readonly code: Errno,
  ) {
    super(`${operation} ${path}: ${errnoText[code].toLowerCase()}`);
  }
}

/** Runs `call`; what it throws of a filesystem becomes a {@link PathError}. */
export function named<T>(operation: string, path: string, call: () => T): T {
  try {
    return call();
  } catch (error) {
    if (error instanceof FileSystemError) throw new PathError(operation, path, error.code);
    throw error;
  }
}

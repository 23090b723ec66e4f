/** The error numbers a filesystem call can answer with, by name. (errno(3)) */
export type Errno =
  | "EACCES"
  | "EBADF"
  | "EBUSY"
  | "EEXIST"
  | "EINVAL"
  | "EIO"
  | "EISDIR"
  | "ELOOP"
  | "EMLINK"
  | "ENAMETOOLONG"
  | "ENODEV"
  | "ENOENT"
  | "ENOSPC"
  | "ENOSYS"
  | "ENOTDIR"
  | "ENOTEMPTY"
  | "ENXIO"
  | "EOPNOTSUPP"
  | "EPERM"
  | "EPIPE"
  | "EROFS"
  | "ESPIPE"
  | "ETXTBSY"
  | "EXDEV";

/** What `strerror` says, as tools print it ("ls: cannot access 'x': No such file or directory"). */
export const errnoText: Readonly<Record<Errno, string>> = {
  EACCES: "Permission denied",
  EBADF: "Bad file descriptor",
  EBUSY: "Device or resource busy",
  EEXIST: "File exists",
  EINVAL: "Invalid argument",
  EIO: "Input/output error",
  EISDIR: "Is a directory",
  ELOOP: "Too many levels of symbolic links",
  EMLINK: "Too many links",
  ENAMETOOLONG: "File name too long",
  ENODEV: "No such device",
  ENOENT: "No such file or directory",
  ENOSPC: "No space left on device",
  ENOSYS: "Function not implemented",
  ENOTDIR: "Not a directory",
  ENOTEMPTY: "Directory not empty",
  ENXIO: "No such device or address",
  EOPNOTSUPP: "Operation not supported",
  EPERM: "Operation not permitted",
  EPIPE: "Broken pipe",
  EROFS: "Read-only file system",
  ESPIPE: "Illegal seek",
  ETXTBSY: "Text file busy",
  EXDEV: "Invalid cross-device link",
};

/** A filesystem call that failed. `code` is what callers decide on; the message is for people. */
export class FileSystemError extends Error {
  override readonly name = "FileSystemError";
  constructor(
    readonly code: Errno,
    readonly path: string,
  ) {
    super(`${errnoText[code]}: ${path}`);
  }
}

/** What a process of a container sees; the engine, which copies files in and out, sees the same. */
export { isErrno, type Mount, MountedFileSystem } from "../../core/filesystem/mounted.ts";

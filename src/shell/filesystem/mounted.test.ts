import { expect, test } from "vitest";
import { textContent } from "../../core/filesystem/content.ts";
import { FileSystemError } from "../../core/filesystem/errno.ts";
import { root } from "../../core/filesystem/filesystem.ts";
import { emptyTree } from "../../core/filesystem/tree.ts";
import { tmpfs } from "./devices.ts";
import { MountedFileSystem } from "./mounted.ts";

/** Two disks: one at /, one at /mnt/disk, and a file of the second over /etc/file. */
function mounts() {
  const now = () => 0;
  const [a, b] = [tmpfs(emptyTree, now), tmpfs(emptyTree, now)];
  for (const path of ["/mnt", "/mnt/disk", "/etc", "/dir"]) a.mkdir(path, 0o755, root);
  a.write("/etc/file", textContent(""), { write: true, create: true }, 0o644, root);
  a.symlink("/mnt/disk/inner", "/link", root);
  a.symlink("../mnt/disk", "/dir/up", root);
  b.mkdir("/inner", 0o755, root);
  b.write("/inner/text", textContent("b"), { write: true, create: true }, 0o644, root);
  const disk = { source: "disk", type: "tmpfs", options: "rw" };
  return new MountedFileSystem([
    { at: "/", fs: a, ...disk },
    { at: "/mnt/disk", fs: b, ...disk },
    { at: "/etc/file", fs: b, root: "/inner/text", ...disk },
  ]);
}

const code = (call: () => unknown): string => {
  try {
    call();
    return "ok";
  } catch (error) {
    return error instanceof FileSystemError ? error.code : String(error);
  }
};

test("links lead from one mount into another", () => {
  const fs = mounts();
  expect(fs.realpath("/link/text", root)).toBe("/mnt/disk/inner/text");
  expect(fs.realpath("/dir/up/inner/../inner/text", root)).toBe("/mnt/disk/inner/text");
  expect(fs.read("/link/text", root).size).toBe(1);
  expect(fs.lstat("/link", root).kind).toBe("symlink");
  expect(fs.stat("/link", root).kind).toBe("directory");
  expect(fs.read("/etc/file", root).size).toBe(1);
});

test.each<[string, (fs: MountedFileSystem) => unknown, string]>([
  ["rename between mounts", (fs) => fs.rename("/link/text", "/text", root), "EXDEV"],
  ["link between mounts", (fs) => fs.link("/mnt/disk/inner/text", "/text", root), "EXDEV"],
  ["rmdir of a mount point", (fs) => fs.rmdir("/mnt/disk", root), "EBUSY"],
  ["unlink of a mounted file", (fs) => fs.unlink("/etc/file", root), "EBUSY"],
  ["rename of a mounted file", (fs) => fs.rename("/etc/file", "/etc/other", root), "EBUSY"],
  ["rename onto a mounted file", (fs) => fs.rename("/link", "/etc/file", root), "EBUSY"],
  ["a missing source is missing before it is elsewhere", (fs) => fs.rename("/nosuch", "/mnt/disk/x", root), "ENOENT"],
  ["write through a mounted file", (fs) => fs.write("/etc/file", textContent("x"), { write: true }, 0, root), "ok"],
  ["a file in the way", (fs) => fs.stat("/etc/file/x", root), "ENOTDIR"],
  ["a link to itself", (fs) => (fs.symlink("loop", "/loop", root), fs.stat("/loop", root)), "ELOOP"],
  [
    "a dangling link is written through",
    (fs) => (
      fs.symlink("/dir/new", "/to", root),
      fs.write("/to", textContent("x"), { write: true, create: true }, 0o644, root),
      fs.stat("/dir/new", root)
    ),
    "ok",
  ],
])("%s", (_title, call, expected) => {
  const fs = mounts();
  expect(code(() => call(fs))).toBe(expected);
});

test("a directory that was looked up before it became a link is looked up again", () => {
  const fs = mounts();
  expect(code(() => fs.stat("/dir/text", root))).toBe("ENOENT");
  fs.unlink("/dir/up", root);
  fs.rmdir("/dir", root);
  fs.symlink("/mnt/disk/inner", "/dir", root);
  expect(fs.stat("/dir/text", root).size).toBe(1);
});

import { expect, test } from "vitest";
import { emptyContent, textContent } from "./content.ts";
import { FileSystemError } from "./errno.ts";
import { root } from "./filesystem.ts";
import type { RenameFlag } from "./filesystem.ts";
import { emptyTree } from "./tree.ts";
import { memoryDevices } from "../overlay/device.ts";
import { emptyLower, stackOn } from "../overlay/lower.ts";
import { OverlayFileSystem } from "../overlay/overlay.ts";
import { MountedFileSystem } from "./mounted.ts";

const now = () => 0;
const disk = (tree = emptyTree) => new OverlayFileSystem(emptyLower, tree, { now, drivers: memoryDevices });
const open = { ...root, umask: 0 };
const ada = { uid: 1000, gid: 1000, groups: [], umask: 0o022 };
const made = { write: true, create: true };

/**
 * An overlay at /; a disk at /mnt/disk with another one in it; the first again, without it, at /mnt/ro
 * (read-only) and /mnt/strict (noexec, nodev); one of its files over /etc/file and /tmp/bound.
 */
function mounts() {
  const image = disk();
  for (const path of ["/mnt", "/mnt/disk", "/mnt/ro", "/mnt/strict", "/etc", "/dir", "/dir/sub"])
    image.mkdir(path, 0o755, root);
  image.mkdir("/tmp", 0o1777, open);
  for (const path of ["/etc/file", "/dir/f"]) image.write(path, emptyContent, made, 0o644, root);
  image.write("/tmp/bound", emptyContent, made, 0o666, open);
  image.symlink("/mnt/disk/inner", "/link", root);
  image.symlink("../mnt/disk", "/dir/up", root);
  image.symlink("/mnt/ro/inner/text", "/toro", root);
  const a = new OverlayFileSystem(stackOn(emptyLower, image.upper), emptyTree, { now });

  const b = disk();
  const write = (path: string, text: string, mode: number) => b.write(path, textContent(text), made, mode, open);
  b.mkdir("/inner", 0o777, open);
  b.mkdir("/nest", 0o777, open);
  b.mkdir("/closed", 0o700, open);
  write("/inner/text", "b", 0o666);
  write("/secret", "s", 0o600);
  write("/closed/f", "", 0o644);
  write("/mine", "m", 0o644);
  b.chown("/mine", 1000, 1000, root);
  write("/prog", "", 0o755);
  b.mknod("/null", "character", 0o666, [1, 3], open);
  b.mknod("/fifo", "fifo", 0o666, [0, 0], open);
  b.symlink("inner/text", "/ln", root);
  const c = disk();
  c.chmod("/", 0o777, root);
  c.write("/f", textContent("n"), made, 0o644, root);

  const rw = { source: "disk", type: "tmpfs", options: "rw" };
  return new MountedFileSystem([
    { at: "/", fs: a, source: "overlay", type: "overlay", options: "rw" },
    { at: "/mnt/disk", fs: b, ...rw },
    { at: "/mnt/ro", fs: b, ...rw, options: "ro,relatime" },
    { at: "/mnt/strict", fs: b, ...rw, options: "rw,nodev,noexec" },
    { at: "/mnt/disk/nest", fs: c, ...rw },
    { at: "/etc/file", fs: b, root: "/inner/text", ...rw },
    { at: "/tmp/bound", fs: b, root: "/inner/text", ...rw },
  ]);
}

/** "root mkdir /mnt/ro/new": a system call, and "ok" or its error. */
function answer(line: string): string {
  const fs = mounts();
  const [name, call = "", a = "", b = ""] = line.split(" ");
  const who = name === "root" ? root : ada;
  const renamed = (flag: RenameFlag) => fs.rename(a, b, who, flag);
  const opened = () => {
    const has = (letter: string) => b.includes(letter);
    const flags = { read: has("r"), write: has("w"), create: has("c"), exclusive: has("x"), truncate: has("t") };
    if (flags.write || flags.create || flags.truncate) fs.write(a, emptyContent, flags, 0o644, who);
    else fs.read(a, who);
  };
  const calls: Readonly<Record<string, () => unknown>> = {
    stat: () => fs.stat(a, who),
    lstat: () => fs.lstat(a, who),
    readdir: () => fs.readdir(a, who),
    access: () => fs.access(a, b, who),
    open: opened,
    truncate: () => fs.truncate(a, Number(b), who),
    mkdir: () => fs.mkdir(a, 0o755, who),
    rmdir: () => fs.rmdir(a, who),
    unlink: () => fs.unlink(a, who),
    rename: () => renamed("none"),
    noreplace: () => renamed("noreplace"),
    exchange: () => renamed("exchange"),
    link: () => fs.link(a, b, who),
    symlink: () => fs.symlink(a, b, who),
    fifo: () => fs.mknod(a, "fifo", 0o666, [0, 0], who),
    mknod: () => fs.mknod(a, "character", 0o666, [1, 3], who),
    chmod: () => fs.chmod(a, 0o640, who),
    chown: () => fs.chown(a, 5, 5, who),
    utimes: () => fs.utimes(a, 7, who),
    touch: () => fs.utimes(a, "now", who),
  };
  try {
    calls[call]?.();
    return "ok";
  } catch (error) {
    if (error instanceof FileSystemError) return error.code;
    throw error;
  }
}

/** As Linux 6.18 answered on such mounts. */
const CASES = `
root stat /link/text => ok
root mkdir /mnt/ro/inner => EEXIST
root mkdir /mnt/ro/new => EROFS
root mkdir /mnt/ro/new/ => EROFS
root mkdir /mnt/ro/nosuch/new => ENOENT
root mkdir /mnt/ro/secret/new => ENOTDIR
root mkdir /mnt/ro => EEXIST
root mkdir /mnt/ro/. => EEXIST
ada mkdir /mnt/ro/new => EROFS
ada mkdir /mnt/ro/closed/new => EACCES
ada mkdir /mnt/disk/new => EACCES
root symlink x /mnt/ro/inner => EEXIST
root symlink x /mnt/ro/new => EROFS
root symlink x /mnt/ro/new/ => ENOENT
root fifo /mnt/ro/secret => EEXIST
root fifo /mnt/ro/new => EROFS
root fifo /mnt/ro/new/ => ENOENT
ada mknod /mnt/ro/new => EROFS
ada mknod /mnt/disk/inner/new => EPERM
root link /mnt/ro/secret /mnt/ro/new => EROFS
root link /mnt/ro/secret /mnt/ro/mine => EEXIST
root link /mnt/ro/nosuch /mnt/ro/new => ENOENT
root link /mnt/ro/inner /mnt/ro/new => EROFS
root link /mnt/disk/secret /mnt/ro/new => EROFS
root link /mnt/ro/secret /mnt/disk/new => EXDEV
root link /mnt/disk/inner /dir/new => EXDEV
root link /mnt/disk/secret /dir/new => EXDEV
root link /mnt/disk/secret /dir/f => EEXIST
root link /mnt/disk/nosuch /dir/new => ENOENT
root link /mnt/disk/secret /mnt/disk/nest/new => EXDEV
root link /mnt/disk/nest /mnt/disk/other => EXDEV
root link /etc/file /etc/other => EXDEV
root link /dir/f /etc/file => EEXIST
root link /mnt/disk/ln /mnt/disk/ln2 => ok
root unlink /mnt/ro/secret => EROFS
root unlink /mnt/ro/nosuch => EROFS
root unlink /mnt/ro/inner => EROFS
root unlink /mnt/ro/nosuch/x => ENOENT
root unlink /mnt/ro => EISDIR
root unlink /mnt/ro/. => EISDIR
root unlink /mnt/ro/.. => EISDIR
ada unlink /mnt/ro/secret => EROFS
root rmdir /mnt/ro/inner => EROFS
root rmdir /mnt/ro/nosuch => EROFS
root rmdir /mnt/ro/secret => EROFS
root rmdir /mnt/ro/inner/. => EINVAL
root rmdir /mnt/ro/inner/.. => ENOTEMPTY
root rmdir /mnt/ro => EBUSY
root rmdir /mnt/ro/nest => EROFS
ada rmdir /mnt/ro => EACCES
root rmdir /mnt/disk => EBUSY
root rmdir /mnt/disk/ => EBUSY
root rmdir /mnt/disk/. => EINVAL
root rmdir /mnt/disk/nest => EBUSY
ada rmdir /mnt/disk/nest => EACCES
root rmdir /mnt => ENOTEMPTY
root rmdir / => EBUSY
root unlink /mnt/disk => EISDIR
ada unlink /mnt/disk => EACCES
root unlink /etc/file => EBUSY
root unlink /etc/file/ => ENOTDIR
ada unlink /etc/file => EACCES
ada unlink /tmp/bound => EPERM
root rmdir /etc/file => ENOTDIR
root rename /mnt/ro/secret /mnt/ro/other => EROFS
root rename /mnt/ro/nosuch /mnt/ro/other => EROFS
root rename /mnt/ro/secret /mnt/disk/other => EXDEV
root rename /mnt/disk/secret /mnt/ro/other => EXDEV
root rename /mnt/ro/. /mnt/ro/x => EBUSY
root rename /mnt/ro/. /mnt/disk/x => EXDEV
root rename /mnt/ro/secret /mnt/ro/.. => EBUSY
root rename /mnt/ro /mnt/other => EBUSY
root rename /mnt/disk /mnt/other => EBUSY
root rename /mnt/disk/secret /mnt/disk/nest/new => EXDEV
root rename /mnt/disk/nest /mnt/disk/nest2 => EBUSY
root rename /mnt/disk/inner /mnt/disk/nest => EBUSY
root rename /mnt/disk/inner /mnt/disk/nest/x => EXDEV
root rename /dir/f /mnt/disk => EISDIR
root rename /dir/sub /mnt/disk => EBUSY
root rename /nosuch /mnt/disk/x => EXDEV
root rename /nosuch /mnt/nosuch/x => ENOENT
root rename /dir/f /nosuch/x => ENOENT
root rename /etc/file /etc/other => EBUSY
ada rename /etc/file /etc/other => EACCES
ada rename /tmp/bound /tmp/other => EPERM
root rename /dir/f /etc/file => EBUSY
root rename /etc/file /dir/f => EBUSY
root rename /etc/file /dir/sub => EISDIR
root rename /etc/file /mnt/disk/x => EXDEV
root rename /etc /etc2 => EXDEV
root rename /mnt /dir => EXDEV
root rename /mnt /mnt2 => EXDEV
root rename /mnt/disk /mnt/disk/x => EXDEV
root rename /mnt/disk/.. /x => EXDEV
root rename /etc/file /etc/file => ok
root rename /dir/f /etc/file/ => ENOTDIR
root noreplace /dir/f /etc/file => EEXIST
root noreplace /mnt/ro/secret /mnt/ro/mine => EROFS
root exchange /dir/f /etc/file => EBUSY
root exchange /mnt/ro/secret /mnt/ro/mine => EROFS
root chmod /mnt/ro/secret => EROFS
root chmod /mnt/ro/nosuch => ENOENT
root chmod /mnt/ro => EROFS
ada chmod /mnt/ro/secret => EROFS
ada chmod /mnt/ro/closed/f => EACCES
root chown /mnt/ro/secret => EROFS
ada chown /mnt/ro/secret => EROFS
root utimes /mnt/ro/secret => EROFS
ada utimes /mnt/ro/secret => EROFS
ada touch /mnt/ro/secret => EROFS
ada utimes /mnt/disk/secret => EPERM
ada touch /mnt/disk/secret => EACCES
ada utimes /mnt/disk/inner/text => EPERM
ada touch /mnt/disk/inner/text => ok
ada touch /mnt/disk/inner => ok
ada touch /mnt/disk/mine => ok
root open /mnt/ro/secret r => ok
root open /mnt/ro/secret w => EROFS
root open /mnt/ro/secret rc => ok
root open /mnt/ro/secret rcx => EEXIST
root open /mnt/ro/secret rt => EROFS
root open /mnt/ro/secret wt => EROFS
root open /mnt/ro/secret wc => EROFS
root open /mnt/ro/new wc => EROFS
root open /mnt/ro/new rc => EROFS
root open /mnt/ro/new w => ENOENT
root open /mnt/ro/new/ wc => EISDIR
root open /mnt/ro/inner w => EISDIR
root open /mnt/ro/inner wc => EISDIR
root open /mnt/ro/inner wt => EISDIR
root open /mnt/ro/null w => ok
root open /mnt/ro/null wct => ok
root open /mnt/ro/fifo w => ENXIO
root open /mnt/ro/ln w => EROFS
root open /toro w => EROFS
root open /toro wt => EROFS
ada open /mnt/ro/secret w => EACCES
ada open /mnt/ro/secret wt => EROFS
ada open /mnt/ro/secret r => EACCES
ada open /mnt/ro/new wc => EROFS
ada open /mnt/ro/closed/new wc => EACCES
ada open /mnt/ro/inner/text w => EROFS
root open /mnt/strict/null w => EACCES
root open /mnt/strict/null r => EACCES
ada open /mnt/strict/null r => EACCES
root truncate /mnt/ro/secret 0 => EROFS
root truncate /mnt/ro/inner 0 => EISDIR
root truncate /mnt/ro/null 0 => EINVAL
root truncate /mnt/ro/nosuch 0 => ENOENT
ada truncate /mnt/ro/secret 0 => EACCES
root truncate /mnt/ro/secret -1 => EINVAL
root access /mnt/ro/secret w => EROFS
root access /mnt/ro/secret r => ok
root access /mnt/ro/inner w => EROFS
root access /mnt/ro/null w => ok
root access /mnt/ro/nosuch w => ENOENT
ada access /mnt/ro/secret w => EACCES
ada access /mnt/ro/inner/text rw => EROFS
root access /mnt/strict/prog x => EACCES
root access /mnt/strict/inner x => ok
root access /mnt/disk/prog x => ok
ada access /mnt/strict/secret x => EACCES
root stat /mnt/ro/nest/f => ENOENT
root stat /mnt/disk/nest/f => ok
root stat /mnt/disk/nest/../secret => ok
root stat /etc/file/x => ENOTDIR
root stat /etc/file/ => ENOTDIR
root readdir /etc/file => ENOTDIR
ada stat /mnt/disk/closed/../secret => EACCES
ada readdir /mnt/disk/closed => EACCES
`;

test.each(
  CASES.trim()
    .split("\n")
    .map((line) => line.split(" => ")),
)("%s: %s", (line, expected) => {
  expect(answer(line ?? "")).toBe(expected);
});

test("links lead from one mount into another", () => {
  const fs = mounts();
  expect(fs.realpath("/link/text", root)).toBe("/mnt/disk/inner/text");
  expect(fs.realpath("/dir/up/inner/../inner/text", root)).toBe("/mnt/disk/inner/text");
  expect(fs.read("/link/text", root).size).toBe(1);
  expect(fs.lstat("/link", root).kind).toBe("symlink");
  expect(fs.stat("/link", root).kind).toBe("directory");
  expect(fs.read("/etc/file", root).size).toBe(1);
});

test("one filesystem mounted twice shows the same files", () => {
  const fs = mounts();
  fs.write("/mnt/disk/new", textContent("x"), made, 0o644, root);
  expect(fs.read("/mnt/ro/new", root).size).toBe(1);
  fs.write("/etc/file", textContent("longer"), { write: true }, 0o644, root);
  expect(fs.stat("/mnt/ro/inner/text", root).size).toBe(6);
});

test("a dangling link is written through", () => {
  const fs = mounts();
  fs.symlink("/mnt/disk/new", "/to", root);
  fs.write("/to", textContent("x"), made, 0o644, root);
  expect(fs.stat("/mnt/disk/new", root).kind).toBe("file");
});

test("a directory that was looked up before it became a link is looked up again", () => {
  const fs = mounts();
  expect(() => fs.stat("/dir/text", root)).toThrow("No such file");
  fs.unlink("/dir/up", root);
  fs.unlink("/dir/f", root);
  fs.rmdir("/dir/sub", root);
  fs.rmdir("/dir", root);
  fs.symlink("/mnt/disk/inner", "/dir", root);
  expect(fs.stat("/dir/text", root).size).toBe(1);
  fs.unlink("/dir", root);
  fs.symlink("/mnt/disk", "/dir", root);
  expect(fs.stat("/dir/secret", root).size).toBe(1);
  expect(() => fs.stat("/dir/text", root)).toThrow("No such file");
});

test("who may search a directory is asked again when its mode changes", () => {
  const fs = mounts();
  expect(fs.stat("/mnt/disk/inner/text", ada).size).toBe(1);
  fs.chmod("/mnt/disk/inner", 0o700, root);
  expect(() => fs.stat("/mnt/disk/inner/text", ada)).toThrow("Permission denied");
});

import { FileSystemError } from "../core/filesystem/errno.ts";
import { root } from "../core/filesystem/filesystem.ts";
import type { FileSystem } from "../core/filesystem/filesystem.ts";
import type { Mount } from "../core/filesystem/mount.ts";
import { MountedFileSystem } from "../core/filesystem/mounted.ts";
import { split } from "../core/filesystem/path.ts";
import type { FileTree } from "../core/filesystem/tree.ts";
import type { OverlayFileSystem } from "../core/overlay/overlay.ts";
import { makeDirectories } from "../engine/mount.ts";
import { inMountOrder, mountPoint } from "../engine/mounted-view.ts";
import type { Container, ContainerMount } from "../engine/state.ts";
import type { TmpFileSystem } from "./filesystem/tmpfs.ts";

/** What there is to mount. */
export interface Mountable {
  readonly overlay: FileSystem;
  readonly proc: FileSystem;
  readonly sys: FileSystem;
  readonly dev: TmpFileSystem;
  readonly shm: TmpFileSystem;
  /** The files over /etc/hosts, /etc/hostname and /etc/resolv.conf. */
  readonly bound: FileSystem;
  /** An empty directory, which hides one of /proc. */
  empty(): FileSystem;
  /** `size`: null for the kernel's default. `make` sets up an empty one. */
  tmpfs(target: string, size: number | null, make: (fs: OverlayFileSystem) => FileTree): TmpFileSystem;
  volume(name: string, target: string): FileSystem;
}

const overlayId = (text: string): string =>
  text
    .replace(/^sha256:/, "")
    .slice(0, 26)
    .toUpperCase();

/** The options of `/` in /proc/mounts; the short names are made of chain ids. (docker-golden/run-ps-exec-diff-commit-save.txt) */
function overlayOptions(container: Container): string {
  const base = "/var/lib/docker/overlay2";
  const lowers = [`${container.id.slice(0, 25)}I`, ...container.layers.toReversed()].map(overlayId);
  const lower = lowers.map((name) => `${base}/l/${name}`).join(":");
  const mode = container.readOnly ? "ro" : "rw";
  return `${mode},relatime,lowerdir=${lower},upperdir=${base}/${container.id}/diff,workdir=${base}/${container.id}/work`;
}

const QUIET = "nosuid,nodev,noexec,relatime";

/** What runc mounts before anything of the user's. (moby, oci/defaults.go) */
function systemMounts(container: Container, from: Mountable): Mount[] {
  const { proc, dev, sys, shm } = from;
  const pts = "rw,nosuid,noexec,relatime,gid=5,mode=620,ptmxmode=666";
  return [
    { at: "/", fs: from.overlay, source: "overlay", type: "overlay", options: overlayOptions(container) },
    { at: "/proc", fs: proc, source: "proc", type: "proc", options: `rw,${QUIET}` },
    { at: "/dev", source: "tmpfs", type: "tmpfs", options: "rw,nosuid,size=65536k,mode=755", ...held(dev) },
    { at: "/dev/pts", fs: dev, root: "/pts", source: "devpts", type: "devpts", options: pts },
    { at: "/sys", fs: sys, source: "sysfs", type: "sysfs", options: `ro,${QUIET}` },
    { at: "/sys/fs/cgroup", fs: sys, root: "/fs/cgroup", source: "cgroup", type: "cgroup2", options: `ro,${QUIET}` },
    { at: "/dev/mqueue", fs: dev, root: "/mqueue", source: "mqueue", type: "mqueue", options: `rw,${QUIET}` },
    { at: "/dev/shm", source: "shm", type: "tmpfs", options: `rw,${QUIET},size=65536k`, ...held(shm) },
  ];
}

/** What docker hides or protects of /proc and /sys, mounted last. (moby, oci/defaults.go, MaskedPaths and ReadonlyPaths) */
function maskMounts(container: Container, { proc, dev, empty }: Mountable): Mount[] {
  const console = { at: "/dev/console", fs: dev, root: "/console", source: "devpts", type: "devpts" };
  const masked = { source: "tmpfs", type: "tmpfs" };
  const usage = () => ({ size: 4096, used: 0 });
  const hidden = () => ({ ...masked, fs: empty(), options: "ro,relatime,size=4k,nr_inodes=1", usage });
  const nulled = { ...masked, ...held(dev), root: "/null", options: "rw,nosuid,size=65536k,mode=755" };
  const terminal = "rw,nosuid,noexec,relatime,gid=5,mode=620,ptmxmode=666";
  return [
    ...(container.tty ? [{ ...console, options: terminal }] : []),
    { at: "/proc/sys", fs: proc, root: "/sys", source: "proc", type: "proc", options: `ro,${QUIET}` },
    { at: "/proc/acpi", ...hidden() },
    ...["kcore", "keys", "timer_list"].map((name) => ({ at: `/proc/${name}`, ...nulled })),
    { at: "/proc/scsi", ...hidden() },
    { at: "/sys/firmware", ...hidden() },
  ];
}

const held = (fs: TmpFileSystem) => ({ fs, usage: () => ({ size: fs.size, used: fs.used }) });

const optionOf = (options: string, name: string): string | undefined =>
  options
    .split(",")
    .find((option) => option.startsWith(`${name}=`))
    ?.slice(name.length + 1);

/** The options of a tmpfs as the kernel shows them: flags first, then what is not its default. (mm/shmem.c, shmem_show_options) */
function tmpfsOptions(mount: Extract<ContainerMount, { type: "tmpfs" }>, mode: number): string {
  const asked = mount.options.split(",");
  const flag = (name: string, without: string) => (asked.includes(without) ? [] : [name]);
  const [uid, gid] = [optionOf(mount.options, "uid"), optionOf(mount.options, "gid")];
  return [
    mount.readOnly || asked.includes("ro") ? "ro" : "rw",
    ...flag("nosuid", "suid"),
    ...flag("nodev", "dev"),
    ...flag("noexec", "exec"),
    "relatime",
    ...(mount.size === null ? [] : [`size=${Math.ceil(mount.size / 4096) * 4}k`]),
    ...(mode === 0o1777 ? [] : [`mode=${mode.toString(8).padStart(3, "0")}`]),
    ...(uid === undefined || uid === "0" ? [] : [`uid=${uid}`]),
    ...(gid === undefined || gid === "0" ? [] : [`gid=${gid}`]),
  ].join(",");
}

const DISK = { source: "/dev/vda1", type: "ext4" };

/** The mode of the directory under a mount point; null when this start has just made it. */
function modeBelow(container: Container, fs: FileSystem, path: string): number | null {
  const startedAt = container.status.kind === "running" ? container.status.startedAt : null;
  try {
    const { mode, mtime } = fs.stat(path, root);
    return mtime * 1000 === startedAt ? null : mode;
  } catch (error) {
    if (error instanceof FileSystemError) return null;
    throw error;
  }
}

/** What was asked for, over what is mounted so far. */
function wished(container: Container, mount: ContainerMount, soFar: MountedFileSystem, from: Mountable): Mount {
  const at = mountPoint(soFar, mount.target);
  if (mount.type === "volume") {
    const options = mount.readOnly ? "ro,relatime" : "rw,relatime";
    return { at, fs: from.volume(mount.volume, at), ...DISK, options };
  }
  const owner = (name: string) => Number(optionOf(mount.options, name) ?? 0);
  const fs = from.tmpfs(at, mount.size, (empty) => {
    // A directory that is there gives the tmpfs its mode, unless one was asked for. (runc, rootfs_linux.go)
    const mode = mount.mode ?? modeBelow(container, soFar, at) ?? 0o1777;
    empty.chown("/", owner("uid"), owner("gid"), root);
    empty.chmod("/", mode, root);
    const workdir = mountPoint(soFar, container.config.WorkingDir || "/");
    if (workdir.startsWith(`${at}/`)) makeDirectories(empty, workdir.slice(at.length));
    return empty.upper;
  });
  return { at, source: "tmpfs", type: "tmpfs", options: tmpfsOptions(mount, fs.stat("/", root).mode), ...held(fs) };
}

/**
 * The mounts of a container in the order in which they were made: that of /proc/mounts. What is asked
 * for comes by depth, then as asked. (moby, daemon/oci_linux.go, withMounts)
 */
export function containerMounts(container: Container, from: Mountable): Mount[] {
  const { bound } = from;
  const asked = new Set(container.mounts.map((mount) => mount.target));
  const system = systemMounts(container, from).filter(({ at }) => !asked.has(at));
  const mounts = [...system];
  const options = container.readOnly ? "ro,relatime" : "rw,relatime";
  const files = ["resolv.conf", "hostname", "hosts"]
    .map((name) => ({ at: `/etc/${name}`, fs: bound, root: `/${name}`, ...DISK, options }))
    .filter(({ at }) => !asked.has(at));
  for (const mount of inMountOrder(container.mounts)) {
    mounts.push(wished(container, mount, new MountedFileSystem(mounts), from));
  }
  const depth = ({ at }: Mount): number => split(at).length;
  const own = mounts.slice(system.length);
  const ordered = [...own.filter((mount) => depth(mount) === 1), ...files, ...own.filter((mount) => depth(mount) > 1)];
  return [...system, ...ordered, ...maskMounts(container, from)];
}

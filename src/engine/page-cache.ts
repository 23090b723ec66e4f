import { FileSystemError } from "../core/filesystem/errno.ts";
import { root } from "../core/filesystem/filesystem.ts";
import { basename } from "../core/filesystem/path.ts";
import type { ContainerId, LayerRef } from "./event.ts";
import { viewOf } from "./mount.ts";
import { mountPoint, mountedViewOf } from "./mounted-view.ts";
import { programOf } from "./process.ts";
import type { Container, EngineState } from "./state.ts";

/**
 * What of the layers is in memory because running containers run it. Modelled: programs do not really run here, so
 * it is told which files they would map, each as a whole; a kernel loads the pages that are touched.
 */
export interface Memory {
  /** Each inode once; those that most containers map first, then the large ones. */
  readonly files: readonly CachedFile[];
  /** Bytes of them all. */
  readonly cached: number;
  /** Bytes if every container had its own. */
  readonly mapped: number;
}

/** A file in the page cache: the kernel keeps it by inode, so one of a shared layer is there once. (overlayfs: the lower inode's pages) */
export interface CachedFile {
  /** In the containers, links followed. */
  readonly path: string;
  readonly size: number;
  readonly layer: "writable" | LayerRef;
  readonly containers: readonly ContainerId[];
}

/** The C library with its loader, by the paths that programs name: glibc's on amd64, musl's (one file is both). (ELF: PT_INTERP) */
const LOADERS = ["/lib64/ld-linux-x86-64.so.2", "/lib/ld-musl-x86_64.so.1"];
/** Where the loader looks, in this order. (ld.so.conf of Debian, Alpine and CentOS) */
const DIRECTORIES = [
  "/usr/local/lib",
  "/lib/x86_64-linux-gnu",
  "/usr/lib/x86_64-linux-gnu",
  "/lib64",
  "/lib",
  "/usr/lib",
];
/** Beside the C library: what the real programs need, for their files here are zeros. (`readelf -d`: NEEDED) */
const NEEDED: Readonly<Record<string, readonly string[]>> = {
  bash: ["libtinfo.so.6"],
  busybox: ["libm.so.6", "libresolv.so.2"],
  nginx: ["libcrypt.so.1", "libpcre2-8.so.0", "libssl.so.3", "libcrypto.so.3", "libz.so.1"],
  node: ["libstdc++.so.6", "libgcc_s.so.1"],
  "python3.12": ["libpython3.12.so.1.0", "libm.so.6"],
  "redis-server": ["libssl.so.3", "libcrypto.so.3", "libm.so.6"],
};

interface MappedFile extends Omit<CachedFile, "containers"> {
  /** The same for whoever maps the same inode. */
  readonly inode: string;
}

export function memoryOf(state: EngineState): Memory {
  const files = new Map<string, Omit<CachedFile, "containers"> & { containers: ContainerId[] }>();
  for (const container of state.containers.values()) {
    if (container.status.kind !== "running") continue;
    for (const { inode, ...file } of mappedBy(state, container)) {
      const known = files.get(inode);
      if (known) known.containers.push(container.id);
      else files.set(inode, { ...file, containers: [container.id] });
    }
  }
  const sorted = [...files.values()].toSorted((a, b) => b.containers.length - a.containers.length || b.size - a.size);
  return {
    files: sorted,
    cached: sorted.reduce((sum, { size }) => sum + size, 0),
    mapped: sorted.reduce((sum, { size, containers }) => sum + size * containers.length, 0),
  };
}

const known = new WeakMap<Container, readonly MappedFile[]>();

/** The program that a container runs and the libraries that go with it, each inode once. */
function mappedBy(state: EngineState, container: Container): readonly MappedFile[] {
  const cached = known.get(container);
  if (cached) return cached;
  const mounted = mountedViewOf(state, container);
  const view = viewOf(state, container);
  const mounts = container.mounts.map((mount) => mountPoint(mounted, mount.target));
  const files = new Map<string, MappedFile>();
  const map = (path: string): string | null => {
    try {
      const real = mounted.realpath(path, root);
      const { kind, size, ino } = mounted.stat(real, root);
      // What a volume has is in no layer.
      if (kind !== "file" || mounts.some((at) => real.startsWith(`${at}/`))) return null;
      const { layer: index } = view.resolve(real, root);
      const layer = index === "upper" ? "writable" : (container.layers[index] ?? "init");
      const owner = layer === "writable" || layer === "init" ? container.id : layer;
      const inode = `${owner} ${layer} ${ino}`;
      files.set(inode, { inode, path: real, size, layer });
      return real;
    } catch (error) {
      if (error instanceof FileSystemError) return null;
      throw error;
    }
  };
  const program = programOf(mounted, container);
  const real = program === null ? null : map(program);
  if (real !== null && LOADERS.map(map).some((loader) => loader !== null)) {
    for (const name of ["libc.so.6", ...(NEEDED[basename(real)] ?? [])]) {
      DIRECTORIES.some((directory) => map(`${directory}/${name}`) !== null);
    }
  }
  const found = [...files.values()];
  known.set(container, found);
  return found;
}

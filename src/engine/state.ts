import type { FileTree } from "../core/filesystem/tree.ts";
import type { ImageConfig, ImageRunConfig } from "../core/oci/config.ts";
import type { ChainId, DiffId, Digest, ImageId } from "../core/oci/digest.ts";
import type { Lower } from "../core/overlay/lower.ts";
import type { ContainerId } from "./event.ts";
import { freshHostFiles } from "./host-files.ts";
import type { Publishing } from "./published.ts";

/** A read-only layer on disk: one tar, on one parent. Reference-counted by chain ID, as dockerd's layer store does. */
export interface Layer {
  readonly chainId: ChainId;
  readonly parent: ChainId | null;
  readonly diffId: DiffId;
  /** The blob as it is stored: of the registry when pulled, gzip of the tar when committed here. */
  readonly blob: { readonly digest: Digest; readonly size: number; readonly mediaType: string };
  /** Bytes of the uncompressed tar. */
  readonly tarSize: number;
  /** Sum of the sizes of its regular files: what `docker history` and `docker images` count. */
  readonly size: number;
  readonly tree: FileTree;
  /** This layer and all below it, merged: the lower side of a mount. */
  readonly lower: Lower;
}

export interface Image {
  readonly id: ImageId;
  /** The config JSON, byte for byte: `id` is its sha256. */
  readonly configText: string;
  readonly config: ImageConfig;
  /** Bottom first. */
  readonly layers: readonly ChainId[];
  /** The image it was committed from, when that happened here. */
  readonly parent: ImageId | null;
  /** Promise 10: binaries zero-filled, text our own. */
  readonly modelled: boolean;
}

export type ContainerStatus =
  | { readonly kind: "created" }
  /** `endsAt`: ms, for a process that ends by itself at a known time (`sleep 60`). */
  | { readonly kind: "running"; readonly startedAt: number; readonly pid: number; readonly endsAt: number | null }
  | { readonly kind: "exited"; readonly startedAt: number; readonly finishedAt: number; readonly code: number };

/** A directory outside all layers: `docker volume`. Whoever mounts it sees the same files, and no commit takes them along. */
export interface Volume {
  /** 64 hex digits when docker made the name up. */
  readonly name: string;
  /** Made for one container without a name: removed with `docker rm -v`, `--rm` and by `docker volume prune`. */
  readonly anonymous: boolean;
  readonly labels: Readonly<Record<string, string>>;
  /** ms since 1970. */
  readonly createdAt: number;
  /** Its root is the volume's own directory. Holds no whiteouts and no opaque marks. */
  readonly tree: FileTree;
}

/** What is mounted over a container's layers, by the user's wish or the image's. (runtime-spec, "Mounts") */
export type ContainerMount =
  | {
      readonly type: "volume";
      /** Key of {@link EngineState.volumes}. */
      readonly volume: string;
      /** Absolute and normal. */
      readonly target: string;
      readonly readOnly: boolean;
      /** How it was asked for: `docker inspect` tells them apart. "image" is a VOLUME of the image. */
      readonly asked: "-v" | "--mount" | "image" | "--volumes-from";
      /** As written after -v, for HostConfig.Binds; "" otherwise. */
      readonly bind: string;
      /** What --mount said of the volume itself, for HostConfig.Mounts; left out when nothing. */
      readonly options?: { readonly copy: boolean; readonly labels: Readonly<Record<string, string>> };
    }
  /** Its files are in memory and end with the container's run. `size`: bytes, null without a limit. */
  | {
      readonly type: "tmpfs";
      readonly target: string;
      readonly readOnly: boolean;
      readonly size: number | null;
      /** Of its root; null when it was not said: that of the directory below, 1777 where there was none. (runc) */
      readonly mode: number | null;
      readonly asked: "--tmpfs" | "--mount";
      /** As written after the ":" of --tmpfs. */
      readonly options: string;
    };

export interface LogChunk {
  readonly stream: "stdout" | "stderr";
  readonly text: string;
  /** ms since 1970. */
  readonly at: number;
}

export interface Container {
  readonly id: ContainerId;
  /** Without docker's leading slash. */
  readonly name: string;
  readonly image: ImageId;
  /** The image's layers, bottom first: they stay while the container does, even when the image is removed by force. */
  readonly layers: readonly ChainId[];
  /** As the user wrote it: what `docker ps` shows while that name still means this image. */
  readonly imageName: string;
  /** ms since 1970. */
  readonly createdAt: number;
  /** entrypoint and command, as run. */
  readonly argv: readonly string[];
  /** The image's run config with the command line's changes: what commit starts from. */
  readonly config: ImageRunConfig;
  readonly tty: boolean;
  readonly interactive: boolean;
  readonly autoRemove: boolean;
  /** "172.17.0.2" while it runs, else "". */
  readonly ipAddress: string;
  /** Left out when no port was asked for, as in every record from before they were known. */
  readonly published?: Publishing;
  readonly status: ContainerStatus;
  /** In the order `docker inspect` lists them; each target once. */
  readonly mounts: readonly ContainerMount[];
  /** --volumes-from, as written; left out when there was none. */
  readonly volumesFrom?: readonly string[];
  /** --read-only: the merged view is mounted read-only, and writing to it is EROFS. */
  readonly readOnly: boolean;
  /** The writable layer. */
  readonly upper: FileTree;
  readonly log: readonly LogChunk[];
  /**
   * Where a stage of a build stands ("RUN make"): BuildKit's own working container, while the build runs. Docker
   * lists it nowhere and puts no init layer under it. Left out for every other container.
   */
  readonly building?: string;
}

/**
 * A build step that need not be done again. It keeps its layer and all below it on disk. The key: what it stood
 * on, what it was told and what it was given, hashed.
 */
export interface BuildRecord {
  readonly key: Digest;
  /** The layer it left; for a FROM the base's top one. */
  readonly layer: ChainId;
  /** As in the image's history. */
  readonly createdBy: string;
  /** ms since 1970, as `usedAt`. */
  readonly createdAt: number;
  readonly usedAt: number;
  /** How often it was used after it was made. */
  readonly uses: number;
}

/**
 * Everything a host is. A persistent value: an operation makes the next one, both stay valid, and
 * what did not change is shared between them.
 */
export interface EngineState {
  readonly layers: ReadonlyMap<ChainId, Layer>;
  /** In the order they came. */
  readonly images: ReadonlyMap<ImageId, Image>;
  /** Normalised reference ("docker.io/library/ubuntu:22.04") to image. */
  readonly tags: ReadonlyMap<string, ImageId>;
  /** Normalised "docker.io/library/ubuntu@sha256:…" to image: what a pull leaves. */
  readonly repoDigests: ReadonlyMap<string, ImageId>;
  /** In the order they were created. */
  readonly containers: ReadonlyMap<ContainerId, Container>;
  /** By name, in the order they were created. */
  readonly volumes: ReadonlyMap<string, Volume>;
  /** The files of the host itself, outside docker: what `docker cp` copies to and from and `docker export` writes. */
  readonly files: FileTree;
  /** What builds need not do again, in the order it was made. */
  readonly buildCache: ReadonlyMap<Digest, BuildRecord>;
}

export const emptyState: EngineState = {
  layers: new Map(),
  images: new Map(),
  tags: new Map(),
  repoDigests: new Map(),
  containers: new Map(),
  volumes: new Map(),
  files: freshHostFiles(Date.UTC(2026, 0, 1) / 1000),
  buildCache: new Map(),
};

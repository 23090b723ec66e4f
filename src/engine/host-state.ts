import type { ChainId, DiffId, Digest, ImageId } from "../core/oci/digest.ts";
import type { ContainerId } from "./event.ts";

/** Plain JSON: what `window.lamina.state()` answers and what the page draws. Sizes are bytes, times ms since 1970. */
export interface HostState {
  readonly images: readonly HostImage[];
  readonly layers: readonly HostLayer[];
  readonly containers: readonly HostContainer[];
  readonly disk: Disk;
}

export interface HostImage {
  readonly id: ImageId;
  /** Familiar names, "ubuntu:22.04"; empty when dangling. */
  readonly refs: readonly string[];
  /** diffIDs, bottom first. */
  readonly layers: readonly DiffId[];
  /** Chain IDs of the same layers: the keys of {@link HostState.layers}. */
  readonly chain: readonly ChainId[];
  /** Sum over its layers, as `docker images` counts. */
  readonly size: number;
  readonly createdAt: number;
  readonly author: string;
  readonly comment: string;
  readonly parent: ImageId | null;
  readonly modelled: boolean;
}

export interface HostLayer {
  readonly chainId: ChainId;
  readonly parent: ChainId | null;
  readonly diffId: DiffId;
  readonly digest: Digest;
  readonly size: number;
  /** Entries: new paths, paths that replace one below, whiteouts and paths under an opaque directory. */
  readonly counts: Counts;
  /** The history line that made it, e.g. "RUN apt-get install nginx" or the commit's message. */
  readonly createdBy: string;
  /** A name people know it by: the smallest image whose top it is ("debian:12"), else "". */
  readonly name: string;
  readonly usedBy: readonly ImageId[];
}

export interface Counts {
  readonly added: number;
  readonly changed: number;
  readonly deleted: number;
}

export interface HostContainer {
  readonly id: ContainerId;
  readonly name: string;
  readonly image: ImageId;
  /** What `docker ps` shows under IMAGE. */
  readonly imageName: string;
  readonly command: string;
  /** What `docker ps` shows under STATUS at the time of the state. */
  readonly status: string;
  readonly running: boolean;
  readonly createdAt: number;
  readonly upper: {
    /** Sum of the sizes of the files in the writable layer: `docker ps -s`. */
    readonly size: number;
    readonly counts: Counts;
    /** As `docker diff`, sorted by path. Left out (null) in the frames of a story. */
    readonly changes: readonly (readonly ["A" | "C" | "D", string])[] | null;
  };
}

export interface Disk {
  /** Sum of the image sizes, shared layers counted in each. */
  readonly images: number;
  /** What the layers really take, each counted once. */
  readonly stored: number;
  /** images - stored, never below 0. */
  readonly saved: number;
  readonly writable: number;
  /** Stored bytes of images no container uses. */
  readonly reclaimable: number;
}

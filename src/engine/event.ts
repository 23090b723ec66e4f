import type { NodeKind } from "../core/filesystem/filesystem.ts";
import type { AttributeChange, CopyUpCause } from "../core/overlay/event.ts";
import type { ChainId, DiffId, Digest, ImageId } from "../core/oci/digest.ts";

/** The 64 hex digits of a container's id. */
export type ContainerId = string & { readonly __container: true };

/** A layer that an operation speaks of: one of the image's, or the one dockerd puts on top of them for /etc/hosts and the like. */
export type LayerRef = ChainId | "init";

/** What one plate says to a lookup. "opaque": it has not the name, and the directory in it lets nothing below be asked. */
export interface LookupAnswer {
  readonly layer: LayerRef | "writable";
  readonly answer: "nothing" | "found" | "whiteout" | "opaque";
}

/**
 * The story of an operation, one event an atomic step, in the words of docker and overlayfs. Every
 * case has one sentence in each language and one animation; without them the project does not compile.
 */
export type EngineEvent =
  | { readonly type: "pull.start"; readonly reference: string; readonly layers: number; readonly missing: number }
  | { readonly type: "layer.exists"; readonly layer: ChainId; readonly digest: Digest; readonly size: number }
  /** `size`: compressed bytes as the registry has them. */
  | { readonly type: "layer.download"; readonly layer: ChainId; readonly digest: Digest; readonly size: number }
  /** `size`: bytes of its files. */
  | {
      readonly type: "layer.extract";
      readonly layer: ChainId;
      readonly diffId: DiffId;
      readonly parent: ChainId | null;
      readonly size: number;
    }
  | { readonly type: "image.pulled"; readonly image: ImageId; readonly reference: string; readonly size: number }
  | { readonly type: "image.tag"; readonly image: ImageId; readonly reference: string }
  | { readonly type: "image.untag"; readonly image: ImageId; readonly reference: string }
  | { readonly type: "image.delete"; readonly image: ImageId }
  | { readonly type: "layer.delete"; readonly layer: ChainId; readonly size: number }
  | {
      readonly type: "container.create";
      readonly container: ContainerId;
      readonly name: string;
      readonly image: ImageId;
    }
  | {
      readonly type: "container.start";
      readonly container: ContainerId;
      readonly name: string;
      readonly command: string;
    }
  | {
      readonly type: "container.exec";
      readonly container: ContainerId;
      readonly name: string;
      readonly command: string;
    }
  | { readonly type: "container.exit"; readonly container: ContainerId; readonly name: string; readonly code: number }
  | { readonly type: "container.remove"; readonly container: ContainerId; readonly name: string; readonly size: number }
  | {
      readonly type: "fs.copy-up";
      readonly container: ContainerId;
      readonly path: string;
      readonly kind: NodeKind;
      readonly size: number;
      readonly layer: LayerRef;
      readonly cause: CopyUpCause;
      /** How many names (hard links) it had in its layer; the others stay there. */
      readonly names: number;
    }
  | {
      readonly type: "fs.create";
      readonly container: ContainerId;
      readonly path: string;
      readonly kind: NodeKind;
      readonly size: number;
      readonly over: "nothing" | "whiteout";
    }
  | {
      readonly type: "fs.write";
      readonly container: ContainerId;
      readonly path: string;
      readonly before: number;
      readonly size: number;
    }
  | {
      readonly type: "fs.attributes";
      readonly container: ContainerId;
      readonly path: string;
      readonly change: AttributeChange;
    }
  | { readonly type: "fs.whiteout"; readonly container: ContainerId; readonly path: string; readonly layer: LayerRef }
  | {
      readonly type: "fs.remove";
      readonly container: ContainerId;
      readonly path: string;
      readonly kind: NodeKind;
      readonly size: number;
    }
  | { readonly type: "fs.opaque"; readonly container: ContainerId; readonly path: string }
  | {
      readonly type: "fs.rename";
      readonly container: ContainerId;
      readonly path: string;
      readonly to: string;
      readonly kind: NodeKind;
    }
  | { readonly type: "fs.link"; readonly container: ContainerId; readonly path: string; readonly to: string }
  /** A directory of the layers below was to be renamed, and that was refused. Nothing has changed. */
  | { readonly type: "fs.exdev"; readonly container: ContainerId; readonly path: string; readonly to: string }
  /**
   * A program that was typed looks a path up, plate by plate from the top, until one answers. Nothing has changed.
   * `path`: the name that settles it, without links: what was looked for, or the first directory above it that is
   * not there. `asked`: what was looked for, as it was written, absolute.
   */
  | {
      readonly type: "fs.read";
      readonly container: ContainerId;
      readonly path: string;
      readonly asked: string;
      /** The plates that were asked, the top one first. The last answer settles it; "nothing": no plate has the name. */
      readonly answers: readonly LookupAnswer[];
    }
  /** A burst of filesystem events (a package being unpacked), told as one step. `size`: bytes the writable layer grew by. */
  | {
      readonly type: "fs.burst";
      readonly container: ContainerId;
      readonly created: number;
      readonly copiedUp: number;
      readonly changed: number;
      readonly deleted: number;
      /** Whiteouts that are left of the deletions. */
      readonly whiteouts: number;
      /** Bytes of the files copied up. */
      readonly copied: number;
      /** Files were copied up, and only their mode, owner or time changed. */
      readonly attributesOnly: boolean;
      readonly size: number;
      /** The deepest path that is all that changed or holds it. */
      readonly within: string;
      /** The directory where it is seen. */
      readonly path: string;
    }
  | {
      readonly type: "volume.create";
      readonly volume: string;
      readonly anonymous: boolean;
      /** Made because this container mounts it; null: by `docker volume create`. */
      readonly container: ContainerId | null;
    }
  /** A new volume is empty: what the image has at `path`, the mount point, was copied into it. */
  | {
      readonly type: "volume.copy";
      readonly volume: string;
      readonly container: ContainerId;
      readonly path: string;
      readonly files: number;
      readonly size: number;
    }
  /**
   * Something changed in a mounted volume, or in a tmpfs (`volume` null): outside all layers. `path` as the
   * container sees it; `count` above 1: so many changes told as one, `path` being where. `size`: bytes it grew by.
   */
  | {
      readonly type: "volume.change";
      readonly volume: string | null;
      readonly container: ContainerId;
      readonly path: string;
      readonly change: "created" | "written" | "attributes" | "removed";
      readonly count: number;
      readonly size: number;
    }
  | { readonly type: "volume.remove"; readonly volume: string; readonly size: number }
  /** `docker cp`; `path` in the container, `host` on the host ("-": standard input or output). */
  | {
      readonly type: "container.copy";
      readonly container: ContainerId;
      readonly name: string;
      readonly direction: "in" | "out";
      readonly path: string;
      readonly host: string;
      readonly files: number;
      readonly size: number;
    }
  /** `docker export`: the merged view as one tar, without layers. `file` on the host, "-": standard output. */
  | {
      readonly type: "container.export";
      readonly container: ContainerId;
      readonly name: string;
      readonly file: string;
      readonly size: number;
    }
  /** `docker save`: images as one tar, with all their layers; `image` is the first. `file` on the host, "-": standard output. */
  | {
      readonly type: "image.save";
      readonly image: ImageId;
      readonly images: number;
      readonly layers: number;
      readonly file: string;
      readonly size: number;
    }
  /** `docker import`: a root filesystem's tar as the one layer of a new image. */
  | {
      readonly type: "image.import";
      readonly image: ImageId;
      readonly layer: ChainId;
      readonly size: number;
      readonly reference: string | null;
    }
  /** A stage of a build begins: its working container stands on the base's layers. `reference`: "scratch" for none. */
  | {
      readonly type: "build.from";
      readonly container: ContainerId;
      readonly name: string;
      readonly reference: string;
      readonly layers: number;
      /** The base's top layer. */
      readonly layer: ChainId | null;
    }
  /** An instruction that writes files begins, in a writable layer of its own. */
  | { readonly type: "build.step"; readonly container: ContainerId; readonly instruction: string }
  /** What it wrote is a layer now; an empty writable layer lies on it. */
  | {
      readonly type: "build.layer";
      readonly container: ContainerId;
      readonly instruction: string;
      readonly layer: ChainId;
      readonly diffId: DiffId;
      readonly size: number;
    }
  /** The layer that the instruction would make is known: it is used, and nothing is done. */
  | {
      readonly type: "build.cached";
      readonly container: ContainerId;
      readonly instruction: string;
      readonly layer: ChainId;
      readonly size: number;
    }
  /** An instruction that changes the image's config only. */
  | { readonly type: "build.config"; readonly container: ContainerId; readonly instruction: string }
  /** The instruction failed: what it wrote is thrown away. */
  | {
      readonly type: "build.failed";
      readonly container: ContainerId;
      readonly instruction: string;
      readonly size: number;
    }
  | {
      readonly type: "build.image";
      readonly image: ImageId;
      readonly reference: string | null;
      readonly layers: number;
      readonly size: number;
    }
  /** `layer` is null when nothing had changed: the image then gets a history entry only. */
  | {
      readonly type: "container.commit";
      readonly container: ContainerId;
      readonly name: string;
      readonly image: ImageId;
      readonly layer: ChainId | null;
      readonly diffId: DiffId | null;
      readonly size: number;
      readonly reference: string | null;
      readonly message: string;
      /** The directory where the layer branches: there most of it is seen. */
      readonly path: string;
    };

export type EventType = EngineEvent["type"];

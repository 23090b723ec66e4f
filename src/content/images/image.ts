import type { HistoryEntry, ImageRunConfig } from "../../core/oci/config.ts";

/**
 * A catalogue image as an author writes it: `src/content/images/<name>.ts` default-exports one or a
 * list of these, and `scripts/catalogue.ts` makes the blobs. Facts are the real linux/amd64 image's.
 */
export interface ImageSource {
  /** Name in the registry: "library/debian". */
  readonly repository: string;
  /** Tags of this image, the one it is known by first: ["12", "bookworm", "latest"]. */
  readonly tags: readonly string[];
  /** The image whose layers and history this one begins with: the layers' digests are then the same. */
  readonly from?: ImageSource;
  /** The history's steps on top of `from`, oldest first. */
  readonly steps: readonly Step[];
  /** Config "created", RFC 3339. */
  readonly created: string;
  /** Config "config". The whole of it: nothing is inherited from `from`. */
  readonly config: ImageRunConfig;
  /** Further top-level members of the config JSON, e.g. docker_version or author. */
  readonly extra?: Readonly<Record<string, unknown>>;
  /** What `docker images` says of the real image, in bytes: the sum of its layers' files. Ours is within 5 %. */
  readonly realUnpackedSize: number;
  /** Where the facts were read: the real manifest's digest, or a document. */
  readonly source: string;
}

/** One line of the history. */
export interface Step {
  /** RFC 3339. */
  readonly created: string;
  /** As the real history has it, "/bin/sh -c #(nop) ..." or buildkit's form. */
  readonly createdBy: string;
  readonly comment?: string;
  readonly author?: string;
  /** Absent: `empty_layer`. */
  readonly layer?: LayerSource;
}

/** The files of one layer: packages, then entries on top of them. */
export interface LayerSource {
  /** Bytes of the real layer's compressed blob, for progress bars. */
  readonly realSize: number;
  /** mtime of whatever has no date of its own, RFC 3339. Default: the step's. */
  readonly date?: string;
  /** Packages unpacked by this layer; the package manager's database follows from them. */
  readonly packages?: PackageSelection | readonly PackageSelection[];
  /** Users and groups created by hand, lines of a facts file: "group redis 999", "user redis 999 999 /home/redis /bin/sh". */
  readonly accounts?: readonly string[];
  /**
   * A folder beside the image, `src/content/images/<folder>/`: `entries.txt` has path lines as in a
   * facts file (`format.ts`), laid over the packages, and `files/` the bytes of its `@` entries.
   */
  readonly folder?: string;
  /** The name of the entry list in `folder`, for images with several layers. Default "entries.txt". */
  readonly entries?: string;
  /** Small texts written in place: path lines (`@`) and their bytes by path. */
  readonly texts?: Readonly<Record<string, string>>;
  /** Paths of lower layers to hide: whiteouts. */
  readonly removed?: readonly string[];
}

export interface PackageSelection {
  /** Folder of `src/content/packages/`. */
  readonly distro: string;
  readonly manager: "dpkg" | "apk" | "rpm";
  readonly names: readonly string[];
  /** Of `names`, those that were only pulled in by others (apt-mark showauto). */
  readonly automatic?: readonly string[];
  /** dpkg's `path-exclude`, `path-include` lines in force while unpacking (dpkg(1)); the last match decides. */
  readonly rules?: readonly string[];
}

/** The history entry of a step. */
export function historyEntry(step: Step): HistoryEntry {
  return {
    created: step.created,
    created_by: step.createdBy,
    ...(step.author === undefined ? {} : { author: step.author }),
    ...(step.comment === undefined ? {} : { comment: step.comment }),
    ...(step.layer === undefined ? { empty_layer: true } : {}),
  };
}

/** All steps of an image, those of its base first. */
export function allSteps(image: ImageSource): readonly Step[] {
  return image.from === undefined ? image.steps : [...allSteps(image.from), ...image.steps];
}

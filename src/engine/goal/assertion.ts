/**
 * What a goal asks of the host: plain data, as an author or the builder writes it and as it travels in a
 * scenario's file. It speaks of the state, never of the commands that lead there. Bytes are bytes.
 */
export type Assertion =
  /** An image of that name is here. */
  | { readonly type: "image"; readonly image: string }
  | { readonly type: "no-image"; readonly image: string }
  /** A container is here, running or not, or as `running` says. */
  | { readonly type: "container"; readonly container: Which; readonly running?: boolean }
  | { readonly type: "no-container"; readonly container: string }
  /** What somebody inside sees at a path. `contains`: a piece of the file's text. */
  | { readonly type: "seen"; readonly of: Stack; readonly path: string; readonly contains?: string }
  | { readonly type: "not-seen"; readonly of: Stack; readonly path: string }
  /** What the container's writable layer itself has at a path. */
  | { readonly type: "writable"; readonly container: Which; readonly path: string; readonly has: WritableEntry }
  /** The image's layers are those of `base` and more on top: exactly `layers` more, when that is said. */
  | { readonly type: "built-on"; readonly image: string; readonly base: string; readonly layers?: number }
  /** The two images have their lowest layers in common, at least `layers` of them. */
  | { readonly type: "shared"; readonly images: readonly [string, string]; readonly layers: number }
  | { readonly type: "layers"; readonly image: string; readonly layers: number }
  /** The image's size, as `docker images` counts, is at least `by` more than that of the other. */
  | { readonly type: "larger"; readonly image: string; readonly than: string; readonly by: number }
  /** The same path shows something else in each of the two. */
  | { readonly type: "differ"; readonly of: readonly [Stack, Stack]; readonly path: string }
  /** A volume is here; with `path`, it holds that, seen from its own root. */
  | { readonly type: "volume"; readonly volume: string; readonly path?: string }
  /** A file of the host's own, outside docker. */
  | { readonly type: "host-file"; readonly path: string };

/** A container by its name, or any of an image: whoever chose another name has reached the goal too. */
export type Which = { readonly name: string } | { readonly ofImage: string };

export type Stack = { readonly container: Which } | { readonly image: string };

/** "copy": a file of the layers below, copied up; "new": a name they have not. */
export type WritableEntry = "copy" | "new" | "whiteout" | "opaque" | "nothing";

/** A named assertion. `name` is what a picture, a test and a saved progress call it. */
export type Goal = Assertion & { readonly name: string };

/** Why an assertion does not hold: the first thing that is missing. Each has a sentence in every language. */
export type Missing =
  | { readonly why: "no-image"; readonly image: string }
  | { readonly why: "image-is-there"; readonly image: string }
  | { readonly why: "no-container"; readonly container: Which }
  | { readonly why: "container-is-there"; readonly container: string }
  | { readonly why: "not-running"; readonly container: string }
  | { readonly why: "running"; readonly container: string }
  | { readonly why: "not-seen"; readonly of: string; readonly path: string }
  | { readonly why: "is-seen"; readonly of: string; readonly path: string }
  | { readonly why: "no-text"; readonly of: string; readonly path: string; readonly contains: string }
  | {
      readonly why: "writable-has";
      readonly container: string;
      readonly path: string;
      readonly has: WritableEntry;
      readonly wanted: WritableEntry;
    }
  | { readonly why: "not-built-on"; readonly image: string; readonly base: string }
  | { readonly why: "layers"; readonly image: string; readonly have: number; readonly wanted: number }
  | {
      readonly why: "not-shared";
      readonly images: readonly [string, string];
      readonly have: number;
      readonly wanted: number;
    }
  | {
      readonly why: "not-larger";
      readonly image: string;
      readonly than: string;
      readonly by: number;
      readonly have: number;
    }
  | { readonly why: "same"; readonly of: readonly [string, string]; readonly path: string }
  | { readonly why: "no-volume"; readonly volume: string }
  | { readonly why: "not-in-volume"; readonly volume: string; readonly path: string }
  | { readonly why: "no-host-file"; readonly path: string };

/** Null: it holds. */
export type Verdict = Missing | null;

import type { Assertion, Missing, Stack, Which, WritableEntry } from "../../../engine/goal/assertion.ts";
import { type Phrase, bytes, code, path, say } from "../phrase.ts";

const container = (which: Which): Phrase[] =>
  "name" in which ? say`container ${code(which.name)}` : say`a container of ${code(which.ofImage)}`;

const stack = (of: Stack): Phrase[] => ("image" in of ? say`image ${code(of.image)}` : container(of.container));

const layers = (n: number): string => (n === 1 ? "one layer" : `${n} layers`);

const entries: Record<WritableEntry, string> = {
  copy: "a copy of a file from below",
  new: "something new",
  whiteout: "a whiteout",
  opaque: "an opaque directory",
  nothing: "nothing",
};

/** What is asked, in a sentence. */
function asked(goal: Assertion): Phrase[] {
  switch (goal.type) {
    case "image":
      return say`The image ${code(goal.image)} is here.`;
    case "no-image":
      return say`The image ${code(goal.image)} is gone.`;
    case "container": {
      const is = goal.running === undefined ? "is here" : goal.running ? "is running" : "is here, and stopped";
      const [first, ...rest] = container(goal.container);
      return [upperFirst(first), ...rest, ` ${is}.`];
    }
    case "no-container":
      return say`The container ${code(goal.container)} is gone.`;
    case "seen":
      return [
        ...say`${path(goal.path)} is seen in `,
        ...stack(goal.of),
        ...(goal.contains === undefined ? ["."] : say`, and ${code(goal.contains)} is in it.`),
      ];
    case "not-seen":
      return [...say`${path(goal.path)} is not seen in `, ...stack(goal.of), "."];
    case "writable":
      return [
        "The writable layer of ",
        ...container(goal.container),
        ...say` has ${entries[goal.has]} at ${path(goal.path)}.`,
      ];
    case "built-on":
      return goal.layers === undefined
        ? say`The image ${code(goal.image)} stands on the layers of ${code(goal.base)}.`
        : say`The image ${code(goal.image)} adds ${layers(goal.layers)} to those of ${code(goal.base)}.`;
    case "shared":
      return say`${code(goal.images[0])} and ${code(goal.images[1])} share at least ${layers(goal.layers)}.`;
    case "layers":
      return say`The image ${code(goal.image)} has ${layers(goal.layers)}.`;
    case "larger":
      return say`The image ${code(goal.image)} is at least ${bytes(goal.by)} larger than ${code(goal.than)}.`;
    case "differ":
      return [...say`${path(goal.path)} differs between `, ...stack(goal.of[0]), " and ", ...stack(goal.of[1]), "."];
    case "volume":
      return goal.path === undefined
        ? say`The volume ${code(goal.volume)} is here.`
        : say`The volume ${code(goal.volume)} holds ${path(goal.path)}.`;
    case "host-file":
      return say`The file ${path(goal.path)} is on the host.`;
  }
}

function upperFirst(phrase: Phrase | undefined): Phrase {
  return typeof phrase === "string" ? phrase.charAt(0).toUpperCase() + phrase.slice(1) : (phrase ?? "");
}

/** What is missing, in a sentence. */
function missing(why: Missing): Phrase[] {
  switch (why.why) {
    case "no-image":
      return say`There is no image ${code(why.image)} yet.`;
    case "image-is-there":
      return say`The image ${code(why.image)} is still here.`;
    case "no-container":
      return ["There is no ", ...container(why.container).map(withoutArticle), " yet."];
    case "container-is-there":
      return say`The container ${code(why.container)} is still here.`;
    case "not-running":
      return say`${code(why.container)} is not running.`;
    case "running":
      return say`${code(why.container)} is still running.`;
    case "not-seen":
      return say`${code(why.of)} does not see ${path(why.path)}.`;
    case "is-seen":
      return say`${code(why.of)} still sees ${path(why.path)}.`;
    case "no-text":
      return say`${path(why.path)} in ${code(why.of)} does not contain ${code(why.contains)}.`;
    case "writable-has":
      return why.has === "nothing"
        ? say`The writable layer of ${code(why.container)} has nothing at ${path(why.path)} yet.`
        : say`The writable layer of ${code(why.container)} has ${entries[why.has]} at ${path(why.path)}, not ${entries[why.wanted]}.`;
    case "not-built-on":
      return say`${code(why.image)} does not stand on the layers of ${code(why.base)}.`;
    case "layers":
      return say`${code(why.image)} has ${layers(why.have)} there, not ${layers(why.wanted)}.`;
    case "not-shared":
      return why.have === 0
        ? say`${code(why.images[0])} and ${code(why.images[1])} share no layer.`
        : say`${code(why.images[0])} and ${code(why.images[1])} share only ${layers(why.have)}.`;
    case "not-larger":
      return why.have <= 0
        ? say`${code(why.image)} is not larger than ${code(why.than)}.`
        : say`${code(why.image)} is only ${bytes(why.have)} larger than ${code(why.than)}.`;
    case "same":
      return say`${path(why.path)} is the same in ${code(why.of[0])} and ${code(why.of[1])}.`;
    case "no-volume":
      return say`There is no volume ${code(why.volume)} yet.`;
    case "not-in-volume":
      return say`The volume ${code(why.volume)} does not hold ${path(why.path)}.`;
    case "no-host-file":
      return say`There is no file ${path(why.path)} on the host yet.`;
  }
}

const withoutArticle = (phrase: Phrase): Phrase => (typeof phrase === "string" ? phrase.replace(/^a /, "") : phrase);

export const goals = {
  title: "Goals",
  asked,
  missing,
  reached: "reached",
  open: "not yet",
  all: "All goals are reached.",
  sketch: {
    image: "the image's layers",
    shared: (n: number, images: readonly string[]): string => `${layers(n)} for ${images.join(" and ")}`,
    layers: (more: number | null, all: number | null): string =>
      more !== null ? `+ ${layers(more)}` : all !== null ? layers(all) : "its layers",
    larger: (by: string, than: string): string => `≥ ${by} more than ${than}`,
    looks: {
      seen: "",
      "not-seen": "gone",
      differs: "differs",
      copy: "copy-up",
      new: "new",
      whiteout: "whiteout",
      opaque: "opaque",
      nothing: "nothing",
    },
  },
  progress: (reached: number, of: number): string => `${reached} of ${of} reached`,
};

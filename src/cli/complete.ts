import { shortOf } from "../core/oci/short.ts";
import { tagsOf } from "../engine/layer-story.ts";
import type { Completion } from "../engine/ports.ts";
import type { Container, EngineState } from "../engine/state.ts";
import { HOME, hostFileSystem, learner } from "../engine/host-files.ts";
import { viewOf } from "../engine/mount.ts";
import { root } from "../core/filesystem/filesystem.ts";
import { programNames } from "./bash/programs.ts";
import { completePath } from "./complete-path.ts";
import type { Flag } from "./flags/table.ts";
import { find, groups, listed } from "./tree.ts";
import type { Verb } from "./verb.ts";

/** What Tab needs to know beside the state. */
export interface Surroundings {
  /** References that the registry is known to have. */
  readonly pullable: readonly string[];
  /** In the host's /usr/bin. */
  readonly programs: readonly string[];
  readonly cwd: string;
}

/** What Tab offers in the host's terminal. */
export function completeHost(line: string, cursor: number, state: EngineState, around: Surroundings): Completion {
  const before = line.slice(0, cursor);
  // What is being typed belongs to the last simple command of the line.
  const command = before.slice(Math.max(...[...";|&(`\n"].map((mark) => before.lastIndexOf(mark))) + 1);
  const words = command.trimStart().split(/(?<!\\)\s+/);
  const word = (words.pop() ?? "").replace(/^\d?[<>]+/, "");
  const from = cursor - word.length;
  const own = words.findIndex((each) => !["sudo", "xargs", "-r"].includes(each));
  const started = own < 0 ? [] : words.slice(own);
  const redirect = /[<>]\s*$/.test(command.slice(0, command.length - word.length));
  const offered = redirect ? paths(word, state, around) : candidates(started, word, state, around);
  const matching = [...new Set(offered)].filter((each) => each.startsWith(word)).toSorted();
  return { from, candidates: matching };
}

function candidates(
  words: readonly string[],
  word: string,
  state: EngineState,
  around: Surroundings,
): readonly string[] {
  const [program, ...rest] = words;
  if (program === undefined) return programNames(around.programs);
  if (program !== "docker") return programNames(around.programs).includes(program) ? paths(word, state, around) : [];
  const names = rest.filter((each) => !each.startsWith("-"));
  const found = find(names[0] === "help" ? names.slice(1) : names);
  switch (found.kind) {
    case "unknown":
      return names.length === 0 || names[0] === "help" ? rootWords(word) : [];
    case "group":
      return names.length === found.words
        ? listed(found.name)
            .filter((each) => each.simulated)
            .map((each) => each.name)
        : [];
    case "not-simulated":
      return [];
    case "verb":
      return verbWords(found.verb, rest, rest.indexOf(names[found.words - 1] ?? "") + 1, { word, state, around });
  }
}

function paths(word: string, state: EngineState, { cwd }: Surroundings): readonly string[] {
  return completePath(word, { fs: hostFileSystem(state.files, () => 0), who: learner, cwd, home: HOME });
}

/** For docker cp: paths of the host, and after "NAME:" those of that container. */
function copyEnds({ word, state, around }: Typed): readonly string[] {
  const [name = "", path] = word.split(/:(.*)/s);
  const container = [...state.containers.values()].find((each) => each.name === name);
  if (path !== undefined && container) {
    const lookup = { fs: viewOf(state, container), who: root, cwd: "/" };
    return completePath(path, lookup).map((each) => `${name}:${each}`);
  }
  const names = containerNames(state, () => true).map((each) => `${each}:`);
  return [...names, ...paths(word, state, around)];
}

function rootWords(word: string): readonly string[] {
  if (word.startsWith("-")) return ["--help", "--version"];
  return [
    ...listed("")
      .filter((each) => each.simulated)
      .map((each) => each.name),
    ...groups.keys(),
    "help",
  ];
}

/** The word before the cursor, and where it is typed. */
interface Typed {
  readonly word: string;
  readonly state: EngineState;
  readonly around: Surroundings;
}

function verbWords(verb: Verb, words: readonly string[], start: number, typed: Typed): readonly string[] {
  let args = 0;
  let pending: Flag | null = null;
  for (const each of words.slice(start)) {
    if (pending) pending = null;
    else if (!each.startsWith("-")) args++;
    else pending = waiting(verb, each);
    if (verb.flagsFirst && args > 0 && !ARGUMENTS[verb.names[0] ?? ""]?.[args]) return [];
  }
  const value = pending && VALUES[pending.name];
  if (pending) return value ? OFFERS[value](typed) : [];
  if (typed.word.startsWith("-"))
    return verb.flags.filter((flag) => flag.simulated && !flag.hidden).map((flag) => `--${flag.name}`);
  const kinds = ARGUMENTS[verb.names[0] ?? ""] ?? [];
  const kind = kinds[args] ?? (verb.accepts.kind === "atLeast" && !verb.flagsFirst ? kinds.at(-1) : undefined);
  return kind ? OFFERS[kind](typed) : [];
}

/** The flag that the next word is the value of. */
function waiting(verb: Verb, word: string): Flag | null {
  if (word.includes("=")) return null;
  const flag = word.startsWith("--")
    ? verb.flags.find((each) => `--${each.name}` === word)
    : verb.flags.find((each) => each.shorthand !== "" && each.shorthand === word.at(-1));
  return flag && flag.value !== "" ? flag : null;
}

type Kind =
  | "container"
  | "running"
  | "stopped"
  | "image"
  | "pullable"
  | "volume"
  | "any"
  | "file"
  | "copy-end"
  | "volume-spec";

/** What the value of a flag is. */
const VALUES: Readonly<Record<string, Kind>> = {
  output: "file",
  input: "file",
  file: "file",
  tag: "image",
  volume: "volume-spec",
  "volumes-from": "container",
};

/** What the arguments of a verb are, by place; the last stands for all that follow. */
const ARGUMENTS: Readonly<Record<string, readonly Kind[]>> = {
  "container commit": ["container", "image"],
  "container cp": ["copy-end", "copy-end"],
  "container create": ["image"],
  "container diff": ["container"],
  "container exec": ["running"],
  "container export": ["container"],
  "container inspect": ["container"],
  "container kill": ["running"],
  "container logs": ["container"],
  "container port": ["container"],
  "container rename": ["container"],
  "container restart": ["container"],
  "container rm": ["container"],
  "container run": ["image"],
  "container start": ["stopped"],
  "container stop": ["running"],
  "container top": ["running"],
  "container wait": ["container"],
  "image build": ["file"],
  "image history": ["image"],
  "image import": ["file", "image"],
  "image inspect": ["image"],
  "image ls": ["image"],
  "image pull": ["pullable"],
  "image rm": ["image"],
  "image save": ["image"],
  "image tag": ["image", "image"],
  inspect: ["any"],
  "volume inspect": ["volume"],
  "volume rm": ["volume"],
};

const containerNames = (state: EngineState, wanted: (container: Container) => boolean): string[] =>
  [...state.containers.values()].filter(wanted).map(({ name }) => name);

/** Names; the id where an image has none. */
const imageNames = (state: EngineState): string[] =>
  [...state.images.values()].flatMap((image) => {
    const tags = tagsOf(state, image);
    return tags.length > 0 ? tags : [shortOf(image.id)];
  });

const volumeNames = (state: EngineState): string[] => [...state.volumes.keys()];

const OFFERS: { readonly [K in Kind]: (typed: Typed) => readonly string[] } = {
  container: ({ state }) => containerNames(state, () => true),
  running: ({ state }) => containerNames(state, ({ status }) => status.kind === "running"),
  stopped: ({ state }) => containerNames(state, ({ status }) => status.kind !== "running"),
  image: ({ state }) => imageNames(state),
  pullable: ({ state, around }) => [...around.pullable, ...imageNames(state)],
  volume: ({ state }) => volumeNames(state),
  any: ({ state }) => [...containerNames(state, () => true), ...imageNames(state), ...volumeNames(state)],
  file: ({ word, state, around }) => paths(word, state, around),
  "copy-end": copyEnds,
  "volume-spec": ({ state }) => volumeNames(state).map((name) => `${name}:`),
};

import { type Change, diff } from "../../core/container/diff.ts";
import type { ReadStored } from "../../core/filesystem/content.ts";
import type { FileTree } from "../../core/filesystem/tree.ts";
import { emptyTree } from "../../core/filesystem/tree.ts";
import { emptyLower } from "../../core/overlay/lower.ts";
import { isGenerated } from "../container-name.ts";
import { tagsOf } from "../layer-story.ts";
import { containerLower } from "../mount.ts";
import type { Container, EngineState, Image } from "../state.ts";
import type { Assertion, Stack, Which } from "./assertion.ts";
import { check } from "./check.ts";
import { imageCalled, sharedLayers } from "./subject.ts";

/** Of one container or volume. */
const MOST_PATHS = 5;

/** Where programs keep what nobody set out to make. */
const NOISE =
  /^\/(usr\/share|usr\/lib|usr\/libexec|lib|var\/(lib|cache|log)|etc\/alternatives|tmp|run|root\/\.)(\/|$|[^/]*$)/;

/**
 * What is so at the end and was not at the start, as goals an author may choose from; the likeliest first. Each is
 * open in `before` and reached in `after`. `lines`: what was typed between; what is named in them comes first.
 */
export async function proposedGoals(
  before: EngineState,
  after: EngineState,
  lines: readonly string[],
  read: ReadStored,
): Promise<Assertion[]> {
  const told = lines.join("\n");
  const all = [
    ...containerGoals(before, after, told),
    ...imageGoals(before, after, told),
    ...volumeGoals(before, after, told),
    ...named(before.files, after.files, told).map(([, path]): Assertion => ({ type: "host-file", path })),
  ];
  const once = [...new Map(all.map((goal) => [JSON.stringify(goal), goal])).values()];
  const goals = once.map((goal, index) => ({ ...goal, name: String(index) }));
  const [was, is] = await Promise.all([check(before, goals, read), check(after, goals, read)]);
  return once.filter((_, index) => was[index] !== null && is[index] === null);
}

/** A container as a goal means it: by its name when somebody gave it one. */
export function whichOf(name: string, image: string): Which {
  return isGenerated(name) ? { ofImage: image } : { name };
}

function containerGoals(before: EngineState, after: EngineState, told: string): Assertion[] {
  const goals: Assertion[] = [];
  for (const container of after.containers.values()) {
    const old = before.containers.get(container.id);
    const which = whichOf(container.name, container.imageName);
    const running = container.status.kind === "running";
    if (!old) goals.push({ type: "container", container: which, ...(running && { running }) });
    else if ((old.status.kind === "running") !== running) goals.push({ type: "container", container: which, running });
    goals.push(...pathGoals(after, container, old?.upper ?? emptyTree, told, which));
  }
  for (const { id, name } of before.containers.values()) {
    if (!after.containers.has(id)) goals.push({ type: "no-container", container: name });
  }
  return goals;
}

function pathGoals(state: EngineState, container: Container, old: FileTree, told: string, which: Which): Assertion[] {
  const lower = containerLower(state, container);
  const known = new Set(diff(lower, old).map(String));
  const fresh = diff(lower, container.upper).filter((change) => !known.has(String(change)));
  return chosen(fresh, told).map(([kind, path]): Assertion => {
    if (kind === "D") return { type: "writable", container: which, path, has: "whiteout" };
    if (kind === "C") return { type: "writable", container: which, path, has: "copy" };
    return { type: "seen", of: { container: which }, path };
  });
}

function imageGoals(before: EngineState, after: EngineState, told: string): Assertion[] {
  const goals: Assertion[] = [];
  const fresh: Image[] = [];
  for (const image of after.images.values()) {
    const names = tagsOf(after, image).filter((name) => imageCalled(before, name)?.id !== image.id);
    if (names.length > 0) fresh.push(image);
    for (const name of names) goals.push(...newImage(after, image, name, told));
  }
  for (const image of before.images.values()) {
    for (const name of tagsOf(before, image)) {
      if (!imageCalled(after, name)) goals.push({ type: "no-image", image: name });
    }
  }
  for (const [index, one] of fresh.entries()) {
    for (const other of fresh.slice(index + 1)) {
      const layers = sharedLayers(one, other);
      const [a, b] = [tagsOf(after, one)[0], tagsOf(after, other)[0]];
      const apart = layers < Math.min(one.layers.length, other.layers.length);
      if (layers > 0 && apart && a && b) goals.push({ type: "shared", images: [a, b], layers });
    }
  }
  return goals;
}

function newImage(state: EngineState, image: Image, name: string, told: string): Assertion[] {
  const base = baseOf(state, image);
  const [of]: string[] = base ? tagsOf(state, base) : [];
  if (!base || of === undefined) return [{ type: "image", image: name }];
  const goals: Assertion[] = [
    { type: "built-on", image: name, base: of, layers: image.layers.length - base.layers.length },
  ];
  const stack: Stack = { image: name };
  for (const id of image.layers.slice(base.layers.length)) {
    const layer = state.layers.get(id);
    const below = (layer?.parent ? state.layers.get(layer.parent)?.lower : undefined) ?? emptyLower;
    if (!layer) continue;
    for (const [kind, path] of chosen(diff(below, layer.tree), told)) {
      if (kind !== "C") goals.push({ type: kind === "D" ? "not-seen" : "seen", of: stack, path });
    }
  }
  return goals;
}

/** The largest image with a name whose layers are all below those of `image`. */
function baseOf(state: EngineState, image: Image): Image | null {
  let found: Image | null = null;
  for (const one of state.images.values()) {
    const { length } = one.layers;
    if (length >= image.layers.length || sharedLayers(one, image) < length || length <= (found?.layers.length ?? 0))
      continue;
    if (tagsOf(state, one).length > 0) found = one;
  }
  return found;
}

function volumeGoals(before: EngineState, after: EngineState, told: string): Assertion[] {
  return [...after.volumes.values()].flatMap(({ name, anonymous, tree }): Assertion[] => {
    if (anonymous) return [];
    const paths = named(before.volumes.get(name)?.tree ?? emptyTree, tree, told);
    return [
      { type: "volume", volume: name },
      ...paths.map(([, path]): Assertion => ({ type: "volume", volume: name, path })),
    ];
  });
}

/** What is new in a tree without layers. */
function named(before: FileTree, after: FileTree, told: string): Change[] {
  const known = new Set(diff(emptyLower, before).map(String));
  return chosen(
    diff(emptyLower, after).filter((change) => !known.has(String(change))),
    told,
  );
}

/** The few changes that were meant: those whose path was typed, whose name was, and the rest while they are few. */
function chosen(changes: readonly Change[], told: string): Change[] {
  const parents = new Set(changes.map(([, path]) => path.slice(0, path.lastIndexOf("/"))));
  const own = changes.filter(([, path]) => path !== "/" && !parents.has(path));
  const words = new Set(told.split(/[\s"'=<>|;&():]+/));
  const rank = ([, path]: Change): number => {
    const name = path.slice(path.lastIndexOf("/") + 1);
    if (words.has(path)) return 0;
    if (words.has(name)) return NOISE.test(path) ? 3 : 1;
    return NOISE.test(path) ? 4 : 2;
  };
  const meant = own.filter((change) => rank(change) < 2);
  const rest = own.filter((change) => rank(change) === 2);
  const few = rest.length <= MOST_PATHS ? rest : [];
  return [...meant, ...few].toSorted((a, b) => rank(a) - rank(b)).slice(0, MOST_PATHS);
}

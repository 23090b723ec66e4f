import { type ReadStored, sameContent } from "../../core/filesystem/content.ts";
import { split } from "../../core/filesystem/path.ts";
import { imageSize } from "../host-state.ts";
import { readFileAt, visibleAt } from "../insight/file.ts";
import { nodeAt } from "../insight/xray.ts";
import type { Container, EngineState, Image } from "../state.ts";
import type { Assertion, Goal, Missing, Stack, Verdict, Which } from "./assertion.ts";
import { containersOf, imageCalled, sharedLayers, stacksOf, writableAt } from "./subject.ts";

/** Of a file whose text is asked for. */
const MOST_TEXT = 1_000_000;

/** Whether each goal has been reached; and if not, what is missing first. In the order given. */
export function check(state: EngineState, goals: readonly Goal[], read: ReadStored): Promise<Verdict[]> {
  return Promise.all(goals.map((goal) => verdictOn(state, goal, read)));
}

async function verdictOn(state: EngineState, goal: Assertion, read: ReadStored): Promise<Verdict> {
  switch (goal.type) {
    case "image":
      return imageCalled(state, goal.image) ? null : { why: "no-image", image: goal.image };
    case "no-image":
      return imageCalled(state, goal.image) ? { why: "image-is-there", image: goal.image } : null;
    case "container":
      return anyContainer(state, goal.container, (container) => {
        const running = container.status.kind === "running";
        if (goal.running === undefined || goal.running === running) return null;
        return { why: running ? "running" : "not-running", container: container.name };
      });
    case "no-container": {
      const there = containersOf(state, { name: goal.container }).length > 0;
      return there ? { why: "container-is-there", container: goal.container } : null;
    }
    case "seen":
      return seen(state, goal, read);
    case "not-seen":
      return anyStack(state, goal.of, async ({ target, called }) =>
        visibleAt(state, target, null, goal.path) ? { why: "is-seen", of: called, path: goal.path } : null,
      );
    case "writable":
      return anyContainer(state, goal.container, (container) => {
        const has = writableAt(state, container, goal.path);
        const { path, has: wanted } = goal;
        return has === wanted ? null : { why: "writable-has", container: container.name, path, has, wanted };
      });
    case "built-on":
      return withImages(state, [goal.image, goal.base], ([image, base]) => {
        const { image: name, layers: wanted } = goal;
        const more = image.layers.length - base.layers.length;
        if (more < 1 || sharedLayers(image, base) < base.layers.length) {
          return { why: "not-built-on", image: name, base: goal.base };
        }
        return wanted === undefined || wanted === more ? null : { why: "layers", image: name, have: more, wanted };
      });
    case "shared":
      return withImages(state, goal.images, ([a, b]) => {
        const have = sharedLayers(a, b);
        return have >= goal.layers ? null : { why: "not-shared", images: goal.images, have, wanted: goal.layers };
      });
    case "layers":
      return withImages(state, [goal.image], ([image]) => {
        const have = image.layers.length;
        return have === goal.layers ? null : { why: "layers", image: goal.image, have, wanted: goal.layers };
      });
    case "larger":
      return withImages(state, [goal.image, goal.than], ([image, than]) => {
        const have = imageSize(state, image) - imageSize(state, than);
        return have >= goal.by ? null : { why: "not-larger", image: goal.image, than: goal.than, by: goal.by, have };
      });
    case "differ":
      return differ(state, goal);
    case "volume": {
      const volume = state.volumes.get(goal.volume);
      if (!volume) return { why: "no-volume", volume: goal.volume };
      if (goal.path === undefined || nodeAt(volume.tree, split(goal.path))) return null;
      return { why: "not-in-volume", volume: goal.volume, path: goal.path };
    }
    case "host-file":
      return nodeAt(state.files, split(goal.path)) ? null : { why: "no-host-file", path: goal.path };
  }
}

type Subject = ReturnType<typeof stacksOf>[number];

function seen(state: EngineState, goal: Extract<Assertion, { type: "seen" }>, read: ReadStored): Promise<Verdict> {
  const { path, contains } = goal;
  return anyStack(state, goal.of, async ({ target, called }) => {
    const node = visibleAt(state, target, null, path);
    if (!node) return { why: "not-seen", of: called, path };
    if (contains === undefined) return null;
    const bytes = node.kind === "file" ? (await readFileAt(node, MOST_TEXT, read)).bytes : null;
    const has = bytes !== null && new TextDecoder().decode(bytes).includes(contains);
    return has ? null : { why: "no-text", of: called, path, contains };
  });
}

async function differ(state: EngineState, { of, path }: Extract<Assertion, { type: "differ" }>): Promise<Verdict> {
  const [one, other] = [stacksOf(state, of[0]), stacksOf(state, of[1])];
  if (one.length === 0) return absent(of[0]);
  if (other.length === 0) return absent(of[1]);
  for (const a of one) {
    for (const b of other) {
      const [x, y] = [visibleAt(state, a.target, null, path), visibleAt(state, b.target, null, path)];
      const same =
        x?.kind === y?.kind && (x?.kind !== "file" || y?.kind !== "file" || sameContent(x.content, y.content));
      if (!same) return null;
    }
  }
  return { why: "same", of: [one[0]?.called ?? "", other[0]?.called ?? ""], path };
}

function absent(stack: Stack): Missing {
  return "image" in stack
    ? { why: "no-image", image: stack.image }
    : { why: "no-container", container: stack.container };
}

/** Holds when it holds of one of those that are meant; else what the first of them lacks. */
async function anyStack(
  state: EngineState,
  of: Stack,
  judge: (subject: Subject) => Promise<Verdict>,
): Promise<Verdict> {
  return anyOf(await Promise.all(stacksOf(state, of).map(judge)), absent(of));
}

function anyContainer(state: EngineState, which: Which, judge: (container: Container) => Verdict): Verdict {
  return anyOf(containersOf(state, which).map(judge), { why: "no-container", container: which });
}

function anyOf(verdicts: readonly Verdict[], none: Missing): Verdict {
  const [first = none] = verdicts;
  return verdicts.includes(null) ? null : first;
}

type Each<T extends readonly string[]> = { readonly [K in keyof T]: Image };

function withImages<const T extends readonly string[]>(
  state: EngineState,
  names: T,
  judge: (images: Each<T>) => Verdict,
): Verdict {
  const images: Image[] = [];
  for (const name of names) {
    const image = imageCalled(state, name);
    if (!image) return { why: "no-image", image: name };
    images.push(image);
  }
  return judge(images as unknown as Each<T>);
}

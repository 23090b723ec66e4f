import type { HostState } from "../host-state.ts";
import type { StackTarget, StackView } from "../stack-view.ts";
import type { Stack } from "./assertion.ts";
import type { Sketch, SketchFact, SketchTile } from "./sketch.ts";

/** What the page's own pictures are drawn from, at one moment: another way to the truth than `check`. */
export interface Drawn {
  readonly host: HostState;
  /** The stack at a directory; null when it is not there. */
  view(target: StackTarget, path: string): StackView | null;
}

/** The goals of whose picture something is not to be seen in what the page draws. */
export function notDrawn(sketch: Sketch, page: Drawn): Set<string> {
  const open = new Set<string>();
  const judge = (goal: string, holds: boolean): void => void (holds || open.add(goal));
  for (const stack of sketch.stacks) {
    const targets = targetsOf(page.host, stack.of);
    for (const fact of stack.facts) {
      const holds =
        fact.fact === "gone" ? targets.length === 0 : targets.some((target) => stands(page.host, fact, target));
      judge(fact.goal, holds);
    }
    for (const tile of stack.writable)
      judge(
        tile.goal,
        targets.some((target) => writableShows(page, target, tile)),
      );
    for (const tile of stack.merged) {
      if (tile.look !== "differs")
        judge(
          tile.goal,
          targets.some((target) => mergedShows(page, target, tile)),
        );
    }
  }
  for (const { goal, images, layers } of sketch.shared) {
    const [a, b] = images.map((image) => page.host.images.find((known) => known.refs.includes(image))?.chain ?? []);
    judge(goal, a !== undefined && a.filter((layer) => b?.includes(layer)).length >= layers);
  }
  for (const { volume, goals, holds } of sketch.volumes) {
    const known = page.host.volumes.find(({ name }) => name === volume);
    for (const goal of goals) judge(goal, known !== undefined);
    for (const { goal } of holds) judge(goal, known !== undefined && known.files > 0);
  }
  return open;
}

function targetsOf(host: HostState, of: Stack): StackTarget[] {
  const image = (name: string) => host.images.find(({ refs }) => refs.includes(name));
  if ("image" in of) {
    const known = image(of.image);
    return known ? [{ kind: "image", id: known.id }] : [];
  }
  const which = of.container;
  const meant = host.containers.filter((container) =>
    "name" in which ? container.name === which.name : container.image === image(which.ofImage)?.id,
  );
  return meant.map(({ id }) => ({ kind: "container", id }));
}

function stands(host: HostState, fact: SketchFact, target: StackTarget): boolean {
  if (target.kind === "container") {
    const container = host.containers.find(({ id }) => id === target.id);
    return fact.fact !== "running" || container?.running === fact.running;
  }
  const image = host.images.find(({ id }) => id === target.id);
  const named = (name: string) => host.images.find(({ refs }) => refs.includes(name));
  if (!image) return false;
  switch (fact.fact) {
    case "on": {
      const base = named(fact.base);
      const more = image.chain.length - (base?.chain.length ?? 0);
      if (!base || base.chain.some((layer, index) => image.chain[index] !== layer)) return false;
      return fact.more === null ? more > 0 : more === fact.more;
    }
    case "layers":
      return image.layers.length === fact.layers;
    case "larger": {
      const than = named(fact.than);
      return than !== undefined && image.size - than.size >= fact.by;
    }
    default:
      return true;
  }
}

const split = (path: string): [string, string] => {
  const at = path.lastIndexOf("/");
  return [path.slice(0, at) || "/", path.slice(at + 1)];
};

function mergedShows(page: Drawn, target: StackTarget, { path, look }: SketchTile): boolean {
  const [directory, name] = split(path);
  const view = page.view(target, directory);
  if (!view) return look === "not-seen";
  const seen = view.inside
    ? view.inside.entries.some((entry) => entry.name === name)
    : view.columns.some((column) => column.name === name && column.merged !== null);
  return seen === (look === "seen");
}

function writableShows(page: Drawn, target: StackTarget, { path, look }: SketchTile): boolean {
  const [directory, name] = split(path);
  const column = page.view(target, directory)?.columns.find((known) => known.name === name);
  const cell = column?.cells.find(({ row }) => row === 0);
  const below = column?.cells.some(({ row }) => row > 0) ?? false;
  if (!cell) return look === "nothing";
  if (cell.kind === "whiteout") return look === "whiteout";
  if (cell.opaque) return look === "opaque";
  return look === (below ? "copy" : "new");
}

import type { Assertion, Goal, Stack, Which, WritableEntry } from "./assertion.ts";

/** The picture of a goal, drawn from its assertions alone: what stands there when all of them hold. */
export interface Sketch {
  /** In the order they are first spoken of. */
  readonly stacks: readonly SketchStack[];
  /** Wide plates under two images. `layers`: at least so many. */
  readonly shared: readonly {
    readonly goal: string;
    readonly images: readonly [string, string];
    readonly layers: number;
  }[];
  readonly volumes: readonly SketchVolume[];
  /** Files of the host's own. */
  readonly files: readonly { readonly goal: string; readonly path: string }[];
}

export interface SketchStack {
  readonly of: Stack;
  /** Of the merged view: what is seen there. */
  readonly merged: readonly SketchTile[];
  /** Of a container's writable layer. */
  readonly writable: readonly SketchTile[];
  /** What is said of the stack itself. */
  readonly facts: readonly SketchFact[];
}

export type SketchFact = { readonly goal: string } & (
  | { readonly fact: "here" }
  | { readonly fact: "gone" }
  | { readonly fact: "running"; readonly running: boolean }
  /** `more`: so many layers more than the base has; null when it is not said. */
  | { readonly fact: "on"; readonly base: string; readonly more: number | null }
  | { readonly fact: "layers"; readonly layers: number }
  /** In bytes. */
  | { readonly fact: "larger"; readonly than: string; readonly by: number }
);

export interface SketchTile {
  readonly goal: string;
  readonly path: string;
  readonly look: "seen" | "not-seen" | "differs" | WritableEntry;
  /** A piece of the file's text. */
  readonly contains: string | null;
}

export interface SketchVolume {
  readonly volume: string;
  readonly goals: readonly string[];
  readonly holds: readonly { readonly goal: string; readonly path: string }[];
}

const sameWhich = (a: Which, b: Which): boolean =>
  "name" in a ? "name" in b && a.name === b.name : "ofImage" in b && a.ofImage === b.ofImage;

export const sameStack = (a: Stack, b: Stack): boolean =>
  "image" in a ? "image" in b && a.image === b.image : "container" in b && sameWhich(a.container, b.container);

const fresh = (of: Stack): SketchStack => ({ of, merged: [], writable: [], facts: [] });

const emptySketch: Sketch = { stacks: [], shared: [], volumes: [], files: [] };

export function sketchOf(goals: readonly Goal[]): Sketch {
  return goals.reduce((sketch, goal) => drawn(sketch, goal, goal.name), emptySketch);
}

type Fact = SketchFact extends infer F ? (F extends SketchFact ? Omit<F, "goal"> : never) : never;

function drawn(sketch: Sketch, goal: Assertion, name: string): Sketch {
  const said = (of: Stack, fact: Fact): Sketch =>
    withStack(sketch, of, (stack) => ({ ...stack, facts: [...stack.facts, { ...fact, goal: name }] }));
  const tile = (path: string, look: SketchTile["look"], contains: string | null = null): SketchTile => ({
    goal: name,
    path,
    look,
    contains,
  });
  const seenIn = (in_: Sketch, of: Stack, shown: SketchTile): Sketch =>
    withStack(in_, of, (stack) => ({ ...stack, merged: [...stack.merged, shown] }));
  switch (goal.type) {
    case "image":
      return said({ image: goal.image }, { fact: "here" });
    case "no-image":
      return said({ image: goal.image }, { fact: "gone" });
    case "container": {
      const { container, running } = goal;
      return said({ container }, running === undefined ? { fact: "here" } : { fact: "running", running });
    }
    case "no-container":
      return said({ container: { name: goal.container } }, { fact: "gone" });
    case "seen":
      return seenIn(sketch, goal.of, tile(goal.path, "seen", goal.contains ?? null));
    case "not-seen":
      return seenIn(sketch, goal.of, tile(goal.path, "not-seen"));
    case "writable":
      return withStack(sketch, { container: goal.container }, (stack) => ({
        ...stack,
        writable: [...stack.writable, tile(goal.path, goal.has)],
      }));
    case "built-on":
      return said({ image: goal.image }, { fact: "on", base: goal.base, more: goal.layers ?? null });
    case "shared":
      return { ...sketch, shared: [...sketch.shared, { goal: name, images: goal.images, layers: goal.layers }] };
    case "layers":
      return said({ image: goal.image }, { fact: "layers", layers: goal.layers });
    case "larger":
      return said({ image: goal.image }, { fact: "larger", than: goal.than, by: goal.by });
    case "differ":
      return goal.of.reduce((so, of) => seenIn(so, of, tile(goal.path, "differs")), sketch);
    case "volume":
      return withVolume(sketch, goal.volume, (volume) =>
        goal.path === undefined
          ? { ...volume, goals: [...volume.goals, name] }
          : { ...volume, holds: [...volume.holds, { goal: name, path: goal.path }] },
      );
    case "host-file":
      return { ...sketch, files: [...sketch.files, { goal: name, path: goal.path }] };
  }
}

function withStack(sketch: Sketch, of: Stack, change: (stack: SketchStack) => SketchStack): Sketch {
  const known = sketch.stacks.some((stack) => sameStack(stack.of, of));
  const stacks = known ? sketch.stacks : [...sketch.stacks, fresh(of)];
  return { ...sketch, stacks: stacks.map((stack) => (sameStack(stack.of, of) ? change(stack) : stack)) };
}

function withVolume(sketch: Sketch, name: string, change: (volume: SketchVolume) => SketchVolume): Sketch {
  const known = sketch.volumes.some(({ volume }) => volume === name);
  const volumes = known ? sketch.volumes : [...sketch.volumes, { volume: name, goals: [], holds: [] }];
  return { ...sketch, volumes: volumes.map((volume) => (volume.volume === name ? change(volume) : volume)) };
}

import type { FileTree } from "../../core/filesystem/file-tree.ts";
import { split } from "../../core/filesystem/path.ts";
import { isFound, lookup, rootDentry } from "../../core/overlay/dentry.ts";
import type { EngineEvent, LookupAnswer } from "../event.ts";
import type { Container, EngineState } from "../state.ts";
import { type Plate, platesOf, viewOfPlates } from "./plates.ts";

type ReadEvent = Extract<EngineEvent, { type: "fs.read" }>;

/**
 * How overlayfs looks a path up in a container's plates; null for a directory, which is merged rather than found,
 * and where a file stands in the way. `path`: without links, no mount in front of it.
 */
export function lookUp(
  state: EngineState,
  container: Container,
  path: string,
): Pick<ReadEvent, "path" | "answers"> | null {
  const target = { kind: "container", id: container.id } as const;
  const names = split(path);
  const { lower, upper } = viewOfPlates(state, target);
  let at = rootDentry(lower, upper);
  let depth = 0;
  for (const name of names) {
    if (at.node.kind !== "directory") return null;
    const next = lookup(at, name, upper);
    depth += 1;
    if (!isFound(next)) break;
    at = next;
    if (depth === names.length && at.node.kind === "directory") return null;
  }
  const settled = names.slice(0, depth);
  const plates = platesOf(state, target)?.toReversed() ?? [];
  return depth === 0 ? null : { path: `/${settled.join("/")}`, answers: answersOf(plates, settled) };
}

/** What the plates answer, the top one first, until one settles it. */
export function answersOf(plates: readonly Plate[], names: readonly string[]): LookupAnswer[] {
  const answers: LookupAnswer[] = [];
  for (const { layer, tree } of plates) {
    const answer = answerOf(tree, names);
    // Something that is no directory is in the way: merging ends above it.
    if (answer === "blocked") break;
    answers.push({ layer, answer });
    if (answer !== "nothing") break;
  }
  return answers;
}

/** (fs/overlayfs/namei.c, ovl_lookup_layer) */
function answerOf(tree: FileTree, names: readonly string[]): LookupAnswer["answer"] | "blocked" {
  let directory = tree.root;
  let { opaque } = directory;
  for (const [index, name] of names.entries()) {
    const ino = directory.entries.get(name);
    if (ino === undefined) return opaque ? "opaque" : "nothing";
    const node = tree.node(ino);
    if (node.kind === "whiteout") return "whiteout";
    if (index === names.length - 1) return "found";
    if (node.kind !== "directory") return "blocked";
    opaque ||= node.opaque;
    directory = node;
  }
  return "found";
}

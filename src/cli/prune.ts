import { readContent } from "../core/filesystem/content.ts";
import { pruneBuildCache, recordId } from "../engine/build/cache.ts";
import { EngineError } from "../engine/error.ts";
import { tagsOf } from "../engine/layer-story.ts";
import { remove } from "../engine/operations/remove.ts";
import { pruneVolumes as removeUnused } from "../engine/operations/volumes.ts";
import { removeImage } from "../engine/operations/remove-image.ts";
import type { EngineState, Volume } from "../engine/state.ts";
import type { CommandContext } from "./command.ts";
import { newestContainers } from "./containers.ts";
import { humanSize } from "./format/units.ts";
import { digestsOf, hasChildren } from "./images.ts";
import { CommandError } from "./verb.ts";

/** Lines to print, and bytes that were freed. */
export interface Pruned {
  readonly lines: readonly string[];
  readonly freed: number;
}

/** Removes what does not run. */
export function pruneContainers({ tx, ports }: CommandContext): Pruned {
  const gone = newestContainers(tx.state).filter(({ status }) => status.kind !== "running");
  const freed = gone.reduce((sum, container) => sum + container.upper.size, 0);
  for (const { id } of gone) remove(tx, ports, id, {});
  return { lines: gone.map(({ id }) => id), freed };
}

/**
 * Removes images without a name, or with `all` every name that can go: what containers use keeps its
 * last one. (moby, `ImagesPrune`)
 */
export function pruneImages({ tx }: CommandContext, all: boolean): Pruned {
  const before = stored(tx.state);
  const lines: string[] = [];
  for (const image of tx.state.images.values()) {
    const names = [...tagsOf(tx.state, image), ...digestsOf(tx.state, image)];
    if (names.length > 0 ? !all : hasChildren(tx.state, image)) continue;
    for (const name of names.length > 0 ? names : [image.id]) lines.push(...removedBy(tx, name));
  }
  return { lines, freed: before - stored(tx.state) };
}

/** Removes volumes that no container mounts: those without a name of their own, or with `all` the others too. */
export function pruneVolumes(
  { tx }: CommandContext,
  options: { readonly all: boolean; readonly matches?: (volume: Volume) => boolean },
): Pruned {
  const { names, size } = removeUnused(tx, options);
  return { lines: names, freed: size };
}

/** Forgets build steps: those whose layer no image has, or all of them. */
export function pruneBuilds({ tx }: CommandContext, all: boolean): Pruned {
  const { records, freed } = pruneBuildCache(tx, { all });
  return { lines: records.map(recordId), freed };
}

function removedBy(tx: CommandContext["tx"], name: string): string[] {
  try {
    return removeImage(tx, name).map((removed) =>
      removed.kind === "untagged" ? `untagged: ${removed.name}` : `deleted: ${removed.id}`,
    );
  } catch (error) {
    // In use, or gone with a name before it.
    if (error instanceof EngineError) return [];
    throw error;
  }
}

function stored(state: EngineState): number {
  return [...state.layers.values()].reduce((sum, layer) => sum + layer.size, 0);
}

/** "Deleted Images:", the lines, and the sum. */
export function report(sections: readonly { readonly title: string; readonly pruned: Pruned }[]): string {
  const shown = sections.filter(({ pruned }) => pruned.lines.length > 0);
  const freed = sections.reduce((sum, { pruned }) => sum + pruned.freed, 0);
  const lists = shown.map(({ title, pruned }) => `${title}:\n${pruned.lines.join("\n")}\n\n`).join("");
  return `${lists}Total reclaimed space: ${humanSize(freed)}\n`;
}

/**
 * Without --force docker asks; true: to go on. An answer can come through a pipe, not from the keyboard,
 * which no command reads here. (docker/cli, `prompt.Confirm`)
 */
export async function confirmed(
  force: boolean,
  warning: string,
  path: string,
  context: CommandContext,
): Promise<boolean> {
  if (force) return true;
  const question = `WARNING! ${warning}\nAre you sure you want to continue? [y/N]`;
  if (context.stdin === null)
    throw new CommandError(
      `${question}\ndocker: answering is not simulated in Lamina; the nearest is \`${path} -f\`, which does not ask.`,
    );
  context.stdout(`${question} `);
  const typed = new TextDecoder().decode(await readContent(context.stdin, context.ports.layers.readStored));
  return (typed.split("\n")[0] ?? "").trim().toLowerCase() === "y";
}

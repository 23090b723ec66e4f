import { findImage } from "../engine/lookup.ts";
import { tagsOf } from "../engine/layer-story.ts";
import { remove } from "../engine/operations/remove.ts";
import { removeImage } from "../engine/operations/remove-image.ts";
import type { EngineState } from "../engine/state.ts";
import type { CommandContext } from "./command.ts";
import { newestContainers } from "./containers.ts";
import { humanSize } from "./format/units.ts";
import { containersOf, digestsOf, hasChildren, newestFirst } from "./images.ts";
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

/** Removes images without a name, or with `all` every image that no container uses. */
export function pruneImages({ tx }: CommandContext, all: boolean): Pruned {
  const before = stored(tx.state);
  const lines: string[] = [];
  for (const image of newestFirst(tx.state)) {
    if (!tx.state.images.has(image.id)) continue;
    const names = [...tagsOf(tx.state, image), ...digestsOf(tx.state, image)];
    const unwanted = containersOf(tx.state, image).length === 0 && !hasChildren(tx.state, image);
    if (!unwanted || (!all && names.length > 0)) continue;
    // A name at a time, as the daemon does: an id with several names would have to be forced.
    for (const name of names.length > 0 ? names : [image.id]) {
      if (!tx.state.images.has(image.id) || (name !== image.id && findImage(tx.state, name).id !== image.id)) continue;
      for (const removed of removeImage(tx, name)) {
        lines.push(removed.kind === "untagged" ? `untagged: ${removed.name}` : `deleted: ${removed.id}`);
      }
    }
  }
  return { lines, freed: before - stored(tx.state) };
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

/** Without --force docker asks; a question cannot be answered here. */
export function confirm(force: boolean, warning: string, path: string): void {
  if (force) return;
  throw new CommandError(
    `WARNING! ${warning}\nAre you sure you want to continue? [y/N]\ndocker: answering is not simulated in Lamina; the nearest is \`${path} -f\`, which does not ask.`,
  );
}

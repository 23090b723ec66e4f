import type { Control } from "../../../content/packages/format.ts";
import type { ProcessContext } from "../../command.ts";
import { parseRelations, answers } from "../dpkg/relation.ts";
import { sizeText } from "../size-text.ts";
import type { AptCache } from "./cache.ts";
import type { Plan, Unmet } from "./resolve.ts";

/** Width of the screen that apt fills; 80 when there is none. */
const COLUMNS = 80;

/** A heading and names below it, wrapped as apt does. Nothing when there are no names. */
export function showList(heading: string, names: readonly string[], context: ProcessContext): void {
  if (names.length === 0) return;
  const width = (context.terminal?.columns ?? COLUMNS) - 3;
  let text = heading;
  let used = 0;
  for (const name of names) {
    if (used === 0 || used + name.length >= width) {
      text += "\n  ";
      used = 0;
    } else {
      text += " ";
      used += 1;
    }
    text += name;
    used += name.length;
  }
  context.stdout(`${text}\n`);
}

/** "Reading package lists..." and what follows: "Done" is told to a terminal only. */
export function progress(label: string, context: ProcessContext): void {
  context.stdout(`${label}...${context.terminal ? " Done" : ""}\n`);
}

/** Suggested or recommended packages that stay out: alternatives are shown as one. */
export function leftOut(field: "Suggests" | "Recommends", plan: Plan, cache: AptCache): string[] {
  const groups = new Set<string>();
  const names = [...plan.install.keys()].filter((name) => !cache.current(name)).sort();
  for (const name of names) {
    for (const group of parseRelations(plan.install.get(name)?.[field])) {
      const present = group.some(
        (relation) =>
          [...plan.install.values()].some((control) => answers(control, relation)) ||
          cache.database.installed().some(({ control }) => answers(control, relation)),
      );
      if (!present) groups.add(group.map((relation) => relation.text.replace(/\s*\(.*\)/, "")).join(" | "));
    }
  }
  return [...groups];
}

/** "6 upgraded, 0 newly installed, 0 to remove and 0 not upgraded." */
export function counts(plan: Plan, cache: AptCache): string {
  const upgraded = [...plan.install.keys()].filter((name) => cache.current(name)).length;
  const held = cache.upgradable().filter((control) => !plan.install.has(control["Package"] ?? "")).length;
  return `${upgraded} upgraded, ${plan.install.size - upgraded} newly installed, ${plan.remove.size} to remove and ${held} not upgraded.\n`;
}

/** Bytes that an installation adds to the disk, by the packages' own account. */
export function diskUse(plan: Plan, cache: AptCache): number {
  const size = (control: Control | undefined): number => Number(control?.["Installed-Size"] ?? 0) * 1024;
  let bytes = 0;
  for (const [name, control] of plan.install) bytes += size(control) - size(cache.current(name));
  for (const name of plan.remove) bytes -= size(cache.current(name));
  return bytes;
}

export function diskUseLine(bytes: number): string {
  return bytes >= 0
    ? `After this operation, ${sizeText(bytes)}B of additional disk space will be used.\n`
    : `After this operation, ${sizeText(bytes)}B disk space will be freed.\n`;
}

const IMPOSSIBLE = `Some packages could not be installed. This may mean that you have
requested an impossible situation or if you are using the unstable
distribution that some required packages have not yet been created
or been moved out of Incoming.
The following information may help to resolve the situation:

The following packages have unmet dependencies:
`;

export function showUnmet(unmet: readonly Unmet[], context: ProcessContext): void {
  const lines = unmet.map(({ control, field, group, reason }) => {
    return ` ${control["Package"]} : ${field}: ${group.map((relation) => relation.text).join(" or ")} ${reason}`.trimEnd();
  });
  context.stdout(`${IMPOSSIBLE}${lines.join("\n")}\n`);
  context.stderr("E: Unable to correct problems, you have held broken packages.\n");
}

import { dirname } from "../../../core/filesystem/path.ts";
import type { ProcessContext } from "../../command.ts";
import type { Files } from "../files.ts";
import { timestamp } from "./log.ts";

const ADMIN = "/var/lib/dpkg/alternatives";

export interface Choice {
  readonly path: string;
  readonly priority: number;
  /** Targets of the slave links, in their order; "" where there is none. */
  readonly slaves: readonly string[];
}

/** A link group as /var/lib/dpkg/alternatives/NAME holds it. (update-alternatives(1)) */
export interface LinkGroup {
  readonly name: string;
  readonly mode: "auto" | "manual";
  readonly link: string;
  readonly slaves: readonly { readonly name: string; readonly link: string }[];
  /** Sorted by path. */
  readonly choices: readonly Choice[];
}

export async function readGroup(name: string, files: Files): Promise<LinkGroup | null> {
  const lines = (await files.text(`${ADMIN}/${name}`)).split("\n");
  const [mode, link] = lines;
  if ((mode !== "auto" && mode !== "manual") || link === undefined) return null;
  let at = 2;
  const slaves: { name: string; link: string }[] = [];
  for (; lines[at]; at += 2) slaves.push({ name: lines[at] ?? "", link: lines[at + 1] ?? "" });
  const choices: Choice[] = [];
  for (at += 1; lines[at]; at += 2 + slaves.length) {
    const targets = lines.slice(at + 2, at + 2 + slaves.length);
    choices.push({ path: lines[at] ?? "", priority: Number(lines[at + 1]), slaves: targets });
  }
  return { name, mode, link, slaves, choices };
}

function writeGroup(group: LinkGroup, files: Files): void {
  const slaves = group.slaves.flatMap(({ name, link }) => [name, link]);
  const choices = group.choices.flatMap(({ path, priority, slaves }) => [path, String(priority), ...slaves]);
  files.putText(`${ADMIN}/${group.name}`, [group.mode, group.link, ...slaves, "", ...choices, "", ""].join("\n"));
}

/** The choice that automatic mode takes: the highest priority. */
export function best(group: LinkGroup): Choice | undefined {
  return [...group.choices].sort((a, b) => b.priority - a.priority)[0];
}

export function current(name: string, files: Files): string | null {
  const link = `/etc/alternatives/${name}`;
  return files.at(link)?.kind === "symlink" ? files.readlink(link) : null;
}

export function groupNames(files: Files): string[] {
  return files.names(ADMIN);
}

/** Points the group's links at `choice`, and its slaves' where the files they lead to are there. */
function pointAt(group: LinkGroup, choice: Choice, files: Files): void {
  files.symlink(choice.path, `/etc/alternatives/${group.name}`);
  files.symlink(`/etc/alternatives/${group.name}`, group.link);
  for (const [index, slave] of group.slaves.entries()) {
    const target = choice.slaves[index] ?? "";
    if (target === "" || !files.at(target) || files.behind(dirname(slave.link)) === null) {
      files.remove(slave.link);
      files.remove(`/etc/alternatives/${slave.name}`);
    } else {
      files.symlink(target, `/etc/alternatives/${slave.name}`);
      files.symlink(`/etc/alternatives/${slave.name}`, slave.link);
    }
  }
}

/** update-alternatives --install LINK NAME PATH PRIORITY */
export async function installAlternative(
  { name, link, path, priority }: { name: string; link: string; path: string; priority: number },
  files: Files,
  context: ProcessContext,
): Promise<void> {
  const old = await readGroup(name, files);
  const slaves = old?.slaves ?? [];
  const known = old?.choices.find((choice) => choice.path === path);
  const added: Choice = { path, priority, slaves: known?.slaves ?? slaves.map(() => "") };
  const choices = [...(old?.choices ?? []).filter((choice) => choice.path !== path), added].sort((a, b) =>
    a.path < b.path ? -1 : 1,
  );
  const group: LinkGroup = { name, mode: old?.mode ?? "auto", link: old?.link ?? link, slaves, choices };
  log(context, files, `run with --install ${link} ${name} ${path} ${priority}`);
  await settle(group, files, context);
  writeGroup(group, files);
}

/** What the removal scripts of packages do: takes every choice in `paths` out of its group. */
export async function removeAlternatives(
  paths: ReadonlySet<string>,
  files: Files,
  context: ProcessContext,
): Promise<void> {
  for (const name of groupNames(files)) {
    const group = await readGroup(name, files);
    const gone = group?.choices.filter((choice) => paths.has(choice.path)) ?? [];
    if (!group || gone.length === 0) continue;
    for (const { path } of gone) log(context, files, `run with --remove ${name} ${path}`);
    const choices = group.choices.filter((choice) => !paths.has(choice.path));
    const left: LinkGroup = { ...group, choices };
    if (choices.length === 0) {
      log(context, files, `link group ${name} fully removed`);
      for (const each of [{ name, link: group.link }, ...group.slaves]) {
        files.remove(each.link);
        files.remove(`/etc/alternatives/${each.name}`);
      }
      files.remove(`${ADMIN}/${name}`);
    } else {
      const lost = gone.some(({ path }) => path === current(name, files));
      const settled: LinkGroup = lost ? { ...left, mode: "auto" } : left;
      await settle(settled, files, context);
      writeGroup(settled, files);
    }
  }
}

/** update-alternatives --set NAME PATH, or with null --auto NAME. */
export async function choose(
  group: LinkGroup,
  choice: Choice | null,
  files: Files,
  context: ProcessContext,
): Promise<void> {
  const mode = choice === null ? "auto" : "manual";
  const taken = choice ?? best(group);
  if (!taken) return;
  if (current(group.name, files) !== taken.path) {
    context.stdout(
      `update-alternatives: using ${taken.path} to provide ${group.link} (${group.name}) in ${mode} mode\n`,
    );
  }
  pointAt(group, taken, files);
  writeGroup({ ...group, mode }, files);
}

/** In automatic mode the best choice gets the links. */
async function settle(group: LinkGroup, files: Files, context: ProcessContext): Promise<void> {
  const choice = best(group);
  if (group.mode !== "auto" || !choice) return;
  if (current(group.name, files) !== choice.path) {
    context.stdout(`update-alternatives: using ${choice.path} to provide ${group.link} (${group.name}) in auto mode\n`);
    log(context, files, `link group ${group.name} updated to point to ${choice.path}`);
  }
  pointAt(group, choice, files);
}

function log({ clock }: ProcessContext, files: Files, text: string): void {
  files.append("/var/log/alternatives.log", `update-alternatives ${timestamp(clock.now())}: ${text}\n`);
}

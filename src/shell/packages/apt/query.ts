import { type Control, formatControl } from "../../../content/packages/format.ts";
import type { ProcessContext } from "../../command.ts";
import { answers, parseRelations } from "../dpkg/relation.ts";
import { compareVersions } from "../dpkg/version.ts";
import type { Files } from "../files.ts";
import { globPattern, isGlob } from "../glob.ts";
import { sizeText } from "../size-text.ts";
import { type AptCache, listPath, origin, plainName } from "./cache.ts";
import type { Options } from "./options.ts";

const byName = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Every name that is installed or in the archive. */
function allNames(cache: AptCache): string[] {
  const installed = cache.database.installed().map(({ control }) => control["Package"] ?? "");
  return [...new Set([...installed, ...cache.names()])].sort(byName);
}

/** "jammy-updates" of the index that lists it. */
function suite(name: string, cache: AptCache): string | undefined {
  const index = cache.indexOf(name);
  return index && origin(index).split(" ")[1]?.split("/")[0];
}

/** "vim/bookworm,now 2:9.0 amd64 [installed,automatic]" */
function listLine(name: string, control: Control, cache: AptCache): string {
  const current = cache.current(name);
  const isCurrent = current?.["Version"] === control["Version"];
  const from = [suite(name, cache), ...(isCurrent ? ["now"] : [])].filter((one) => one !== undefined);
  const line = `${name}/${from.join(",")} ${control["Version"]} ${control["Architecture"]}`;
  if (!current) return line;
  if (!isCurrent) return `${line} [upgradable from: ${current["Version"]}]`;
  const known = cache.candidate(name) !== undefined;
  return `${line} [installed${cache.isAutomatic(name) ? ",automatic" : known ? "" : ",local"}]`;
}

export function list(patterns: readonly string[], options: Options, cache: AptCache, context: ProcessContext): number {
  context.stdout(`Listing...${context.terminal ? " Done" : ""}\n`);
  const upgradable = new Set(cache.upgradable().map((control) => control["Package"]));
  for (const name of allNames(cache)) {
    if (patterns.length > 0 && !patterns.some((pattern) => globPattern(pattern).test(name))) continue;
    const current = cache.current(name);
    if (options.flags.has("installed") && !current) continue;
    if (options.flags.has("manual-installed") && (!current || cache.isAutomatic(name))) continue;
    const onlyNewer = options.flags.has("upgradable") || options.flags.has("upgradeable");
    if (onlyNewer && !upgradable.has(name)) continue;
    const control = cache.candidate(name) ?? current;
    if (control)
      context.stdout(`${listLine(name, options.flags.has("installed") ? (current ?? control) : control, cache)}\n`);
  }
  return 0;
}

export function search(
  words: readonly string[],
  options: Options,
  cache: AptCache,
  context: ProcessContext,
  apt: boolean,
): number {
  if (words.length === 0) {
    context.stderr("E: You must give at least one search pattern\n");
    return 100;
  }
  if (apt)
    context.stdout(
      `Sorting...${context.terminal ? " Done" : ""}\nFull Text Search...${context.terminal ? " Done" : ""}\n`,
    );
  const patterns = words.map((word) => new RegExp(word, "i"));
  for (const name of allNames(cache)) {
    const control = cache.candidate(name) ?? cache.current(name);
    const description = control?.["Description"] ?? "";
    const text = options.flags.has("names-only") ? name : `${name}\n${description}`;
    if (!control || !patterns.every((pattern) => pattern.test(text))) continue;
    const synopsis = description.split("\n")[0];
    context.stdout(apt ? `${listLine(name, control, cache)}\n  ${synopsis}\n\n` : `${name} - ${synopsis}\n`);
  }
  return 0;
}

/** Fields as `apt show` orders them. */
const SHOWN = (
  "Package Version Built-Using Priority Essential Section Source Origin Maintainer Original-Maintainer Bugs " +
  "Installed-Size Provides Pre-Depends Depends Recommends Suggests Conflicts Breaks Replaces Enhances Homepage Task Tag"
).split(" ");

export function show(names: readonly string[], cache: AptCache, context: ProcessContext, apt: boolean): number {
  let found = 0;
  for (const name of names.map(plainName)) {
    const control = cache.candidate(name) ?? cache.current(name);
    if (!control) continue;
    found += 1;
    const { Date: _, Index: __, ...fields } = control;
    if (!apt) {
      context.stdout(`${formatControl(fields)}\n\n`);
      continue;
    }
    const index = cache.indexOf(name);
    const size = { "Installed-Size": `${sizeText(Number(fields["Installed-Size"] ?? 0) * 1024)}B` };
    const ordered = SHOWN.flatMap((field) => (fields[field] === undefined ? [] : [[field, fields[field]] as const]));
    const all: Record<string, string> = { ...Object.fromEntries(ordered), ...size };
    if (fields["Size"] !== undefined) all["Download-Size"] = `${sizeText(Number(fields["Size"]))}B`;
    if (cache.current(name)) all["APT-Manual-Installed"] = cache.isAutomatic(name) ? "no" : "yes";
    all["APT-Sources"] = index ? index.label : "/var/lib/dpkg/status";
    all["Description"] = fields["Description"] ?? "";
    context.stdout(`${formatControl(all)}\n\n`);
  }
  if (found > 0) return 0;
  context.stderr("E: No packages found\n");
  return 100;
}

export async function policy(
  names: readonly string[],
  cache: AptCache,
  files: Files,
  context: ProcessContext,
): Promise<number> {
  if (names.length === 0) {
    const indexes = new Map(
      cache
        .names()
        .flatMap((name) => cache.indexOf(name) ?? [])
        .map((index) => [index.label, index]),
    );
    context.stdout("Package files:\n 100 /var/lib/dpkg/status\n     release a=now\n");
    for (const index of indexes.values()) {
      if (![true, false].some((compressed) => files.at(listPath(index, compressed)))) continue;
      const [uri = "", place = ""] = index.label.split(" ");
      const [named = "", component = ""] = place.split("/");
      context.stdout(
        ` 500 ${index.label}\n     release n=${named},c=${component},b=amd64\n     origin ${uri.split("/")[2]}\n`,
      );
    }
    context.stdout("Pinned packages:\n");
    return 0;
  }
  for (const name of names.map(plainName)) {
    const candidate = cache.candidate(name);
    const current = cache.current(name);
    if (!candidate && !current) continue;
    const index = cache.indexOf(name);
    const versions = [...new Set([candidate, current].flatMap((one) => one?.["Version"] ?? []))].sort((a, b) =>
      compareVersions(b, a),
    );
    context.stdout(
      `${name}:\n  Installed: ${current?.["Version"] ?? "(none)"}\n  Candidate: ${versions[0]}\n  Version table:\n`,
    );
    for (const version of versions) {
      const isCurrent = version === current?.["Version"];
      const listed = version === candidate?.["Version"] && index;
      context.stdout(` ${isCurrent ? "***" : "   "} ${version} ${listed ? 500 : 100}\n`);
      if (listed) context.stdout(`        500 ${index.label}\n`);
      if (isCurrent) context.stdout("        100 /var/lib/dpkg/status\n");
    }
  }
  return 0;
}

export function depends(names: readonly string[], cache: AptCache, context: ProcessContext): number {
  for (const name of names.map(plainName)) {
    const control = cache.candidate(name) ?? cache.current(name);
    if (!control) {
      context.stderr("E: No packages found\n");
      return 100;
    }
    context.stdout(`${name}\n`);
    const fields = [
      ["Pre-Depends", "PreDepends"],
      ["Depends", "Depends"],
      ["Conflicts", "Conflicts"],
      ["Breaks", "Breaks"],
      ["Recommends", "Recommends"],
      ["Suggests", "Suggests"],
      ["Replaces", "Replaces"],
    ];
    for (const [field = "", label] of fields) {
      for (const group of parseRelations(control[field])) {
        for (const [index, relation] of group.entries()) {
          const known = cache.candidate(relation.name) ?? cache.current(relation.name);
          const shown = known ? relation.name : `<${relation.name}>`;
          context.stdout(` ${index < group.length - 1 ? "|" : " "}${label}: ${shown}\n`);
          if (known) continue;
          for (const provider of cache.candidatesFor(relation)) context.stdout(`    ${provider["Package"]}\n`);
        }
      }
    }
  }
  return 0;
}

export function reverseDepends(names: readonly string[], cache: AptCache, context: ProcessContext): number {
  for (const name of names.map(plainName)) {
    const control = cache.candidate(name) ?? cache.current(name);
    if (!control) {
      context.stderr("E: No packages found\n");
      return 100;
    }
    context.stdout(`${name}\nReverse Depends:\n`);
    for (const other of allNames(cache)) {
      const from = cache.candidate(other) ?? cache.current(other);
      const fields = ["Pre-Depends", "Depends", "Recommends", "Suggests"].map((field) => from?.[field] ?? "").join(",");
      if (
        parseRelations(fields)
          .flat()
          .some((relation) => answers(control, relation))
      )
        context.stdout(`  ${other}\n`);
    }
  }
  return 0;
}

/** Names that a command line's words mean. */
export function matching(words: readonly string[], names: readonly string[]): string[] {
  return words.flatMap((word) =>
    isGlob(word) ? names.filter((name) => globPattern(word).test(name)) : [plainName(word)],
  );
}

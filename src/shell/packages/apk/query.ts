import type { Control } from "../../../content/packages/format.ts";
import { globPattern, isGlob } from "../glob.ts";
import type { Call } from "./apk.ts";
import { dependencies, parseDependency, provides } from "./dependency.ts";
import { openRepositories } from "./repositories.ts";

const versioned = (control: Control): string => `${control["Package"]}-${control["Version"]}`;

/** apk info: names of what is installed, or sections about packages. */
export async function info({ words, flags, database, files, archive, context }: Call): Promise<number> {
  if (flags.has("W")) {
    let code = 0;
    for (const path of words) {
      const owner = database.all().find((record) => record.files.includes(path.replace(/^\/+/, "")));
      if (owner) context.stdout(`${path} is owned by ${versioned(owner.control)}\n`);
      else {
        code = 1;
        context.stderr(`ERROR: ${path}: Could not find owner package\n`);
      }
    }
    return code;
  }
  if (flags.has("e") && words.length > 0) {
    const found = words.filter((word) =>
      database.all().some(({ control }) => provides(control, parseDependency(word))),
    );
    for (const word of found) context.stdout(`${word}\n`);
    return words.length - found.length;
  }
  if (words.length === 0) {
    const all = database.all().map(({ control }) => control);
    for (const control of all.sort((a, b) => ((a["Package"] ?? "") < (b["Package"] ?? "") ? -1 : 1))) {
      const name = flags.has("v") ? versioned(control) : control["Package"];
      context.stdout(flags.has("d") ? `${name} - ${control["Description"]}\n` : `${name}\n`);
    }
    return 0;
  }
  const asked = ["d", "w", "s", "L", "R", "P", "r", "t", "i"].filter((flag) => flags.has(flag) || flags.has("a"));
  const sections = asked.length > 0 ? asked : ["d", "w", "s"];
  const available =
    files.names("/var/cache/apk").length > 0 ? (await archive.index().catch(() => null))?.packages : undefined;
  let missing = 0;
  for (const word of words) {
    const record = database.get(word);
    const control = record?.control ?? available?.find((one) => one["Package"] === word);
    if (!control) {
      missing += 1;
      context.stderr(`ERROR: info: No such package: ${word}\n`);
      continue;
    }
    const list = (field: string): string =>
      dependencies(control[field])
        .map(({ text }) => `${text}\n`)
        .join("");
    const texts: Readonly<Record<string, string>> = {
      d: `description:\n${control["Description"] ?? ""}\n`,
      w: `webpage:\n${control["Homepage"] ?? ""}\n`,
      s: `installed size:\n${sizeText(Number(control["Installed-Size"] ?? 0))}\n`,
      R: `depends on:\n${list("Depends")}`,
      P: `provides:\n${list("Provides")}`,
      r: `is required by:\n${database
        .all()
        .filter((other) => dependencies(other.control["Depends"]).some((one) => provides(control, one)))
        .map((other) => `${versioned(other.control)}\n`)
        .join("")}`,
      L: `contains:\n${(record?.files ?? []).map((path) => `${path}\n`).join("")}`,
      t: "triggers:\n",
      i: `has auto-install rule:\n${list("Install-If")}`,
    };
    for (const section of sections) context.stdout(`${versioned(control)} ${texts[section]}\n`);
  }
  return missing;
}

/** KiB, as apk 2 shows it: no fraction, at most four digits. */
function sizeText(kilobytes: number): string {
  const bytes = kilobytes * 1024;
  if (bytes < 10_000) return `${bytes} B`;
  return kilobytes < 10_000 ? `${kilobytes} KiB` : `${Math.floor(kilobytes / 1024)} MiB`;
}

function matches(control: Control, words: readonly string[], exact: boolean): boolean {
  const name = control["Package"] ?? "";
  return (
    words.length === 0 ||
    words.some((word) => (isGlob(word) ? globPattern(word).test(name) : exact ? name === word : name.includes(word)))
  );
}

/** apk list: "vim-9.1.0707-r0 x86_64 {vim} (Vim) [installed]" */
export async function list({ words, flags, database, archive, files, context }: Call): Promise<number> {
  const installed = database.all().map(({ control }) => control);
  const all = flags.has("I")
    ? installed
    : [...installed, ...(await openRepositories("cached", archive, files, context)).available];
  const seen = new Set<string>();
  for (const control of all.sort((a, b) => ((a["Package"] ?? "") < (b["Package"] ?? "") ? -1 : 1))) {
    if (seen.has(versioned(control)) || !matches(control, words, true)) continue;
    seen.add(versioned(control));
    const mark =
      database.get(control["Package"] ?? "")?.control["Version"] === control["Version"] ? " [installed]" : "";
    context.stdout(
      `${versioned(control)} ${control["Architecture"]} {${control["Source"] ?? control["Package"]}} (${control["License"] ?? ""})${mark}\n`,
    );
  }
  return 0;
}

export async function search({ words, flags, archive, files, freshness, context }: Call): Promise<number> {
  const { available } = await openRepositories(freshness, archive, files, context);
  for (const control of available) {
    const described = flags.has("d") && words.some((word) => (control["Description"] ?? "").includes(word));
    if (!matches(control, words, flags.has("e")) && !described) continue;
    context.stdout(flags.has("v") ? `${versioned(control)} - ${control["Description"]}\n` : `${versioned(control)}\n`);
  }
  return 0;
}

export async function policy({ words, database, archive, files, context }: Call): Promise<number> {
  const { available, urls } = await openRepositories("cached", archive, files, context);
  for (const word of words) {
    const current = database.get(word)?.control;
    const other = available.find((control) => control["Package"] === word);
    if (!current && !other) continue;
    context.stdout(`${word} policy:\n`);
    for (const version of new Set([other, current].flatMap((control) => control?.["Version"] ?? []))) {
      context.stdout(`  ${version}:\n`);
      if (current?.["Version"] === version) context.stdout("    lib/apk/db/installed\n");
      if (other?.["Version"] === version)
        context.stdout(`    ${urls.find((url) => url.endsWith(`/${other["Section"]}`))}\n`);
    }
  }
  return 0;
}

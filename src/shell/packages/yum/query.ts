import type { Control } from "../../../content/packages/format.ts";
import { globPattern } from "../glob.ts";
import { numberText, row, shareColumns } from "./columns.ts";
import { answersRequirement, parseEvr, requirements, yumName } from "./evr.ts";
import type { Metadata } from "./repositories.ts";
import { updates } from "./resolve.ts";
import { installedSize } from "./rpm-files.ts";
import { originOf } from "./transaction.ts";
import type { Call } from "./yum.ts";

const byName = (a: Control, b: Control): number => ((a["Package"] ?? "") < (b["Package"] ?? "") ? -1 : 1);

function chosen(controls: readonly Control[], patterns: readonly string[]): Control[] {
  const fitting = controls.filter((control) => {
    const name = control["Package"] ?? "";
    return (
      patterns.length === 0 ||
      patterns.some((one) => globPattern(one).test(name) || one === `${name}.${control["Architecture"]}`)
    );
  });
  return fitting.sort(byName);
}

/** Installed packages, and those of the repositories that are not. */
function sides({ words, database }: Call, { available }: Metadata): { installed: Control[]; others: Control[] } {
  const [kind = "", ...patterns] = words;
  const isKind = ["installed", "available", "all", "updates"].includes(kind);
  const wanted = isKind ? patterns : words;
  const installed = database.all().map(({ control }) => control);
  const others = available.filter((control) => !database.get(control["Package"] ?? ""));
  return {
    installed: kind === "available" || kind === "updates" ? [] : chosen(installed, wanted),
    others: kind === "installed" ? [] : chosen(kind === "updates" ? updates(database, available) : others, wanted),
  };
}

export async function list(call: Call, known: Metadata): Promise<number> {
  const { installed, others } = sides(call, known);
  const rows: string[][] = [];
  for (const control of installed)
    rows.push([nameOf(control), control["Version"] ?? "", await originOf(control, call.files)]);
  for (const control of others) rows.push([nameOf(control), control["Version"] ?? "", control["Section"] ?? ""]);
  if (rows.length === 0) {
    call.context.stderr("Error: No matching Packages to list\n");
    return 1;
  }
  const column = (index: number): string[] => rows.map((cells) => cells[index] ?? "");
  const total = call.context.terminal?.columns ?? 80;
  const [n = 0, v = 0, r = 0] = shareColumns([column(0), column(1), column(2)], [1, 1, 1], 1, total);
  const show = ([name = "", version = "", from = ""]: readonly string[]): string =>
    row(
      [
        [name, n],
        [version, v],
        [from, r],
      ],
      "",
    );
  if (installed.length > 0)
    call.context.stdout(`Installed Packages\n${rows.slice(0, installed.length).map(show).join("")}`);
  if (others.length > 0) call.context.stdout(`Available Packages\n${rows.slice(installed.length).map(show).join("")}`);
  return 0;
}

function nameOf(control: Control): string {
  return `${control["Package"]}.${control["Architecture"]}`;
}

export async function info(call: Call, known: Metadata): Promise<number> {
  const { installed, others } = sides(call, known);
  const show = (title: string, controls: readonly Control[], isInstalled: boolean): void => {
    if (controls.length > 0) call.context.stdout(`${title}\n`);
    for (const control of controls) {
      const { epoch, version, release } = parseEvr(control["Version"] ?? "");
      const size = isInstalled ? installedSize(control) : Number(control["Size"] ?? 0);
      const lines: [string, string | undefined][] = [
        ["Name", control["Package"]],
        ["Arch", control["Architecture"]],
        ["Epoch", epoch === "0" ? undefined : epoch],
        ["Version", version],
        ["Release", release],
        ["Size", numberText(size)],
        ["Repo", isInstalled ? "installed" : `${control["Section"]}/7/x86_64`],
        ["Summary", control["Description"]?.split("\n")[0]],
        ["URL", control["Homepage"]],
        ["License", control["License"]],
        ["Description", control["Description"]?.split("\n").slice(1).join("\n            :") || control["Description"]],
      ];
      const text = lines.flatMap(([key, value]) => (value === undefined ? [] : [`${key.padEnd(11)} : ${value}\n`]));
      call.context.stdout(`${text.join("")}\n`);
    }
  };
  show("Installed Packages", installed, true);
  show("Available Packages", others, false);
  if (installed.length + others.length > 0) return 0;
  call.context.stderr("Error: No matching Packages to list\n");
  return 1;
}

export async function search({ words, database, context }: Call, { available }: Metadata): Promise<number> {
  const all = [
    ...database.all().map(({ control }) => control),
    ...available.filter(({ Package }) => !database.get(Package ?? "")),
  ].sort(byName);
  const columns = context.terminal?.columns ?? 80;
  const text = words.join(", ");
  const matches = (value: string | undefined): boolean =>
    words.every((word) => (value ?? "").toLowerCase().includes(word.toLowerCase()));
  const byNameOrSummary = all.filter((control) =>
    matches(`${control["Package"]} ${control["Description"]?.split("\n")[0]}`),
  );
  if (byNameOrSummary.length === 0) {
    context.stdout(`Warning: No matches found for: ${text}\nNo matches found\n`);
    return 0;
  }
  const title = ` N/S matched: ${text} `;
  const side = Math.max(0, columns - title.length);
  context.stdout(`${"=".repeat(Math.floor(side / 2))}${title}${"=".repeat(Math.ceil(side / 2))}\n`);
  for (const control of byNameOrSummary)
    context.stdout(`${nameOf(control)} : ${control["Description"]?.split("\n")[0]}\n`);
  context.stdout('\n  Name and summary matches only, use "search all" for everything.\n');
  return 0;
}

export async function provides({ words, database, archive, context }: Call, { available }: Metadata): Promise<number> {
  let found = 0;
  for (const word of words) {
    const path = globPattern(word.replace(/^\//, ""));
    const tell = (control: Control, from: string, filename: string | null): void => {
      found += 1;
      const matched = filename === null ? `Provides    : ${word}` : `Filename    : ${filename}`;
      context.stdout(
        `${yumName(control)} : ${control["Description"]?.split("\n")[0]}\nRepo        : ${from}\nMatched from:\n${matched}\n\n\n\n`,
      );
    };
    for (const control of available) {
      const [requirement] = requirements(word);
      if (requirement && answersRequirement(control, requirement)) tell(control, control["Section"] ?? "", null);
      else if (word.includes("/")) {
        const { facts } = await archive.fetch(control["Package"] ?? "");
        const entry = facts.entries.find((one) => path.test(one.path));
        if (entry) tell(control, control["Section"] ?? "", `/${entry.path}`);
      }
    }
    for (const { control, paths } of database.all()) {
      const owned = word.includes("/") ? paths.find((one) => path.test(one)) : undefined;
      if (owned !== undefined) tell(control, "@CentOS", `/${owned}`);
    }
  }
  if (found > 0) return 0;
  context.stdout("No matches found\n");
  return 0;
}

export async function repolist({ context }: Call, { repositories, available }: Metadata): Promise<number> {
  const rows = repositories.map(({ id, name }) => {
    const count = available.filter((control) => control["Section"] === id).length;
    return [`${id}/${id === "epel" ? "" : "7/"}x86_64`, name, String(count)] as const;
  });
  const id = Math.max(7, ...rows.map(([text]) => text.length));
  const name = Math.max(9, ...rows.map(([, text]) => text.length));
  const status = Math.max(6, ...rows.map(([, , text]) => text.length));
  for (const [a, b, c] of [["repo id", "repo name", "status"] as const, ...rows]) {
    context.stdout(`${a.padEnd(id)}   ${b.padEnd(name)}   ${c.padStart(status)}\n`);
  }
  context.stdout(`repolist: ${available.length}\n`);
  return 0;
}

import type { ArchiveIndex, Control } from "../../../content/packages/format.ts";
import type { ProcessContext } from "../../command.ts";
import { type Archive, ArchiveError } from "../archive.ts";
import type { Files } from "../files.ts";
import { numberText } from "./columns.ts";

export interface Repository {
  readonly id: string;
  readonly name: string;
  readonly source: string;
}

/** The repositories of /etc/yum.repos.d that are switched on. (yum.conf(5)) */
export async function enabledRepositories(files: Files): Promise<Repository[]> {
  const found: Repository[] = [];
  for (const file of files.names("/etc/yum.repos.d").filter((name) => name.endsWith(".repo"))) {
    for (const section of (await files.text(`/etc/yum.repos.d/${file}`)).split(/^(?=\[)/m)) {
      const id = /^\[([^\]]+)\]/.exec(section)?.[1];
      const value = (key: string): string | undefined =>
        new RegExp(`^${key}\\s*=\\s*(.*)$`, "m").exec(section)?.[1]?.trim();
      if (id === undefined || value("enabled") === "0") continue;
      const name = (value("name") ?? id).replaceAll("$releasever", "7").replaceAll("$basearch", "x86_64");
      found.push({ id, name, source: value("mirrorlist") ?? value("metalink") ?? value("baseurl") ?? "" });
    }
  }
  return found.sort((a, b) => (a.id < b.id ? -1 : 1));
}

export interface Metadata {
  readonly repositories: readonly Repository[];
  readonly available: readonly Control[];
}

/** Fetches what is missing of the repositories' metadata and reads it. null when it cannot be had; the reason was told. */
export async function metadata(archive: Archive, files: Files, context: ProcessContext): Promise<Metadata | null> {
  const repositories = await enabledRepositories(files);
  let index: Awaited<ReturnType<Archive["index"]>> | null = null;
  try {
    index = await archive.index();
  } catch (error) {
    if (!(error instanceof ArchiveError)) throw error;
  }
  const unknown = repositories.find(({ id }) => !index?.archive.indexes.some(({ component }) => component === id));
  if (!index || unknown) {
    tellUnreachable(unknown ?? repositories[0], context);
    return null;
  }
  const missing = index.archive.indexes.filter(
    ({ component, path }) => repositories.some(({ id }) => id === component) && !files.at(path),
  );
  const plain = missing.filter(({ label }) => !label.includes("/"));
  const databases = missing.filter(({ label }) => label.includes("/") && !/mirrorlist|metalink/.test(label));
  if (missing.some(({ label }) => label.includes("mirrorlist"))) {
    context.stdout("Determining fastest mirrors\n");
  }
  for (const one of missing) {
    if (/mirrorlist|metalink/.test(one.label)) files.putZeros(one.path, one.size);
  }
  const bar = async (one: ArchiveIndex, label: string, wide: boolean): Promise<void> => {
    await context.clock.sleep(Math.min(300, Math.round(one.download / 20_000)), context.signal);
    meter(label, one.download, wide, context);
    files.putZeros(one.path, one.size);
  };
  for (const one of plain) await bar(one, one.label, false);
  for (const [number, one] of databases.entries()) {
    await bar(one, databases.length > 1 ? `(${number + 1}/${databases.length}): ${one.label}` : one.label, true);
  }
  const ids = new Set(repositories.map(({ id }) => id));
  return { repositories, available: index.packages.filter((control) => ids.has(control["Section"] ?? "")) };
}

/** A finished progress bar; without a terminal there is none. */
export function meter(label: string, bytes: number, wide: boolean, context: ProcessContext): void {
  if (!context.terminal) return;
  const right = wide
    ? `| ${numberText(bytes).padStart(5)}B   00:00     `
    : `| ${numberText(bytes).padStart(5)}B     00:00     `;
  const width = Math.max(10, context.terminal.columns - right.length);
  context.stdout(`${label.slice(0, width - 1).padEnd(width)}${right}\n`);
}

function tellUnreachable(repository: Repository | undefined, context: ProcessContext): void {
  const host = /^[a-z]+:\/\/([^/]+)/.exec(repository?.source ?? "")?.[1] ?? "mirrorlist";
  const id = repository?.id ?? "";
  context.stderr(
    `Could not retrieve mirrorlist ${repository?.source ?? ""} error was\n14: curl#6 - "Could not resolve host: ${host}; Unknown error"\n\n\n One of the configured repositories failed (Unknown),\n and yum doesn't have enough cached data to continue.\n\nCannot find a valid baseurl for repo: ${id}/7/x86_64\n`,
  );
}

import type { ArchiveIndex, Control } from "../../../content/packages/format.ts";
import type { ProcessContext } from "../../command.ts";
import { type Archive, ArchiveError } from "../archive.ts";
import type { Files } from "../files.ts";

export interface Repositories {
  /** Packages of the repositories whose index could be read. */
  readonly available: readonly Control[];
  readonly urls: readonly string[];
  /** Repositories whose index could not be read. */
  readonly unavailable: number;
}

/** How the indexes are to be had: from the network and kept, from the network for this once, or as they lie in the cache. */
export type Freshness = "update" | "no-cache" | "cached";

/** Reads the indexes of the repositories in /etc/apk/repositories. (apk-repositories(5)) */
export async function openRepositories(
  freshness: Freshness,
  archive: Archive,
  files: Files,
  context: ProcessContext,
): Promise<Repositories> {
  const lines = (await files.text("/etc/apk/repositories")).split("\n").map((line) => line.trim());
  const urls = lines.filter((line) => line !== "" && !line.startsWith("#")).map((line) => line.replace(/^@\S+\s+/, ""));
  const architecture = (await files.text("/etc/apk/arch")).trim() || "x86_64";
  const index = await archive.index().catch((error: unknown) => {
    if (error instanceof ArchiveError) return null;
    throw error;
  });
  const usable = new Set<string>();
  let unavailable = 0;
  const admit = (known: ArchiveIndex): void => {
    if (known.component !== undefined) usable.add(known.component);
  };
  for (const url of urls) {
    const known = index?.archive.indexes.find(({ label }) => label === url);
    if (freshness === "cached") {
      if (known && files.at(known.path)) admit(known);
      else {
        unavailable += 1;
        context.stderr(`WARNING: opening from cache ${url}: No such file or directory\n`);
      }
      continue;
    }
    context.stdout(`fetch ${url}/${architecture}/APKINDEX.tar.gz\n`);
    await context.clock.sleep(100, context.signal);
    if (known) {
      admit(known);
      if (freshness === "update") files.putZeros(known.path, known.size);
    } else {
      unavailable += 1;
      const reason = index ? "No such file or directory" : "temporary error (try again later)";
      context.stderr(`WARNING: fetching ${url}: ${reason}\n`);
    }
  }
  const available = (index?.packages ?? []).filter((control) => usable.has(control["Section"] ?? ""));
  return { available, urls, unavailable };
}

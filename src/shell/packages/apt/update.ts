import type { ArchiveIndex } from "../../../content/packages/format.ts";
import type { ProcessContext } from "../../command.ts";
import { type Archive, ArchiveError } from "../archive.ts";
import type { Files } from "../files.ts";
import { userId } from "../place.ts";
import { listPath, listSize } from "./cache.ts";
import { readConfiguration } from "./configuration.ts";
import { Download } from "./download.ts";
import { progress } from "./report.ts";
import { readSources, type Source } from "./sources.ts";

const LISTS = "/var/lib/apt/lists";

/** apt-get update: fetches the lists that the sources name. Bodies are zeros of the real size; what they hold is the archive's index. */
export async function update(archive: Archive, files: Files, context: ProcessContext): Promise<number> {
  const { compressedLists } = await readConfiguration(files);
  const sources = await readSources(files);
  const download = new Download(context);
  const warnings: string[] = [];
  const errors: string[] = [];
  const sandbox = await userId("_apt", files);
  files.lock(`${LISTS}/lock`);
  files.directory(`${LISTS}/partial`, 0o700, { uid: sandbox, gid: 0 });
  files.directory(`${LISTS}/auxfiles`, 0o755, { uid: sandbox, gid: 0 });
  let indexes: readonly ArchiveIndex[] | null = null;
  try {
    indexes = (await archive.index()).archive.indexes;
  } catch (error) {
    if (!(error instanceof ArchiveError)) throw error;
  }
  const fresh: Source[] = [];
  for (const source of sources) {
    const label = `${source.uri} ${source.suite} InRelease`;
    const release = indexes?.find((index) => index.label === label);
    if (release) {
      const path = listPath(release, compressedLists);
      if (
        files.at(path)?.size === release.size &&
        lists(source, indexes).every((index) => files.at(listPath(index, compressedLists)))
      ) {
        download.hit(label);
      } else {
        await download.get(label, release.download);
        files.putZeros(path, release.size);
        fresh.push(source);
      }
    } else if (indexes?.some((index) => index.label.startsWith(`${source.uri} `))) {
      download.missing(label);
      errors.push(`The repository '${source.uri} ${source.suite} Release' does not have a Release file.`);
    } else {
      const reason = `Temporary failure resolving '${hostOf(source.uri)}'`;
      download.failed(label, reason);
      warnings.push(`Failed to fetch ${source.uri}/dists/${source.suite}/InRelease  ${reason}`);
    }
  }
  for (const source of fresh) {
    for (const index of lists(source, indexes)) {
      await download.get(index.label, index.download);
      files.putZeros(listPath(index, compressedLists), listSize(index, compressedLists));
    }
  }
  download.end();
  progress("Reading package lists", context);
  for (const text of errors) {
    context.stderr(
      `E: ${text}\nN: Updating from such a repository can't be done securely, and is therefore disabled by default.\nN: See apt-secure(8) manpage for repository creation and user configuration details.\n`,
    );
  }
  if (warnings.length > 0) {
    warnings.push("Some index files failed to download. They have been ignored, or old ones used instead.");
    context.stderr(warnings.map((text) => `W: ${text}\n`).join(""));
  }
  return errors.length > 0 ? 100 : 0;
}

/** The lists of a source's components. */
function lists(source: Source, indexes: readonly ArchiveIndex[] | null): ArchiveIndex[] {
  return (indexes ?? []).filter((index) =>
    source.components.some((component) => index.label.startsWith(`${source.uri} ${source.suite}/${component} `)),
  );
}

export function hostOf(uri: string): string {
  return /^[a-z+]+:\/\/([^/:]+)/.exec(uri)?.[1] ?? uri;
}

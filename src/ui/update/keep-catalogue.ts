/** What the build says of its catalogue (`scripts/catalogue-list.ts`). */
export interface CatalogueList {
  /** Changes with any of the files. */
  readonly stamp: string;
  /** Relative to the page. */
  readonly files: readonly string[];
}

/** The one of `vite.config.ts`, from which the service worker answers. */
export const CATALOGUE_CACHE = "catalogue";

const LIST = "catalogue.json";

/** Named by its digest: such a file never becomes another. */
const lasting = (file: string): boolean => file.includes("/sha256:");

/**
 * Puts every file of the catalogue that is not kept yet into `cache`, `lanes` at a time: what an earlier visit
 * brought is not fetched again. When the catalogue has become another, what may have changed is fetched anew.
 * A file that does not come is left for the next visit.
 *
 * @param base the page's folder, with a slash at its end
 * @returns whether all is there
 */
export async function keepCatalogue(
  base: string,
  cache: Cache,
  fetch: typeof globalThis.fetch,
  lanes = 2,
): Promise<boolean> {
  const at = (file: string): string => new URL(file, base).href;
  const answer = await fetch(at(LIST), { cache: "no-cache" });
  if (!answer.ok) return false;
  const list = (await answer.clone().json()) as CatalogueList;
  const before = (await (await cache.match(at(LIST)))?.json()) as CatalogueList | undefined;
  const wanted = new Set(list.files.map(at));
  if (before?.stamp !== list.stamp) {
    for (const { url } of await cache.keys()) if (!wanted.has(url) || !lasting(url)) await cache.delete(url);
    await cache.put(at(LIST), answer);
  }
  for (const { url } of await cache.keys()) wanted.delete(url);

  let all = true;
  const missing = wanted.values();
  const lane = async (): Promise<void> => {
    for (const url of missing) {
      const file = await fetch(url, { cache: "no-cache" }).catch(() => null);
      if (file?.ok) await cache.put(url, file);
      else all = false;
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  return all;
}

/**
 * dpkg's path filters: `path-exclude=GLOB` and `path-include=GLOB` of /etc/dpkg/dpkg.cfg.d/. Slim images and Ubuntu's use
 * them to leave out manuals and locales. (dpkg(1), --path-exclude; dpkg src/main/filters.c)
 */
export interface PathRules {
  /** `path` has no leading slash. A directory stays if an include below it may match. */
  excludes(path: string, isDirectory: boolean): boolean;
}

interface Rule {
  readonly include: boolean;
  readonly matches: RegExp;
  /** The literal directory before the first wildcard, without a final slash. */
  readonly prefix: string;
}

/** Reads configuration lines; others than the two options are ignored. */
export function parsePathRules(lines: readonly string[]): PathRules {
  const rules: Rule[] = [];
  for (const line of lines) {
    const [, option, glob = ""] = /^path-(exclude|include)[ =]\s*"?(\/[^"\s]*)"?\s*$/.exec(line.trim()) ?? [];
    if (option === undefined) continue;
    const literal = /^[^*?[]*/.exec(glob)?.[0] ?? "";
    rules.push({
      include: option === "include",
      matches: globPattern(glob),
      prefix: literal.replace(/\/[^/]*$/, ""),
    });
  }
  return {
    excludes(path, isDirectory) {
      let skip = false;
      for (const rule of rules) if (rule.matches.test(`/${path}`)) skip = !rule.include;
      if (!skip || !isDirectory) return skip;
      return !rules.some((rule) => rule.include && `${rule.prefix}/`.startsWith(`/${path}/`));
    },
  };
}

/** fnmatch(3) without flags: `*` and `?` match slashes too. */
function globPattern(glob: string): RegExp {
  const source = glob
    .replace(/[.+^${}()|\\]/g, "\\$&")
    .replaceAll("*", ".*")
    .replaceAll("?", ".");
  return new RegExp(`^${source}$`, "s");
}

/** A shell pattern as fnmatch(3) reads it, without flags: `*` and `?` match slashes too. */
export function globPattern(glob: string): RegExp {
  const source = glob
    .replace(/[.+^${}()|\\]/g, "\\$&")
    .replaceAll("*", ".*")
    .replaceAll("?", ".");
  return new RegExp(`^${source}$`, "s");
}

export function isGlob(text: string): boolean {
  return /[*?[]/.test(text);
}

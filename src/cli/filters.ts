import { CommandError } from "./verb.ts";

/** `--filter key=value`, gathered by key. Several values of one key mean any of them, several keys all of them. */
export type Filters = ReadonlyMap<string, readonly string[]>;

/** Throws {@link CommandError} for a key that is not among `known`, in the daemon's words. */
export function readFilters(texts: readonly string[], known: readonly string[]): Filters {
  const filters = new Map<string, string[]>();
  for (const text of texts.filter((each) => each !== "")) {
    const equals = text.indexOf("=");
    const key = text.slice(0, equals).trim().toLowerCase();
    const value = text.slice(equals + 1).trim();
    if (!known.includes(key)) throw new CommandError(`Error response from daemon: invalid filter '${key}'`);
    filters.set(key, [...(filters.get(key) ?? []), value]);
  }
  return filters;
}

/** True when the filter is absent or one of its values passes. */
export function anyOf(filters: Filters, key: string, passes: (value: string) => boolean): boolean {
  return filters.get(key)?.some(passes) ?? true;
}

/** `label=key` or `label=key=value`, all of which must hold. */
export function labelsMatch(filters: Filters, labels: Readonly<Record<string, string>>): boolean {
  return (filters.get("label") ?? []).every((wanted) => {
    const [key = "", ...value] = wanted.split("=");
    return key in labels && (value.length === 0 || labels[key] === value.join("="));
  });
}

/** A yes-or-no filter; undefined when it was not given. (moby, api/types/filters `GetBoolOrDefault`) */
export function switchOf(filters: Filters, key: string): boolean | undefined {
  const values = filters.get(key);
  if (values === undefined) return undefined;
  const yes = values.some((value) => ["1", "true"].includes(value));
  const no = values.some((value) => ["0", "false"].includes(value));
  if (yes !== no) return yes;
  throw new CommandError(`Error response from daemon: invalid filter '${key}=[${[...new Set(values)].join(" ")}]'`);
}

/** The text itself, or a pattern that is found in it. (moby, api/types/filters `Match`) */
export function nameMatches(pattern: string, text: string): boolean {
  if (pattern === text) return true;
  try {
    return new RegExp(pattern).test(text);
  } catch {
    return false;
  }
}

/** Go's path.Match: `*` and `?` stop at a slash. */
export function globMatches(pattern: string, text: string): boolean {
  const source = pattern.replace(/\\(.)|[.+^${}()|]|\*|\?/g, (found, escaped: string | undefined) => {
    if (escaped !== undefined) return `\\${escaped}`;
    if (found === "*") return "[^/]*";
    return found === "?" ? "[^/]" : `\\${found}`;
  });
  try {
    return new RegExp(`^${source}$`).test(text);
  } catch {
    return false;
  }
}

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

/** A yes-or-no filter; undefined when it was not given. */
export function switchOf(filters: Filters, key: string): boolean | undefined {
  const value = filters.get(key)?.at(-1);
  if (value === undefined) return undefined;
  if (["1", "true", "True", "TRUE", "t", "T"].includes(value)) return true;
  if (["0", "false", "False", "FALSE", "f", "F"].includes(value)) return false;
  throw new CommandError(`Error response from daemon: invalid filter '${key}=[${value}]'`);
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

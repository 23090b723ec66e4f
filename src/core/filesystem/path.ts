/** Paths as text: slashes between names, nothing is looked up. Names are byte strings, see `name.ts`. */

/** The names in `path`, without empty ones and "."; ".." is kept, since only a lookup can tell what it means. */
export function split(path: string): string[] {
  return path.split("/").filter((name) => name !== "" && name !== ".");
}

/** Joins with single slashes; a part that begins with a slash does not start over. */
export function join(...parts: readonly string[]): string {
  const joined = parts.filter((part) => part !== "").join("/");
  return joined.replace(/\/{2,}/g, "/");
}

/** Absolute, without ".", ".." (taken as text), double or trailing slashes. */
export function normalize(path: string): string {
  const names: string[] = [];
  for (const name of split(path)) {
    if (name === "..") names.pop();
    else names.push(name);
  }
  return `/${names.join("/")}`;
}

/** As dirname(1): "/a/b" and "/a/b/" give "/a", "/a" and "/" give "/", "a" gives ".". */
export function dirname(path: string): string {
  const trimmed = path.replace(/\/+$/, "");
  const slash = trimmed.lastIndexOf("/");
  if (slash < 0) return path.startsWith("/") ? "/" : ".";
  return trimmed.slice(0, slash).replace(/\/+$/, "") || "/";
}

/** As basename(1): "/a/b/" gives "b", "/" gives "/". */
export function basename(path: string): string {
  const trimmed = path.replace(/\/+$/, "");
  if (trimmed === "") return path === "" ? "" : "/";
  return trimmed.slice(trimmed.lastIndexOf("/") + 1);
}

/** Whether a path of the context (no leading slash) is left out. */
export type Ignored = (path: string) => boolean;

interface Pattern {
  readonly expression: RegExp;
  readonly taken: boolean;
}

/** A `.dockerignore`: the last pattern that fits a path, or a directory above it, decides. (moby/patternmatcher) */
export function ignored(text: string): Ignored {
  const patterns = text.split("\n").flatMap((line): Pattern[] => {
    const trimmed = line.replace(/^\uFEFF/, "").trim();
    if (trimmed === "" || line.startsWith("#")) return [];
    const taken = trimmed.startsWith("!");
    const names = (taken ? trimmed.slice(1).trim() : trimmed).split("/").filter((name) => name !== "" && name !== ".");
    const kept: string[] = [];
    for (const name of names) {
      if (name === ".." && kept.length > 0) kept.pop();
      else kept.push(name);
    }
    return [{ expression: expressionOf(kept.join("/") || "."), taken }];
  });
  return (path) => {
    const names = path.split("/");
    const within = names.map((_, at) => names.slice(0, at + 1).join("/"));
    let left = false;
    for (const { expression, taken } of patterns) {
      if (left === taken && within.some((each) => expression.test(each))) left = !taken;
    }
    return left;
  };
}

/** `*` and `?` stay within a name, `**` goes over any number of directories. */
function expressionOf(pattern: string): RegExp {
  let source = "";
  for (let at = 0; at < pattern.length; at += 1) {
    const char = pattern[at] ?? "";
    if (pattern.startsWith("**", at)) {
      at += 1;
      if (pattern[at + 1] === "/") at += 1;
      source += at + 1 >= pattern.length ? ".*" : "(.*/)?";
    } else if (char === "*") source += "[^/]*";
    else if (char === "?") source += "[^/]";
    else if (char === "[") {
      const end = pattern.indexOf("]", at + 1);
      if (end < 0) source += "\\[";
      else {
        source += pattern.slice(at, end + 1);
        at = end;
      }
    } else if (char === "\\") {
      at += 1;
      source += escaped(pattern[at] ?? "\\");
    } else source += escaped(char);
  }
  return new RegExp(`^${source}$`, "s");
}

const escaped = (char: string): string => char.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&");

/** filepath.Match, for a name without slashes. */
export function nameMatches(name: string, pattern: string): boolean {
  return expressionOf(pattern.replaceAll("**", "*")).test(name);
}

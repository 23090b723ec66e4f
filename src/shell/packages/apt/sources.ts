import type { Files } from "../files.ts";

/** One suite of one mirror, as sources.list(5) names it. */
export interface Source {
  /** Without a final slash. */
  readonly uri: string;
  readonly suite: string;
  readonly components: readonly string[];
}

/** /etc/apt/sources.list and what is beside it, in the one-line and the deb822 form. */
export async function readSources(files: Files): Promise<Source[]> {
  const folder = "/etc/apt/sources.list.d";
  const sources = oneLine(await files.text("/etc/apt/sources.list"));
  for (const name of files.names(folder)) {
    if (name.endsWith(".list")) sources.push(...oneLine(await files.text(`${folder}/${name}`)));
    else if (name.endsWith(".sources")) sources.push(...deb822(await files.text(`${folder}/${name}`)));
  }
  return merged(sources);
}

/** One entry a suite, with the components of all lines that name it. */
function merged(sources: readonly Source[]): Source[] {
  const suites = new Map<string, Source>();
  for (const source of sources) {
    const key = `${source.uri} ${source.suite}`;
    const components = [...(suites.get(key)?.components ?? []), ...source.components];
    suites.set(key, { ...source, components: [...new Set(components)] });
  }
  return [...suites.values()];
}

function oneLine(text: string): Source[] {
  return text.split("\n").flatMap((line) => {
    const [, uri, suite, components] = /^\s*deb\s+(?:\[[^\]]*\]\s*)?(\S+)\s+(\S+)\s+([^#]*)/.exec(line) ?? [];
    if (uri === undefined || suite === undefined || components === undefined) return [];
    return [{ uri: uri.replace(/\/$/, ""), suite, components: components.trim().split(/\s+/) }];
  });
}

function deb822(text: string): Source[] {
  return text.split(/\n\s*\n/).flatMap((stanza) => {
    const words = (name: string): string[] =>
      (new RegExp(`^${name}:[ \t]*(.*)$`, "im").exec(stanza)?.[1] ?? "").split(/\s+/).filter((word) => word !== "");
    if (!words("Types").includes("deb") || words("Enabled")[0] === "no") return [];
    return words("URIs").flatMap((uri) =>
      words("Suites").map((suite) => ({ uri: uri.replace(/\/$/, ""), suite, components: words("Components") })),
    );
  });
}

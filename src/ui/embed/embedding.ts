/**
 * What a page that embeds a scene asks for, beside how its link opens (`host/opening.ts`): `&terminal=write&theme=dark`.
 * Nothing asked for is the safe choice: a picture with controls, which nobody can change or speak to.
 */
export interface Embedding {
  /** "read": what was typed is seen, and nothing can be typed; "write": the visitor may go on in it. */
  readonly terminal: "no" | "read" | "write";
  /** The head with the views, and the timeline. */
  readonly controls: boolean;
  /** "system" follows the visitor's. */
  readonly theme: "system" | "light" | "dark";
  /** The one foreign origin whose page may make calls by postMessage; null: only pages of this origin. */
  readonly origin: string | null;
}

export const TERMINALS = ["no", "read", "write"] as const;
export const THEMES = ["system", "light", "dark"] as const;

export const plainEmbedding: Embedding = { terminal: "no", controls: true, theme: "system", origin: null };

/** A value that is none of these is as if it were not there. */
export function readEmbedding(fragment: string): Embedding {
  const [, ...rest] = fragment.split("&");
  const given = new URLSearchParams(rest.join("&"));
  return {
    terminal: TERMINALS.find((one) => one === given.get("terminal")) ?? plainEmbedding.terminal,
    controls: given.get("controls") !== "no",
    theme: THEMES.find((one) => one === given.get("theme")) ?? plainEmbedding.theme,
    origin: originOf(given.get("origin")),
  };
}

/** What is put behind the link; empty for what holds anyway. */
export function embeddingText({ terminal, controls, theme, origin }: Embedding): string {
  return [
    terminal === plainEmbedding.terminal ? "" : `&terminal=${terminal}`,
    controls ? "" : "&controls=no",
    theme === plainEmbedding.theme ? "" : `&theme=${theme}`,
    origin === null ? "" : `&origin=${encodeURIComponent(origin)}`,
  ].join("");
}

/** An origin exactly as browsers write one: no path, no wildcard, and not "null", which is anybody's. */
export function originOf(given: string | null): string | null {
  if (given === null || !URL.canParse(given)) return null;
  const { origin, protocol } = new URL(given);
  return origin === given && !given.includes("*") && (protocol === "https:" || protocol === "http:") ? origin : null;
}

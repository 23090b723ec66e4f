import type { Flavour } from "./messages.ts";

export interface PromptFacts {
  readonly flavour: Flavour;
  readonly user: string;
  readonly hostname: string;
  readonly cwd: string;
  readonly home: string;
  readonly root: boolean;
  readonly variables: ReadonlyMap<string, string>;
  /** ms since 1970. */
  readonly now: number;
  readonly status: number;
}

/** What a shell shows when no start-up file has said otherwise. */
export function defaultPrompt(flavour: Flavour, root: boolean): string {
  if (flavour === "bash") return "\\s-\\v\\$ ";
  if (flavour === "ash") return "\\w \\$ ";
  return root ? "# " : "$ ";
}

/** Expands PS1 or PS2: backslash sequences, then variables. (bash(1), "PROMPTING") */
export function expandPrompt(prompt: string, facts: PromptFacts): string {
  // oxlint-disable-next-line no-control-regex
  const visible = prompt.replace(/\\\[[\s\S]*?\\\]/g, "").replace(/\x1b\][^\x07]*\x07|\x1b\[[\d;]*m/g, "");
  const sequences =
    facts.flavour === "dash"
      ? visible
      : visible.replace(/\\([0-7]{3}|[\s\S])/g, (_, code: string) => sequence(code, facts));
  return sequences.replace(/\$\{(\w+)(?::?([+-])([^}]*))?\}|\$(\w+)/g, (_, braced, operator, word: string, plain) => {
    const value = facts.variables.get(braced ?? plain) ?? "";
    if (operator === "+")
      return value === "" ? "" : word.replace(/\$(\w+)/g, (__, name: string) => facts.variables.get(name) ?? "");
    return operator === "-" && value === "" ? word : value;
  });
}

function sequence(code: string, facts: PromptFacts): string {
  const { home, cwd } = facts;
  const short =
    home !== "/" && home !== "" && (cwd === home || cwd.startsWith(`${home}/`)) ? `~${cwd.slice(home.length)}` : cwd;
  const time = new Date(facts.now).toISOString().slice(11, 19);
  switch (code) {
    case "u":
      return facts.user;
    case "h":
      return facts.hostname.split(".")[0] ?? "";
    case "H":
      return facts.hostname;
    case "w":
      return short;
    case "W":
      return short === "~" || short === "/" ? short : (short.split("/").pop() ?? "");
    case "$":
      return facts.root ? "#" : "$";
    case "s":
      return "bash";
    case "v":
      return (facts.variables.get("BASH_VERSION") ?? "5.2").split(".").slice(0, 2).join(".");
    case "t":
      return time;
    case "A":
      return time.slice(0, 5);
    case "n":
      return "\n";
    case "a":
    case "e":
    case "r":
      return "";
    case "\\":
      return "\\";
    default:
      return /^[0-7]{3}$/.test(code) ? String.fromCharCode(Number.parseInt(code, 8)) : `\\${code}`;
  }
}

import { rawWords } from "../words.ts";
import { parseError, type Place } from "./build-error.ts";

/** A text that stands in the Dockerfile itself: `<<NAME` and all up to NAME. */
export interface Heredoc {
  readonly name: string;
  /** Variables in it are put in: NAME was not quoted. */
  readonly expand: boolean;
  readonly content: string;
}

/** One instruction as it is written, over as many lines as it takes. */
export interface Line extends Place {
  /** In capitals. */
  readonly keyword: string;
  /** "--from=x", as written. */
  readonly flags: readonly string[];
  /** What stands behind them. */
  readonly rest: string;
  /** The whole of it, lines joined. */
  readonly text: string;
  readonly heredocs: readonly Heredoc[];
}

export interface Lines {
  readonly lines: readonly Line[];
  /** "\\" or "`". */
  readonly escape: string;
}

const WITH_HEREDOCS = new Set(["ADD", "COPY", "RUN"]);
const HEREDOC = /^\d*<<(-?)(["']?)([^\s<"']+)\2$/;

/** The name after `<<`; null for any other word. */
export function heredocName(word: string): string | null {
  return HEREDOC.exec(word)?.[3] ?? null;
}

const isComment = (line: string): boolean => /^\s*#/.test(line);

/** The instructions of a Dockerfile: comments out, continued lines joined. Throws `BuildError`. (BuildKit, parser.Parse) */
export function readLines(source: string): Lines {
  const written = source.replace(/^\uFEFF/, "").split(/\r?\n/);
  const escape = escapeOf(written);
  const goesOn = escape === "`" ? /`[ \t]*$/ : /\\[ \t]*$/;
  const lines: Line[] = [];
  for (let at = 0; at < written.length; at += 1) {
    const first = written[at] ?? "";
    if (isComment(first) || first.trim() === "") continue;
    const from = at + 1;
    let text = first.trimStart();
    while (goesOn.test(text) && at + 1 < written.length) {
      at += 1;
      const next = written[at] ?? "";
      if (isComment(next) || next.trim() === "") continue;
      text = text.replace(goesOn, "") + next;
    }
    text = text.replace(goesOn, "");
    const { keyword, flags, rest } = split(text);
    const heredocs: Heredoc[] = [];
    const opened = WITH_HEREDOCS.has(keyword) ? rawWords(rest, escape).flatMap((word) => HEREDOC.exec(word) ?? []) : [];
    for (let found = 0; found + 3 < opened.length; found += 4) {
      const [tabs, quote, name = ""] = opened.slice(found + 1, found + 4);
      const body: string[] = [];
      for (;;) {
        at += 1;
        const next = written[at];
        if (next === undefined) throw parseError("unterminated heredoc", { from, to: written.length });
        const line = tabs === "-" ? next.replace(/^\t+/, "") : next;
        if (line === name) break;
        body.push(`${line}\n`);
      }
      heredocs.push({ name, expand: quote === "", content: body.join("") });
    }
    lines.push({ from, to: at + 1, keyword, flags, rest, text: text.trim(), heredocs });
  }
  return { lines, escape };
}

/** `# escape=` counts before anything else stands there. */
function escapeOf(written: readonly string[]): string {
  const seen = new Set<string>();
  for (const [at, line] of written.entries()) {
    const [, key = "", value = ""] = /^#\s*([A-Za-z][A-Za-z0-9]*)\s*=\s*(.+?)\s*$/.exec(line) ?? [];
    const name = key.toLowerCase();
    const place = { from: at + 1, to: at + 1 };
    if (!["escape", "syntax", "check"].includes(name)) return "\\";
    if (seen.has(name)) throw parseError(`only one ${name} parser directive can be used`, place);
    seen.add(name);
    if (name !== "escape") continue;
    if (value !== "`" && value !== "\\") {
      throw parseError(`invalid escape token '${value}' does not match \` or \\`, place);
    }
    return value;
  }
  return "\\";
}

function split(text: string): Pick<Line, "keyword" | "flags" | "rest"> {
  const [, word = "", after = ""] = /^\s*(\S+)\s*([^]*)$/.exec(text) ?? [];
  const flags: string[] = [];
  let rest = after.trim();
  for (let flag = /^--\S*/.exec(rest); flag !== null; flag = /^--\S*/.exec(rest)) {
    const quoted = rawWords(rest)[0] ?? flag[0];
    rest = rest.slice(quoted.length).trimStart();
    if (quoted === "--") break;
    flags.push(quoted);
  }
  return { keyword: word.toUpperCase(), flags, rest };
}

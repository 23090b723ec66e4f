import type { DoubleQuotedChild, HereDocBody, Script, Word, WordPart } from "unbash";
import type { Pattern } from "./glob.ts";

/** What `$x`, `$?` and `$(...)` are replaced by. */
export interface Expansions {
  /** Exit code of the last `$(...)`: what an assignment answers. */
  status: number;
  variable(name: string): string;
  /** Output of a command without its trailing newlines. */
  output(script: Script): Promise<string>;
  /** The files that a pattern stands for. */
  files(pattern: Pattern): string[];
}

/** A construct of bash that the host's shell does not have. */
export class UnsupportedSyntax extends Error {
  override readonly name = "UnsupportedSyntax";
}

/** The words that a word becomes: expansions outside quotes are split at blanks, and vanish when empty. */
export async function expandWord(word: Word, expansions: Expansions): Promise<string[]> {
  if (word.parts === undefined) return [home(word.value, word.text, expansions)];
  const fields = new Fields();
  for (const part of word.parts) await addPart(fields, part, expansions);
  return fields.words.flatMap((word) => {
    const files = word.some((part) => part.pattern) ? expansions.files(word) : [];
    return files.length > 0 ? files : [word.map((part) => part.text).join("")];
  });
}

/** The same for the right side of an assignment and a here-document, which are not split. */
export async function expandText(word: Word | HereDocBody, expansions: Expansions): Promise<string> {
  if (word.parts === undefined) return word.type === "Word" ? home(word.value, word.text, expansions) : word.text;
  let value = "";
  for (const part of word.parts) value += await textOf(part, expansions);
  return value;
}

class Fields {
  readonly words: Pattern[] = [];
  #open = false;

  /** Joins on to the word before, if nothing parted them. */
  add(text: string, pattern = false): void {
    const before = this.#open ? (this.words.pop() ?? []) : [];
    this.words.push([...before, { text, pattern }]);
    this.#open = true;
  }

  split(text: string): void {
    const [first = "", ...rest] = text.split(/[ \t\n]+/);
    if (first !== "") this.add(first);
    for (const word of rest) {
      this.#open = false;
      if (word !== "") this.add(word);
    }
  }
}

async function addPart(fields: Fields, part: WordPart, expansions: Expansions): Promise<void> {
  const bare =
    part.type === "SimpleExpansion" || part.type === "ParameterExpansion" || part.type === "CommandExpansion";
  const text = await textOf(part, expansions);
  if (bare) fields.split(text);
  else fields.add(text, part.type === "Glob");
}

async function textOf(part: WordPart | DoubleQuotedChild, expansions: Expansions): Promise<string> {
  switch (part.type) {
    case "Literal":
    case "SingleQuoted":
    case "AnsiCQuoted":
      return part.value;
    case "DoubleQuoted":
    case "LocaleString": {
      let text = "";
      for (const child of part.parts) text += await textOf(child, expansions);
      return text;
    }
    case "SimpleExpansion":
      return expansions.variable(part.text.slice(1));
    case "ParameterExpansion":
      if (part.operation || part.prefix || part.index) throw new UnsupportedSyntax(part.text);
      return expansions.variable(part.parameter);
    case "CommandExpansion":
      return part.script === undefined ? "" : expansions.output(part.script);
    case "Glob":
    // Not a pattern unless asked for by shopt -s extglob: then, as without a file that matches, it stays as it is.
    case "ExtendedGlob":
      return part.text;
    default:
      throw new UnsupportedSyntax(part.text);
  }
}

function home(value: string, text: string, expansions: Expansions): string {
  return text === "~" || text.startsWith("~/") ? expansions.variable("HOME") + value.slice(1) : value;
}

/** What a variable stands for; undefined: it is not set. */
export type Variables = (name: string) => string | undefined;

export const noVariables: Variables = () => undefined;

export interface WordOptions {
  /** "\\", unless a Dockerfile says otherwise. */
  readonly escape?: string;
  /** Quotes stay where they are. */
  readonly rawQuotes?: boolean;
  /** A variable that is not set stays as it is written. */
  readonly keepUnset?: boolean;
  /** Not a word but a text: quotes and escapes are characters as others are. */
  readonly text?: boolean;
}

/** Splits at blanks; quotes keep blanks, and stay. (BuildKit, `parseWords`) */
export function rawWords(text: string, escape = "\\"): string[] {
  const words: string[] = [];
  let word = "";
  let quote = "";
  for (let at = 0; at < text.length; at += 1) {
    const char = text[at] ?? "";
    if (char === escape && quote !== "'") {
      word += char + (text[at + 1] ?? "");
      at += 1;
    } else if (quote === "" && /\s/.test(char)) {
      if (word !== "") words.push(word);
      word = "";
    } else {
      if (quote === char) quote = "";
      else if (quote === "" && (char === '"' || char === "'")) quote = char;
      word += char;
    }
  }
  if (word !== "") words.push(word);
  return words;
}

/** `$x`, `${x}` and `${x:-else}` put in, quotes and escapes taken away. Throws `SyntaxError`. (BuildKit, `shell.Lex`) */
export function expandWord(word: string, variables: Variables, options: WordOptions = {}): string {
  return new Expansion(word, variables, options).until("");
}

const NAME = /^[A-Za-z_][A-Za-z0-9_]*/;
const MODIFIED = /^(:?[-+?])/;

class Expansion {
  #at = 0;
  readonly #text: string;
  readonly #variables: Variables;
  readonly #options: WordOptions;

  constructor(text: string, variables: Variables, options: WordOptions) {
    this.#text = text;
    this.#variables = variables;
    this.#options = options;
  }

  /** Up to the character `end`, which is passed over; "" is the end of the text. */
  until(end: string): string {
    const { escape = "\\", rawQuotes, text } = this.#options;
    let result = "";
    while (this.#at < this.#text.length) {
      const char = this.#next();
      if (char === end) return result;
      if (text && char !== "$") result += char === escape ? char + this.#next() : char;
      else if (char === "'" || char === '"') {
        const inner = char === "'" ? this.#single() : this.#double();
        result += rawQuotes ? char + inner + char : inner;
      } else if (char === "$") result += this.#variable();
      else if (char === escape) result += this.#next();
      else result += char;
    }
    if (end !== "") throw new SyntaxError(`syntax error: missing '${end}'`);
    return result;
  }

  #next(): string {
    return this.#text[this.#at++] ?? "";
  }

  #single(): string {
    const end = this.#text.indexOf("'", this.#at);
    if (end < 0) throw new SyntaxError("unexpected end of statement while looking for matching single-quote");
    const inner = this.#text.slice(this.#at, end);
    this.#at = end + 1;
    return inner;
  }

  #double(): string {
    const { escape = "\\" } = this.#options;
    let result = "";
    for (;;) {
      if (this.#at >= this.#text.length) {
        throw new SyntaxError("unexpected end of statement while looking for matching double-quote");
      }
      const char = this.#next();
      if (char === '"') return result;
      if (char === "$") result += this.#variable();
      else if (char === escape) {
        const escaped = this.#next();
        const special = escaped === '"' || escaped === "$" || escaped === escape;
        result += special ? escaped : char + escaped;
      } else result += char;
    }
  }

  #variable(): string {
    const start = this.#at - 1;
    const [name = ""] = NAME.exec(this.#text.slice(this.#at)) ?? [];
    if (name !== "") {
      this.#at += name.length;
      return this.#value(name, start);
    }
    if (this.#text[this.#at] !== "{") return "$";
    this.#at += 1;
    const [braced = ""] = NAME.exec(this.#text.slice(this.#at)) ?? [];
    if (braced === "") throw new SyntaxError("syntax error: bad substitution");
    this.#at += braced.length;
    const [modifier = ""] = MODIFIED.exec(this.#text.slice(this.#at)) ?? [];
    this.#at += modifier.length;
    if (modifier === "") {
      if (this.#next() !== "}") throw new SyntaxError(`unsupported modifier in substitution`);
      return this.#value(braced, start);
    }
    const word = this.until("}");
    const value = this.#variables(braced);
    const given = value !== undefined && (value !== "" || !modifier.startsWith(":"));
    if (modifier.endsWith("+")) return given ? word : "";
    if (given) return value;
    if (modifier.endsWith("-")) return word;
    throw new SyntaxError(`${braced}: ${word || "not allowed to be unset"}`);
  }

  #value(name: string, start: number): string {
    const value = this.#variables(name);
    return value ?? (this.#options.keepUnset ? this.#text.slice(start, this.#at) : "");
  }
}

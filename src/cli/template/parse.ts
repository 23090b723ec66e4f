import { functions } from "./functions.ts";
import type { Value } from "./value.ts";

/** The message is text/template's own, with its "template: :LINE:" in front. */
export class TemplateError extends Error {
  override readonly name = "TemplateError";
}

export type Operand =
  | { readonly kind: "literal"; readonly value: Value }
  | { readonly kind: "dot" }
  | { readonly kind: "variable"; readonly name: string }
  | { readonly kind: "function"; readonly name: string; readonly at: number }
  | { readonly kind: "pipe"; readonly pipe: Pipe }
  /** `base.a.b`; `text` and `at` are what errors name. */
  | {
      readonly kind: "field";
      readonly base: Operand;
      readonly fields: readonly string[];
      readonly text: string;
      readonly at: number;
    };

export interface Pipe {
  /** `$x :=`, `$i, $x :=`. */
  readonly variables: readonly string[];
  readonly commands: readonly (readonly Operand[])[];
}

export type Node =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "action"; readonly pipe: Pipe }
  | {
      readonly kind: "if" | "range" | "with";
      readonly pipe: Pipe;
      readonly body: readonly Node[];
      readonly otherwise: readonly Node[];
    };

interface Token {
  readonly kind: "text" | "open" | "close" | "field" | "variable" | "word" | "string" | "number" | "mark" | "end";
  readonly text: string;
  readonly at: number;
}

const TOKEN =
  /\s+|(?<field>\.[A-Za-z_]\w*)|(?<variable>\$\w*)|(?<word>[A-Za-z_]\w*)|(?<number>[+-]?\d+(?:\.\d+)?)|(?<string>"(?:[^"\\\n]|\\.)*"|`[^`]*`)|(?<mark>:=|[|().,=])/y;

function tokens(source: string): Token[] {
  const found: Token[] = [];
  const lineOf = (at: number): number => source.slice(0, at).split("\n").length;
  let position = 0;
  while (position < source.length) {
    const open = source.indexOf("{{", position);
    let text = source.slice(position, open < 0 ? source.length : open);
    if (open >= 0 && /^-\s/.test(source.slice(open + 2, open + 4))) text = text.trimEnd();
    if (text !== "") found.push({ kind: "text", text, at: position });
    if (open < 0) break;
    position = open + 2;
    if (/^-\s/.test(source.slice(position, position + 2))) position++;
    if (source.startsWith("/*", position)) {
      const close = source.indexOf("*/}}", position);
      if (close < 0) throw new TemplateError(`template: :${lineOf(open)}: unclosed comment`);
      position = close + 4;
      continue;
    }
    found.push({ kind: "open", text: "{{", at: open });
    for (;;) {
      const trim = /^\s-}}/.test(source.slice(position, position + 4));
      if (trim || source.startsWith("}}", position)) {
        found.push({ kind: "close", text: "}}", at: position });
        position += trim ? 4 : 2;
        if (trim) while (/\s/.test(source.charAt(position))) position++;
        break;
      }
      if (position >= source.length || source.charAt(position) === "\n")
        throw new TemplateError(`template: :${lineOf(open)}: unclosed action`);
      TOKEN.lastIndex = position;
      const match = TOKEN.exec(source);
      if (!match) throw new TemplateError(`template: :${lineOf(position)}: ${badCharacter(source.slice(position))}`);
      const group = Object.entries(match.groups ?? {}).find(([, value]) => value !== undefined);
      if (group) found.push({ kind: group[0] as Token["kind"], text: match[0], at: position });
      position += match[0].length;
    }
  }
  found.push({ kind: "end", text: "EOF", at: source.length });
  return found;
}

function badCharacter(rest: string): string {
  const character = rest.charAt(0);
  if (character === '"') return "unterminated quoted string";
  if (character === "}") return 'unexpected "}" in operand';
  const code = rest.codePointAt(0) ?? 0;
  return `unrecognized character in action: U+${code.toString(16).toUpperCase().padStart(4, "0")} '${character}'`;
}

/** Go's text/template, the part of it that docker's users write. Throws {@link TemplateError}. */
export function parseTemplate(source: string): readonly Node[] {
  return new Parser(source).whole();
}

class Parser {
  readonly #source: string;
  readonly #tokens: Token[];
  #next = 0;
  readonly #declared = new Set(["$"]);

  constructor(source: string) {
    this.#source = source;
    this.#tokens = tokens(source);
  }

  whole(): readonly Node[] {
    const [nodes, stop] = this.#list();
    if (stop !== "EOF") this.#fail(`unexpected {{${stop}}}`);
    return nodes;
  }

  #peek(): Token {
    return this.#tokens[this.#next] ?? { kind: "end", text: "EOF", at: this.#source.length };
  }

  #take(): Token {
    const token = this.#peek();
    this.#next++;
    return token;
  }

  #fail(message: string): never {
    const line = this.#source.slice(0, this.#peek().at).split("\n").length;
    throw new TemplateError(`template: :${line}: ${message}`);
  }

  /** Nodes up to `{{end}}`, `{{else}}` or the end of the text; says which. */
  #list(): [Node[], "end" | "else" | "EOF"] {
    const nodes: Node[] = [];
    for (;;) {
      const token = this.#take();
      if (token.kind === "end") return [nodes, "EOF"];
      if (token.kind === "text") {
        nodes.push({ kind: "text", text: token.text });
        continue;
      }
      const word = this.#peek();
      if (word.kind === "word" && (word.text === "end" || word.text === "else")) {
        this.#take();
        if (word.text === "end") this.#close("end");
        else if (this.#peek().text !== "if") this.#close("else");
        return [nodes, word.text];
      }
      if (word.kind === "word" && (word.text === "if" || word.text === "range" || word.text === "with")) {
        this.#take();
        nodes.push(this.#block(word.text));
      } else nodes.push({ kind: "action", pipe: this.#pipe("close", "command") });
    }
  }

  #block(kind: "if" | "range" | "with"): Node {
    const pipe = this.#pipe("close", kind);
    const [body, stop] = this.#list();
    if (stop === "EOF") this.#fail("unexpected EOF");
    if (stop === "end") return { kind, pipe, body, otherwise: [] };
    if (this.#peek().text === "if") {
      this.#take();
      return { kind, pipe, body, otherwise: [this.#block("if")] };
    }
    const [otherwise, last] = this.#list();
    if (last !== "end") this.#fail(last === "EOF" ? "unexpected EOF" : "unexpected {{else}}");
    return { kind, pipe, body, otherwise };
  }

  #close(after: string): void {
    if (this.#take().kind !== "close") this.#fail(`unexpected <${this.#peek().text}> in ${after}`);
  }

  #pipe(until: "close" | ")", where: string): Pipe {
    const variables = this.#variables();
    const commands: Operand[][] = [];
    for (let command: Operand[] = []; ; ) {
      const token = this.#peek();
      const done = until === "close" ? token.kind === "close" : token.text === ")" && token.kind === "mark";
      if (done || token.text === "|") {
        if (command.length === 0)
          this.#fail(commands.length > 0 || !done ? "missing value for command" : `missing value for ${where}`);
        this.#take();
        commands.push(command);
        if (done) return { variables, commands };
        command = [];
      } else command.push(this.#operand());
    }
  }

  #variables(): string[] {
    const names: string[] = [];
    for (let ahead = this.#next; ; ahead += 2) {
      const [name, mark] = [this.#tokens[ahead], this.#tokens[ahead + 1]];
      if (name?.kind !== "variable" || (mark?.text !== "," && mark?.text !== ":=" && mark?.text !== "=")) return [];
      names.push(name.text);
      if (mark.text === ",") continue;
      for (const each of names) this.#declared.add(each);
      this.#next = ahead + 2;
      return names;
    }
  }

  #operand(): Operand {
    const token = this.#take();
    let operand: Operand;
    if (token.kind === "field") {
      this.#next--;
      operand = { kind: "dot" };
    } else operand = this.#term(token);
    const fields: string[] = [];
    let [at, end] = [token.at, token.at + token.text.length];
    for (
      let next = this.#peek();
      next.kind === "field" && (fields.length === 0 || next.at === end);
      next = this.#peek()
    ) {
      if (fields.length === 0 && next.at !== end && next !== token) break;
      this.#take();
      fields.push(next.text.slice(1));
      [at, end] = [next.at, next.at + next.text.length];
    }
    if (fields.length === 0) return operand;
    return { kind: "field", base: operand, fields, text: this.#source.slice(token.at, end), at };
  }

  #term(token: Token): Operand {
    switch (token.kind) {
      case "string":
        return { kind: "literal", value: unquote(token.text) };
      case "number":
        return { kind: "literal", value: Number(token.text) };
      case "variable":
        if (!this.#declared.has(token.text)) this.#fail(`undefined variable ${JSON.stringify(token.text)}`);
        return { kind: "variable", name: token.text };
      case "word":
        if (token.text === "true" || token.text === "false") return { kind: "literal", value: token.text === "true" };
        if (token.text === "nil") return { kind: "literal", value: null };
        if (!Object.hasOwn(functions, token.text)) this.#fail(`function "${token.text}" not defined`);
        return { kind: "function", name: token.text, at: token.at };
      case "mark":
        if (token.text === ".") return { kind: "dot" };
        if (token.text === "(") return { kind: "pipe", pipe: this.#pipe(")", "parenthesized pipeline") };
        break;
      case "end":
        this.#fail("unclosed action");
    }
    return this.#fail(
      token.text === ")" ? "unexpected right paren" : `unexpected ${JSON.stringify(token.text)} in operand`,
    );
  }
}

function unquote(text: string): string {
  if (text.startsWith("`")) return text.slice(1, -1);
  try {
    return JSON.parse(text) as string;
  } catch {
    return text.slice(1, -1);
  }
}
